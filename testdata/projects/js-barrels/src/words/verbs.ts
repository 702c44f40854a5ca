import { family } from "./family";

export const forget = () => family + ".FORGET";
