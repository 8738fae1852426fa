import { type AuthorityFacts, read } from "../authority.ts";
import { DATA_PROTECTION_APPEAL, FEDERAL_ORDER, FINE_TIME_BAR, FIXED_AFTERWARDS, VWVG } from "./de.ts";
import { DE } from "./places.ts";

/** It sits in Bonn. The table of all Germany is kept: with that of North Rhine-Westphalia a day could come out too late for a respondent elsewhere. */
export const bfdi: AuthorityFacts = {
  code: "BFDI",
  english: "Federal Commissioner for Data Protection",
  own: ["BfDI", "Bundesbeauftragter für den Datenschutz und die Informationsfreiheit"],
  law: "Bundesdatenschutzgesetz",
  ...DE,
  calendar: "DE",
  regime: FIXED_AFTERWARDS,
  ceiling: read(
    { other: "EUR 25,000 each time, as often as it is threatened anew; none against public bodies (§ 17)" },
    "VwVG § 11(3)",
    VWVG,
  ),
  periods: { order: FEDERAL_ORDER, appeal: DATA_PROTECTION_APPEAL, "time-bar": FINE_TIME_BAR },
};
