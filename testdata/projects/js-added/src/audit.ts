export const audit = {
  findAsync(what: string, how: string) {
    console.log(what, how);
  },
};
