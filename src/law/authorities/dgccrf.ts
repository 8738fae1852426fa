import { type AuthorityFacts, read } from "../authority.ts";
import { FR } from "./places.ts";

const CODE = "https://www.legifrance.gouv.fr/codes/id/LEGITEXT000006069565";
const CJA = "https://www.legifrance.gouv.fr/codes/id/LEGITEXT000006070933";

export const dgccrf: AuthorityFacts = {
  code: "DGCCRF",
  english: "French Consumer and Competition Directorate",
  own: ["Direction générale de la concurrence, de la consommation et de la répression des fraudes"],
  law: "Code de la consommation, art. L.521-1",
  ...FR,
  calendar: "FR",
  regime: read("liquidated", "Code de la consommation, art. L.521-1", CODE),
  ceiling: read(
    {
      other:
        "EUR 3,000 a day and EUR 300,000 in all; where the breach is punishable with EUR 75,000 or more, up to 0.1 % of yearly worldwide turnover a day and 5 % in all",
    },
    "Code de la consommation, art. L.521-1",
    CODE,
  ),
  periods: {
    order: { note: "A reasonable time that the agents set. The penalty runs from the day after it ends (art. L.521-1)." },
    observations: { note: "Before a liquidation; a decree sets the length (art. L.522-5)." },
    appeal: {
      length: read("P2M", "Code de justice administrative, art. R.421-1", CJA),
      rule: read("fr-franc", "Code de justice administrative, art. R.421-1, R.421-7", CJA),
      note: "To the administrative court, as against any administrative decision.",
    },
  },
};
