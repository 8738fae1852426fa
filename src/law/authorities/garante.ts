import { type AuthorityFacts, read, unverified } from "../authority.ts";
import { IT } from "./places.ts";

export const garante: AuthorityFacts = {
  code: "GARANTE",
  english: "Italian Data Protection Authority",
  own: ["Garante per la protezione dei dati personali"],
  law: "Codice privacy",
  ...IT,
  calendar: "IT",
  regime: unverified("court-set"),
  ceiling: unverified(null),
  periods: {
    appeal: {
      rule: read(
        "it-cpc",
        "Codice di procedura civile, art. 155",
        "https://avvocatoandreani.it/servizi/codice-procedura-civile/art-155-cpc.html?popup=yes",
      ),
      note: "To the court (d.lgs. 150/2011, art. 10); the time was not read. August does not count (law 742/1969): it-cpc counts it, and says so.",
    },
  },
};
