import { day } from "../../time/day.ts";
import type { Refusal } from "../finding.ts";
import { unfit } from "../fitting.ts";
import { runInBusinessDays } from "../in-business-days.ts";
import type { Period } from "../period.ts";
import { type Rule, ruleInForce } from "../rule.ts";
import type { Limit, Terms } from "../time-limit.ts";

/**
 * The sanctioning procedure of the Brazilian authority: periods are counted in business days, the first day left out, and a last day without office
 * hours moves on (art. 8, 12). Periods in weeks, months and hours were not read. Days without office hours by the authority's own decision, and
 * optional ones such as carnival, are not in the table.
 */
export const brAnpd: Rule = ruleInForce({
  id: "br-anpd",
  citation: "Resolução CD/ANPD 1/2021, art. 8, 12",
  source: "https://mgpconsultoria.com.br/como-funcionam-os-prazos-e-a-intimacao-pela-anpd",
  place: { calendar: "BR", zone: "America/Sao_Paulo" },
  rolls: true,
  versions: [
    {
      // The day of the text; its article on commencement was not read.
      from: day("2021-10-28"),
      until: null,
      begins: "shown",
      source: "https://mgpconsultoria.com.br/como-funcionam-os-prazos-e-a-intimacao-pela-anpd",
      count,
    },
  ],
});

function count(terms: Terms): Limit | Refusal {
  const refused = unfit(brAnpd, terms, isDays);
  return refused ?? runInBusinessDays(terms, brAnpd, ({ days }) => days > 0, "Resolução CD/ANPD 1/2021, art. 8");
}

function isDays({ text, hours, months }: Period): boolean {
  return hours === 0 && months === 0 && !text.includes("W");
}
