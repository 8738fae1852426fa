import { type AuthorityFacts, read } from "../authority.ts";
import { IRISH_COUNTING } from "./ie.ts";
import { IE } from "./places.ts";

const ACT = "http://www.irishstatutebook.ie/eli/2009/act/18";

export const cnam: AuthorityFacts = {
  code: "CNAM",
  english: "Media Commission (Ireland)",
  own: ["Coimisiún na Meán"],
  law: "Broadcasting Act 2009, s. 139ZZBA",
  ...IE,
  calendar: "IE",
  regime: read("imposed", "Broadcasting Act 2009, s. 139ZLA(6), 139ZZBA", ACT),
  ceiling: read({ turnoverPercent: "5" }, "Broadcasting Act 2009, s. 139ZLA(4), 139ZZBA(4)", ACT),
  periods: {
    order: {
      note: "A notice to end a contravention sets the time; the penalty runs from the day after the date that it names (s. 139ZZB, 139ZZBA). It takes effect when a court has confirmed it (s. 139ZLA(9)).",
    },
    observations: { note: "The notice sets the time for submissions (s. 139ZZBA(2)(d))." },
    appeal: {
      length: read("P28D", "Broadcasting Act 2009, s. 139ZZAA(1), 139ZZBB(1)", ACT),
      rule: IRISH_COUNTING,
      note: "To the High Court, from the day on which the notice is received.",
    },
  },
};
