import { type AuthorityFacts, unverified } from "../authority.ts";
import { CA } from "./places.ts";

export const opc: AuthorityFacts = {
  code: "OPC",
  english: "Office of the Privacy Commissioner of Canada",
  own: ["Commissariat à la protection de la vie privée du Canada"],
  law: "PIPEDA",
  ...CA,
  calendar: "CA",
  regime: unverified("court-set"),
  ceiling: unverified(null),
  periods: {},
};
