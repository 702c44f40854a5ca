export enum Kind {
  LENGTH = "JSON.STRLEN",
  SIZE = "STRLEN",
}
