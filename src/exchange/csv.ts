import { type Money, writeAmount } from "../law/money.ts";
import { dayOf, type Facts } from "../matter/facts.ts";
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
  "kind",
  "title",
  "decided",
  "published",
  "fines",
  "links",
  "tags",
  "units_max",
  "theoretical_max",
  "open_max",
];

/**
 * One row an item (one a matter where it has none), sums as decimal text: where it stands, then the facts that a draft has, which
 * `import --preset curewatch` reads back; last the higher ends of a range, where the notification is known within a window. Cells that a spreadsheet would run as a formula are neutralised.
 */
export function exportCsv(standings: readonly Standing[]): string {
  const rows = standings.flatMap((standing) => {
    const { facts, state, currency, through } = standing;
    const about = [facts.authority, facts.ref, facts.addressee ?? "", facts.respondent, state];
    const known = knownOf(facts);
    if (standing.items.length === 0) return [[...about, "", "", "", "", "", currency, "", "", "", "", through, ...known, "", "", ""]];
    return standing.items.map((item) => [
      ...about,
      item.id,
      item.state,
      item.expiry ?? "",
      item.firstPenaltyDay ?? "",
      number(item.units),
      currency,
      ...[item.theoretical, item.fixed, item.paid, item.open].map(sum),
      through,
      ...known,
      number(item.unitsMax),
      ...[item.theoreticalMax, item.openMax].map(sum),
    ]);
  });
  return [COLUMNS, ...rows].map((row) => `${row.map(cell).join(",")}\r\n`).join("");
}

function knownOf({ kind, title, decided, published, fines, links, tags }: Facts): readonly string[] {
  const written = (fines ?? []).map(({ id, amount }) => `${id} ${amount}`).join("; ");
  return [kind, title ?? "", dayOf(decided) ?? "", dayOf(published) ?? "", written, (links ?? []).join(" "), (tags ?? []).join(" ")];
}

function number(units: number | null): string {
  return units === null ? "" : String(units);
}

function sum(amount: Money | null): string {
  return amount === null ? "" : writeAmount(amount);
}

function cell(text: string): string {
  // A text that begins like a neutralised one is neutralised once more, so that what is read back is what was written.
  const safe = /^'*[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
