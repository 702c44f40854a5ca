// Hands on everything; who asks for one name has the file read that offers it.
export * from "./verbs";
export * from "./limits";
