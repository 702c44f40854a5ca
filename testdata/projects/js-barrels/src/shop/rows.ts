// Has rows of all kinds, and a LENGTH of its own.
export const LENGTH = 80;
export const fits = (row: string) => row.length <= LENGTH;
