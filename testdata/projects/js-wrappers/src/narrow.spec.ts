import { Shelf } from "./shelf";

const client = { sendCommand: jest.fn() } as any;

it("asks", async () => {
  client.sendCommand = jest.fn().mockResolvedValue(["a"]);
  await new Shelf(client).titles(client);
  expect(client.sendCommand).toHaveBeenCalledWith(["FT._LIST"]);
});
