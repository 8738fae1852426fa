import { type AuthorityFacts, read } from "../authority.ts";
import { FEDERAL_ORDER, FINE_TIME_BAR, FIXED_AFTERWARDS } from "./de.ts";
import { DE } from "./places.ts";

const GWB = "https://www.gesetze-im-internet.de/gwb/";

export const bkarta: AuthorityFacts = {
  code: "BKARTA",
  english: "German Federal Cartel Office",
  own: ["Bundeskartellamt"],
  law: "GWB § 86a",
  ...DE,
  calendar: "DE",
  regime: FIXED_AFTERWARDS,
  ceiling: read({ turnoverPercent: "5" }, "GWB § 86a", GWB),
  periods: {
    order: FEDERAL_ORDER,
    appeal: {
      length: read("P1M", "GWB § 74(1)", GWB),
      note: "With the authority itself or the court. How it is counted was not read.",
    },
    "time-bar": FINE_TIME_BAR,
  },
};
