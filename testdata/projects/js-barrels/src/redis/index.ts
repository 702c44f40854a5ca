export * from "./connection";
export { NodeConnection, IoBase, IoConnection } from "./client";
export * from "../shop";
