import { Kind } from "../words/kinds";
import { Connection } from "../redis";

export const measure = (connection: Connection, key: string) => connection.sendCommand([Kind.LENGTH, key]); // want JSON.STRLEN
