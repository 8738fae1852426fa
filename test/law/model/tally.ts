import { EVENT_TYPES } from "../../../src/matter/events.ts";
import type { FiledMatter } from "../../../src/matter/facts.ts";

/** What each random run must hold often enough, by name. */
const RATES = ["day", "week", "month", "half-year", "year", "once", "violation", "unit-day", "turnover-day", "P2W"].map(
  (per) => `rate per ${per}`,
);
const TERMS = [
  "unknown rate",
  "steps",
  "started periods",
  "exclusive-last",
  "exclusive-first",
  "cap.amount",
  "cap.units",
  "cap.until",
  "cap.perYear",
  "cap.higherOf",
  "a cap in common",
  "notified between two days",
  "a period in business days",
  "a period in hours",
  "a compound period",
  "from the end of an appeal period",
  "a penalty that runs at once",
];
const TURNS = [
  "overridden expiry",
  "overridden firstPenaltyDay",
  "overridden units",
  "corrected set",
  "corrected void",
  "corrected registered",
  "annulled item",
  "annulled fine",
  "annulled liquidation",
  "annulled matter",
  "resumed with the remainder",
  "resumed with a period",
  "stayed collection",
  "appealed and suspended",
  "accepted with a day",
  "extended until",
  "extended by",
  "extended by hours",
  "two liquidations",
];

/** Every name that is counted, whether or not it has come up. */
export const COUNTED: readonly string[] = [...EVENT_TYPES.map((type) => `event ${type}`), ...RATES, ...TERMS, ...TURNS];

/** The names that a matter stands for. */
export function tallyOf({ items = [], events = [], notified, jointCap }: FiledMatter): ReadonlySet<string> {
  const found = new Set<string>();
  const add = (name: string, isSo: boolean) => void (isSo && found.add(name));
  add("a cap in common", jointCap !== undefined);
  add("notified between two days", typeof notified === "object" && "between" in notified);
  for (const { cure, penalty } of items) {
    if (cure !== undefined && "period" in cure) {
      const periods = typeof cure.period === "string" ? [cure.period] : cure.period;
      add("a compound period", periods.length > 1);
      add(
        "a period in hours",
        periods.some((period) => period.startsWith("PT")),
      );
      add(
        "a period in business days",
        periods.some((period) => period.endsWith("B")),
      );
      add("from the end of an appeal period", typeof cure.from === "object" && "appeal" in cure.from);
    }
    if (penalty === undefined) continue;
    add(`rate per ${penalty.per}`, true);
    add("a penalty that runs at once", penalty.from !== undefined);
    add("unknown rate", penalty.rate === "unknown");
    add("steps", penalty.steps !== undefined);
    add("started periods", penalty.counting === "started");
    add(penalty.counting ?? "inclusive", true);
    for (const cap of Object.keys(penalty.cap ?? {})) add(`cap.${cap}`, true);
  }
  for (const event of events) {
    add(`event ${event.type}`, true);
    if (event.type === "overridden") add(`overridden ${event.what}`, true);
    if (event.type === "corrected") add(`corrected ${event.event === "registered" ? "registered" : event.void ? "void" : "set"}`, true);
    if (event.type === "annulled")
      add(`annulled ${event.matter ? "matter" : event.fine ? "fine" : event.liquidation ? "liquidation" : "item"}`, true);
    if (event.type === "resumed") add(`resumed with ${(event.with ?? "remainder") === "remainder" ? "the remainder" : "a period"}`, true);
    add("stayed collection", event.type === "stayed" && event.scope === "collection");
    add("appealed and suspended", event.type === "appealed" && event.suspends === "yes");
    add("accepted with a day", event.type === "accepted" && event.from !== undefined);
    add("extended by hours", event.type === "extended" && event.by?.startsWith("PT") === true);
    if (event.type === "extended") add(`extended ${event.by === undefined ? "until" : "by"}`, true);
  }
  add("two liquidations", events.filter(({ type }) => type === "liquidated").length > 1);
  return found;
}

/** How many of the matters each name came up in, and how many there were. */
export interface Tally {
  readonly matters: number;
  readonly counts: ReadonlyMap<string, number>;
}

export function tally(matters: readonly FiledMatter[]): Tally {
  const counts = new Map(COUNTED.map((name) => [name, 0]));
  for (const matter of matters) for (const name of tallyOf(matter)) if (counts.has(name)) counts.set(name, counts.get(name)! + 1);
  return { matters: matters.length, counts };
}

/** The names that came up in less than that share of the matters. */
export function rare({ matters, counts }: Tally, share: number): readonly string[] {
  return [...counts].filter(([, count]) => count < share * matters).map(([name, count]) => `${name}: ${count} of ${matters}`);
}
