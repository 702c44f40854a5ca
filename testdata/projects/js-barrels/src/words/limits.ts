export const longest = 64;
export const isLong = (key: string) => key.length > longest;
