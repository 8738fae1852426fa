import { type PeriodFacts, read } from "../authority.ts";

/** An action before the administrative court of Luxembourg. */
export const LUXEMBOURG_APPEAL: PeriodFacts = {
  length: read("P3M", "Loi du 21 juin 1999, art. 13(1)", "http://data.legilux.public.lu/eli/etat/leg/loi/1999/06/21/n2/jo"),
  rule: read(
    "lu-basel",
    "Loi du 30 mai 1984, art. 1–3 (Basle Convention of 1972)",
    "http://data.legilux.public.lu/eli/etat/leg/loi/1984/05/30/n4/jo",
  ),
  note: "Saturdays count as holidays.",
};
