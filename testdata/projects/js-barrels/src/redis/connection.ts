export type Words = [name: string, ...args: (string | Buffer | number)[]];

export abstract class Connection {
  abstract sendCommand(words: Words, options?: object): Promise<unknown>;
  static flat(words: Words): string[] {
    const all = words.map((word) => String(word));
    return [...all.shift()!.split(" "), ...all];
  }
}

