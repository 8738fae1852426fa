import { type AuthorityFacts, read } from "../authority.ts";
import { FVL, NORWEGIAN_COUNTING, NORWEGIAN_OBSERVATIONS } from "./no.ts";
import { NO } from "./places.ts";

const ACT = "https://lovdata.no/dokument/NL/lov/2018-06-15-38";

export const datatilsynetNo: AuthorityFacts = {
  code: "DATATILSYNET-NO",
  english: "Norwegian Data Protection Authority",
  own: ["Datatilsynet (Norway)"],
  aliases: ["Datatilsynet (NO)", "Datatilsynet"],
  law: "Personopplysningsloven § 29",
  ...NO,
  calendar: "NO",
  regime: read("imposed", "Personopplysningsloven § 29", ACT),
  ceiling: read(null, "Personopplysningsloven § 29: a regulation may set one", ACT),
  periods: {
    order: {
      note: "The order sets the length; the penalty runs for every day after it. The authority may waive what has run (forvaltningsloven § 51).",
    },
    observations: NORWEGIAN_OBSERVATIONS,
    appeal: {
      length: read("P3W", "Forvaltningsloven § 29", FVL),
      rule: NORWEGIAN_COUNTING,
      note: "To Personvernnemnda, from receipt. It suspends where the authority so decides (§ 42).",
    },
    payment: { length: read("P4W", "Personopplysningsloven § 27", ACT), note: "Of a fine, from the day on which it is final." },
    "time-bar": { note: "Five years to impose a fine, from the end of the breach (personopplysningsloven § 28)." },
  },
};
