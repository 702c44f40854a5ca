// Files that hand on each other's names.
export * from "../redis";
export * from "./size";
