import { createClient } from "redis";
import { forget } from "../words";

const client = createClient();

export const drop = (key: string) => client.sendCommand([forget(), key]); // want JSON.FORGET
