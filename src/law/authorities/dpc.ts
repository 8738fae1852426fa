import { type AuthorityFacts, read, unverified } from "../authority.ts";
import { IRISH_COUNTING } from "./ie.ts";
import { IE } from "./places.ts";

const ACT = "http://www.irishstatutebook.ie/eli/2018/act/7";

export const dpc: AuthorityFacts = {
  code: "DPC",
  english: "Data Protection Commission",
  own: ["An Coimisiún um Chosaint Sonraí"],
  law: "Data Protection Act 2018 (Ireland)",
  ...IE,
  calendar: "IE",
  regime: unverified("court-set"),
  ceiling: read(null, "Data Protection Act 2018: the Act knows no daily penalty", ACT),
  periods: {
    order: {
      note: "Not less than 28 days from the day of service, 7 where urgent; an appeal suspends it unless urgent (s. 133(5), (6)). Whether the decision's own period counts the day of service was not read: the Interpretation Act counts it in statutory ones.",
    },
    appeal: {
      length: read("P28D", "Data Protection Act 2018, s. 142(1), 150(1)", ACT),
      rule: IRISH_COUNTING,
      note: "A fine that is not appealed is confirmed by the Circuit Court (s. 143).",
    },
  },
};
