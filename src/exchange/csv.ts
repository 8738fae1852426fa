import { type Money, writeAmount } from "../law/money.ts";
import type { Standing } from "../matter/standing-types.ts";

const COLUMNS = [
  "authority",
  "ref",
  "addressee",
  "respondent",
  "state",
  "item",
  "item_state",
  "expiry",
  "first_penalty_day",
  "units",
  "currency",
  "theoretical",
  "fixed",
  "paid",
  "open",
  "through",
];

/** One row an item (one a matter where it has none), sums as decimal text. Cells that a spreadsheet would run as a formula are neutralised. */
export function exportCsv(standings: readonly Standing[]): string {
  const rows = standings.flatMap((standing) => {
    const { facts, state, currency, through } = standing;
    const about = [facts.authority, facts.ref, facts.addressee ?? "", facts.respondent, state];
    if (standing.items.length === 0) return [[...about, "", "", "", "", "", currency, "", "", "", "", through]];
    return standing.items.map((item) => [
      ...about,
      item.id,
      item.state,
      item.expiry ?? "",
      item.firstPenaltyDay ?? "",
      item.units === null ? "" : String(item.units),
      currency,
      ...[item.theoretical, item.fixed, item.paid, item.open].map(sum),
      through,
    ]);
  });
  return [COLUMNS, ...rows].map((row) => `${row.map(cell).join(",")}\r\n`).join("");
}

function sum(amount: Money | null): string {
  return amount === null ? "" : writeAmount(amount);
}

function cell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
