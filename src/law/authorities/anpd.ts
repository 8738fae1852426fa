import { type AuthorityFacts, read, unverified } from "../authority.ts";
import { BR } from "./places.ts";

const COUNTING = read(
  "br-anpd",
  "Resolução CD/ANPD 1/2021, art. 8, 12",
  "https://mgpconsultoria.com.br/como-funcionam-os-prazos-e-a-intimacao-pela-anpd",
);

export const anpd: AuthorityFacts = {
  code: "ANPD",
  english: "Brazilian Data Protection Authority",
  own: ["Autoridade Nacional de Proteção de Dados"],
  law: "LGPD, art. 52",
  ...BR,
  calendar: "BR",
  regime: unverified("court-set"),
  ceiling: read(
    { other: "BRL 50 million for each infringement, the daily fine included" },
    "LGPD, art. 52; Resolução CD/ANPD 4/2023",
    "https://www.fblaw.com.br/anpd-define-diretrizes-para-aplicacao-de-sancoes-em-casos-de-violacao-a-lgpd",
  ),
  periods: {
    order: { note: "Whether the counting of the sanctioning procedure holds for a time to comply was not read." },
    appeal: {
      rule: COUNTING,
      note: "Business days, the first not counted; a last day without office hours rolls. The length was not read.",
    },
  },
};
