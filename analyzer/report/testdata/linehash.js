// Makes linehash.json: what GitHub's upload action computes for files of many
// kinds. It is a second implementation, with BigInt and Node's own decoder, that
// shares nothing with the one in Go. Run: node linehash.js > linehash.json
'use strict';
const { StringDecoder } = require('string_decoder');

const BLOCK = 100, MOD = 37n, MASK = (1n << 64n) - 1n;

function lineHashes(buffer) {
  const decoder = new StringDecoder('utf8');
  let text = '';
  for (let i = 0; i < buffer.length; i += 7) text += decoder.write(buffer.subarray(i, i + 7));
  text += decoder.end();

  // One list of code units as the hash sees them, and where lines start in it.
  const units = [], starts = [];
  let lineStart = true, prevCR = false;
  for (const unit of [...Array(text.length).keys()].map((i) => text.charCodeAt(i)).concat(0xffff)) {
    const skip = unit === 0x20 || unit === 0x09 || (prevCR && unit === 0x0a);
    if (skip) { prevCR = false; continue; }
    prevCR = unit === 0x0d;
    const c = prevCR ? 0x0a : unit;
    if (lineStart) starts.push(units.length);
    lineStart = c === 0x0a;
    units.push(c);
  }
  // The hash of a line is that of the hundred units from its start, zeros after the end; every
  // unit counts with 37 to the power of its distance from the end of the window.
  const seen = new Map();
  return starts.map((start) => {
    let h = 0n;
    for (let i = start; i < start + BLOCK; i++) h = (h * MOD + BigInt(units[i] ?? 0)) & MASK;
    const hex = h.toString(16);
    seen.set(hex, (seen.get(hex) ?? 0) + 1);
    return hex + ':' + seen.get(hex);
  });
}

// A generator of pseudo-random bytes, the same on every run.
function random(n, seed, alphabet) {
  const out = Buffer.alloc(n);
  let x = seed;
  for (let i = 0; i < n; i++) {
    x = (Math.imul(x, 1103515245) + 12345) >>> 0;
    const value = x >>> 16;
    out[i] = alphabet ? alphabet[value % alphabet.length] : value & 0xff;
  }
  return out;
}

const long = 'x'.repeat(250);
const files = {
  'empty': Buffer.from(''),
  'one line': Buffer.from('r.ft("idx").search(q)'),
  'lf': Buffer.from('a\nb\n\n\tc d\n'),
  'crlf': Buffer.from('a\r\nb\r\n\r\n\tc d\r\n'),
  'cr': Buffer.from('a\rb\r\rc'),
  'mixed ends': Buffer.from('a\r \nb\n\rc\r\r\n\r\t\n'),
  'bom': Buffer.from('\ufeffimport redis\nr = redis.Redis()\n'),
  'emoji': Buffer.from('x = "😀👩‍👩‍👧 é漢"\ny = "😀"\n'),
  'repeated': Buffer.from((long + '\n' + long + '\n').repeat(4)),
  'blank lines': Buffer.from('\n'.repeat(300)),
  'exactly a window': Buffer.from('y'.repeat(99) + '\n' + 'z'.repeat(100) + '\n' + 'w'.repeat(101)),
  'ffff': Buffer.from('a\uffffb\n\uffff'),
  'invalid': Buffer.from([0x61, 0xff, 0xfe, 0x0a, 0xe2, 0x82, 0x0a, 0xf0, 0x9f, 0x98, 0x0a, 0xc0, 0xaf,
    0x0a, 0xed, 0xa0, 0x80, 0x0a, 0xf4, 0x90, 0x80, 0x80, 0x0a, 0xe0, 0x80, 0x80, 0x0a, 0xf0, 0x80, 0x80,
    0x0a, 0xc2, 0x20, 0x0a, 0xf8, 0x88, 0x0a, 0xf0, 0x9f]),
  'binary': random(2000, 1),
  'binary 2': random(3000, 2, [0x0a, 0x0d, 0x20, 0x09, 0xe2, 0x82, 0xac, 0xf0, 0x9f, 0x98, 0x80, 0xc3, 0xa9, 0xed, 0xa0, 0x41]),
  'code': random(3000, 3, [...Buffer.from('ab \n\tr.ft()"\r')]),
};

const vectors = Object.entries(files).map(([name, data]) => ({
  name, base64: data.toString('base64'), hashes: lineHashes(data),
}));
console.log('[\n' + vectors.map((v) => JSON.stringify(v)).join(',\n') + '\n]');
