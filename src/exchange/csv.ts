import { type Money, writeAmount } from "../law/money.ts";
import { dayOf, type Facts } from "../matter/facts.ts";
import { countsInOrder, sumsInOrder } from "../matter/in-order.ts";
import type { ItemStanding, Standing } from "../matter/standing-types.ts";

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
    return standing.items.map((item) => rowOf(standing, item, about, known));
  });
  return [COLUMNS, ...rows].map((row) => `${row.map(cell).join(",")}\r\n`).join("");
}

function rowOf({ currency, through }: Standing, item: ItemStanding, about: readonly string[], known: readonly string[]) {
  const [units, unitsMax] = countsInOrder(item.units, item.unitsMax);
  const [theoretical, theoreticalMax] = sumsInOrder(item.theoretical, item.theoreticalMax);
  const [open, openMax] = sumsInOrder(item.open, item.openMax);
  return [
    ...about,
    item.id,
    item.state,
    item.expiry ?? "",
    item.firstPenaltyDay ?? "",
    number(units),
    currency,
    ...[theoretical, item.fixed, item.paid, open].map(sum),
    through,
    ...known,
    number(unitsMax),
    ...[theoreticalMax, openMax].map(sum),
  ];
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
