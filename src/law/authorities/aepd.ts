import { type AuthorityFacts, read, unverified } from "../authority.ts";
import { ES } from "./places.ts";

const LPAC = "https://www.boe.es/buscar/act.php?id=BOE-A-2015-10565";
const COUNTING = read("es-lpac", "Ley 39/2015, art. 30", LPAC);

export const aepd: AuthorityFacts = {
  code: "AEPD",
  english: "Spanish Data Protection Agency",
  own: ["Agencia Española de Protección de Datos"],
  law: "Ley Orgánica 3/2018",
  ...ES,
  calendar: "ES",
  regime: unverified("court-set"),
  ceiling: read(null, "Ley 39/2015, art. 103: as another law sets it", LPAC),
  periods: {
    order: {
      note: "Whether Ley 39/2015, art. 30 (es-lpac) counts a time to comply was not read. By it days are business days unless a law or the notice says otherwise.",
    },
    objection: {
      length: read("P1M", "Ley 39/2015, art. 124(1)", LPAC),
      rule: COUNTING,
      note: "The optional recurso de reposición; until it is decided there is no action before the court (art. 123(2)).",
    },
    payment: { note: "Reductions of at least 20 % each for acknowledging and for paying early (Ley 39/2015, art. 85)." },
  },
};
