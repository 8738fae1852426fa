import { type Rule, runPeriods } from "../time-limit.ts";

/** Periods to comply under an order: the trigger day is not counted, the last day stands, on a Sunday too. */
export const cure: Rule = {
  id: "cure",
  citation: "CNIL SAN-2023-018 with SAN-2024-009 (Commune de Kourou)",
  source: "https://www.legifrance.gouv.fr/cnil/ (deliberations SAN-2023-018, SAN-2024-009)",
  basis: "inferred",
  rolls: false,
  limit: (terms) => runPeriods(terms, cure),
};
