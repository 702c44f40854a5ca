import client from "./client";

// A text that is taken apart in ways of its own; what is passed to it is sent.
function parts(text: string): string[] {
  const matches = text.match(/("[^"]*"|\S+)/g) ?? [];
  return matches.map((m) => m.replace(/^"|"$/g, ""));
}

export function run(text: string) {
  const [name, ...rest] = parts(text);
  return client.send_command(name, rest);
}
