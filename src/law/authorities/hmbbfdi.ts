import { type AuthorityFacts, read } from "../authority.ts";
import { DATA_PROTECTION_APPEAL, FINE_TIME_BAR } from "./de.ts";
import { DE } from "./places.ts";

const HMBVWVG =
  "https://www.lexsoft.de/cgi-bin/lexsoft/justizportal_nrw.cgi?t=171166118859270193&sessionID=1720310161468827031&chosenIndex=Dummy_nv_68&templateID=document&source=context&source=context&highlighting=off&xid=5456054,15";

export const hmbbfdi: AuthorityFacts = {
  code: "HMBBFDI",
  english: "Hamburg Commissioner for Data Protection",
  own: ["HmbBfDI", "Der Hamburgische Beauftragte für Datenschutz und Informationsfreiheit"],
  law: "HmbDSG",
  ...DE,
  calendar: "DE-HH",
  // Fixed with the order itself, for each case or period to come: unlike under federal law nothing is fixed afterwards.
  regime: read("imposed", "HmbVwVG § 14(2), (3)", HMBVWVG),
  ceiling: read({ other: "EUR 1,000,000 each time" }, "HmbVwVG § 14(4)", HMBVWVG),
  periods: {
    order: { note: "Hamburg's own law on procedure was not read: whether a time to comply rolls is not known." },
    appeal: DATA_PROTECTION_APPEAL,
    "time-bar": FINE_TIME_BAR,
  },
};
