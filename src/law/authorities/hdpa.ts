import { type AuthorityFacts, unverified } from "../authority.ts";
import { GR } from "./places.ts";

export const hdpa: AuthorityFacts = {
  code: "HDPA",
  english: "Hellenic Data Protection Authority",
  own: ["Αρχή Προστασίας Δεδομένων Προσωπικού Χαρακτήρα"],
  law: "Law 4624/2019",
  ...GR,
  calendar: "GR",
  regime: unverified("court-set"),
  ceiling: unverified(null),
  periods: {
    order: { note: "The order sets the length (law 4624/2019, art. 15)." },
    appeal: { note: "A petition for annulment does not suspend; the court may (law 4624/2019, art. 20(2)). The time was not read." },
  },
};
