import { isDeepStrictEqual } from "node:util";
import { authorityOf } from "../law/catalogue.ts";
import { parseUnit } from "../law/unit.ts";
import type { Day } from "../time/day.ts";
import type { EventType, MatterEvent, RecordedEvent } from "./events.ts";
import type { Facts, PenaltyFacts } from "./facts.ts";
import { NAMES_ONE_ITEM } from "./fold.ts";
import { heldOn, type Matter } from "./history.ts";

/** Fields that hold sums: 9 and 9.00 are the same one. */
const SUMS: ReadonlySet<string> = new Set(["amount", "rate", "annual", "percent", "gain", "perYear"]);

const EVENT_DEFAULTS: Readonly<Record<string, object>> = {
  complied: { counted: true },
  remitted: { counted: true },
  settled: { counted: true },
  withdrawn: { counted: true },
  lapsed: { counted: true },
  paid: { how: "payment" },
  stayed: { scope: "accrual" },
  resumed: { with: "remainder" },
  appealed: { suspends: "no" },
  assigned: { as: "assignee" },
};

/** An event by what it says rather than by how it is written: sums by value, defaults filled in, without id, source and note. */
export function canonicalEvent(event: MatterEvent, facts: Facts): unknown {
  const { source: _source, note: _note, id: _id, ...rest } = event;
  const items = (facts.items ?? []).map(({ id }) => id);
  const targets = [...items, ...(facts.fines ?? []).map(({ id }) => id)];
  const only = NAMES_ONE_ITEM.has(event.type) && items.length === 1 ? { item: items[0] } : {};
  const paid = event.type === "paid" || event.type === "invoiced" || event.type === "refunded";
  const target = paid && targets.length === 1 ? { for: targets[0] } : {};
  // An item named where it is the only one says nothing more, whatever the event.
  const said = items.length === 1 && rest.item === items[0] && !NAMES_ONE_ITEM.has(event.type) ? { ...rest, item: undefined } : rest;
  return plain({ ...only, ...target, ...(EVENT_DEFAULTS[event.type] ?? {}), ...said }, event.type === "reduced");
}

/** What counts once more each time it is recorded. Any other event is refused the second time, changes nothing by it, or is asked about as it is. */
const ADDS_UP: ReadonlySet<EventType> = new Set(["violation", "intended", "invoiced", "paid", "refunded"]);

export function addsUp(type: EventType): boolean {
  return ADDS_UP.has(type);
}

/** The events that hold on a day and say the same, in the order in which they were recorded. */
export function sameHeld(matter: Matter, event: MatterEvent, on: Day): readonly RecordedEvent[] {
  const said = canonicalEvent(event, matter.facts);
  return heldOn(matter.events, on)
    .filter((held) => held.event.type === event.type && isDeepStrictEqual(canonicalEvent(held.event, matter.facts), said))
    .toSorted((one, other) => one.order - other.order);
}

/** Facts by what they say: sums by value, and what holds where a file says nothing. Naming another rule is then a change, not a filling in. */
export function canonicalFacts(facts: Facts): unknown {
  const authority = authorityOf(facts.authority)!;
  const rule = authority.orderRule === null || facts.kind === "judgment" ? {} : { rule: authority.orderRule };
  const items = facts.items?.map((item) => {
    const { cure, penalty } = item;
    const period = cure !== undefined && "period" in cure;
    return {
      ...item,
      ...(period ? { cure: { from: "notified", ...rule, stickyMonthEnd: false, ...cure } } : {}),
      ...(penalty === undefined ? {} : { penalty: { ...penalty, counting: countingOf(penalty) } }),
    };
  });
  const { tags, links } = facts;
  return plain(
    {
      procedure: "ordinary",
      ...facts,
      currency: facts.currency ?? authority.currency,
      items,
      tags: tags?.toSorted(),
      links: links?.toSorted(),
    },
    false,
  );
}

/** Periods longer than a day are counted when they are complete, unless a file says otherwise. */
function countingOf({ counting = "inclusive", per }: PenaltyFacts): string {
  return counting === "inclusive" && parseUnit(per)?.kind === "period" ? "completed" : counting;
}

function plain(value: unknown, toIsSum: boolean, field = ""): unknown {
  if (Array.isArray(value)) return value.map((entry) => plain(entry, toIsSum));
  if (typeof value === "object" && value !== null) {
    const entries = Object.entries(value).filter(([, entry]) => entry !== undefined);
    return Object.fromEntries(entries.map(([name, entry]) => [name, plain(entry, toIsSum, name)]));
  }
  const isSum = SUMS.has(field) || (toIsSum && field === "to");
  return typeof value === "string" && isSum ? withoutZeros(value) : value;
}

/** The fewest digits of the same decimal. */
export function withoutZeros(text: string): string {
  if (!/^\d+(\.\d+)?$/.test(text)) return text;
  const whole = text.replace(/^0+(?=\d)/, "");
  return whole.includes(".") ? whole.replace(/\.?0+$/, "") : whole;
}

/**
 * What the register will hold: all that it knows, and what the file adds. A bare day does not take away the source that stood with it, and what
 * the file has as a correction left it stays as it was first recorded: the correction goes on mending it.
 */
export function filledIn(known: unknown, filed: unknown, corrected: unknown): unknown {
  if (filed === undefined || isDeepStrictEqual(filed, corrected)) return known;
  if (known === undefined || known === "unknown") return filed;
  if (Array.isArray(known) && Array.isArray(filed)) return filledList(known, filed, Array.isArray(corrected) ? corrected : []);
  if (isRecord(known) && isRecord(filed)) {
    if ("between" in known || "between" in filed) return filed;
    const names = [...new Set([...Object.keys(known), ...Object.keys(filed)])];
    const mended = isRecord(corrected) ? corrected : {};
    const fields = names.map((name) => [name, filledIn(known[name], filed[name], mended[name])] as const);
    return Object.fromEntries(fields.filter(([, value]) => value !== undefined));
  }
  if (isRecord(known) && known.day === filed) return known;
  return typeof known === "string" && typeof filed === "string" && withoutZeros(known) === withoutZeros(filed) ? known : filed;
}

function filledList(known: readonly unknown[], filed: readonly unknown[], corrected: readonly unknown[]): readonly unknown[] {
  const idOf = (entry: unknown) => (isRecord(entry) && typeof entry.id === "string" ? entry.id : null);
  if ([...known, ...filed].every((entry) => idOf(entry) !== null)) {
    const named = (list: readonly unknown[], id: string | null) => list.find((entry) => idOf(entry) === id);
    const more = filed.filter((entry) => named(known, idOf(entry)) === undefined);
    return [...known.map((one) => filledIn(one, named(filed, idOf(one)), named(corrected, idOf(one)))), ...more];
  }
  const isText = [...known, ...filed].every((entry) => typeof entry === "string");
  return isText ? [...known, ...filed.filter((entry) => !known.includes(entry))] : filed;
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
