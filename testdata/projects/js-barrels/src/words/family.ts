const family = "JSON";

export { family };
