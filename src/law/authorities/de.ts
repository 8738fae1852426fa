import { type AuthorityFacts, type PeriodFacts, read } from "../authority.ts";

/** What German federal law says for every authority whose orders it governs. */
export const VWVG = "https://www.gesetze-im-internet.de/vwvg/";
const VWVFG = "https://www.gesetze-im-internet.de/vwvfg/__31.html";
const VWGO = "https://www.gesetze-im-internet.de/vwgo/";

/** A coercive payment is threatened with a period and fixed after it: nothing is owed before. */
export const FIXED_AFTERWARDS: AuthorityFacts["regime"] = read("liquidated", "VwVG §§ 13, 14", VWVG);

/** Periods that a federal authority sets roll; only a named day of which the notice says so stands. */
export const FEDERAL_ORDER: PeriodFacts = {
  rule: read("de-bgb", "BGB §§ 187–193; VwVfG § 31", VWVFG),
  note: "The threat sets the length (VwVG § 13(1)). A named day of which the notice says that § 31(3) does not apply stands: enter it as until.",
};

/** An action before the administrative court, without any objection before. */
export const DATA_PROTECTION_APPEAL: PeriodFacts = {
  length: read("P1M", "VwGO § 74(1); BDSG § 20(6): no objection before", VWGO),
  rule: read("de-bgb", "VwGO § 57(2); ZPO § 222; BGB §§ 187–193", VWGO),
  note: "Holidays of the place of the court: the table of all Germany holds those in common, so the last day can be later. Fines: two weeks after service (OWiG § 67(1)).",
};

export const FINE_TIME_BAR: PeriodFacts = {
  length: read("P5Y", "OWiG § 34(2): fines of more than EUR 1,000", "https://www.gesetze-im-internet.de/owig_1968/__34.html"),
  note: "Of the enforcement of a final fine; three years up to EUR 1,000.",
};
