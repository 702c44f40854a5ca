export abstract class Connection {
  abstract sendCommand(command: (string | Buffer)[]): Promise<unknown>;
  abstract sendPipeline(commands: (string | Buffer)[][]): Promise<unknown[]>;
}

export class Shelf {
  constructor(private readonly connection: Connection) {}

  // A test passes a mock here; that says nothing about the program.
  async titles(client: Connection) {
    await client.sendCommand(["JSON.TYPE", "shelf"]); // want JSON.TYPE
    return this.connection.sendCommand(["FT._LIST"]); // want FT._LIST
  }
}
