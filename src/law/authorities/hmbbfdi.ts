import { type AuthorityFacts, unverified } from "../authority.ts";
import { DATA_PROTECTION_APPEAL, FINE_TIME_BAR } from "./de.ts";
import { DE } from "./places.ts";

export const hmbbfdi: AuthorityFacts = {
  code: "HMBBFDI",
  english: "Hamburg Commissioner for Data Protection",
  own: ["HmbBfDI", "Der Hamburgische Beauftragte für Datenschutz und Informationsfreiheit"],
  law: "HmbDSG",
  ...DE,
  calendar: "DE-HH",
  regime: unverified("court-set"),
  ceiling: unverified(null),
  periods: {
    order: { note: "Hamburg's own laws on procedure and on enforcement were not read." },
    appeal: DATA_PROTECTION_APPEAL,
    "time-bar": FINE_TIME_BAR,
  },
};
