import { type AuthorityFacts, read } from "../authority.ts";
import { NORWEGIAN_COUNTING, NORWEGIAN_OBSERVATIONS } from "./no.ts";
import { NO } from "./places.ts";

const ACT = "https://lovdata.no/dokument/NL/lov/2004-03-05-12";

export const konkurransetilsynet: AuthorityFacts = {
  code: "KONKURRANSETILSYNET",
  english: "Norwegian Competition Authority",
  own: ["Konkurransetilsynet"],
  law: "Konkurranseloven § 28",
  ...NO,
  calendar: "NO",
  regime: read("imposed", "Konkurranseloven § 28", ACT),
  ceiling: read(null, "Konkurranseloven § 28: a regulation may set one", ACT),
  periods: {
    order: { note: "The authority decides from which day the penalty runs, and may waive what has run (konkurranseloven § 28)." },
    observations: NORWEGIAN_OBSERVATIONS,
    appeal: {
      length: read("P2M", "Konkurranseloven § 39", ACT),
      rule: NORWEGIAN_COUNTING,
      note: "Against an order to end a breach (§ 12) and against remedies (§ 42); six months against a fine.",
    },
  },
};
