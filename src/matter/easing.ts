import { isRefusal } from "../law/finding.ts";
import { parseAmount } from "../law/money.ts";
import type { Day } from "../time/day.ts";
import type { EventOf, EventType, MatterEvent } from "./events.ts";
import type { Matter } from "./history.ts";
import { type Visibility, visibilityOf } from "./sight.ts";
import { standingOn } from "./standing.ts";

/**
 * What ends a duty or a penalty, lowers it, or puts its day off: recorded by mistake it silences a reminder that somebody needed, and nobody would
 * miss it. What makes a matter worse, or only tells of it (notified, resumed, rejected, violation, liquidated, invoiced, paid, refunded, assigned,
 * note), is heard of all the same.
 */
const ALWAYS: ReadonlySet<EventType> = new Set([
  // Ends: the clock stops, or nothing is reminded of any more.
  "complied",
  "accepted",
  "remitted",
  "settled",
  "withdrawn",
  "lapsed",
  "closed",
  "referred",
  "annulled",
  // Postpones.
  "extended",
  "stayed",
  // Lowers.
  "reduced",
  // Can do any of these.
  "overridden",
  "corrected",
]);

/** These do so only by what they say. */
const SOMETIMES: ReadonlySet<EventType> = new Set(["rate-changed", "partly-complied", "appealed", "visibility"]);

/** Whether an event of the kind can end, lower, postpone or show to more people. */
export function canEase(type: EventType): boolean {
  return ALWAYS.has(type) || SOMETIMES.has(type);
}

/** Whether this event ends, lowers or postpones something of the matter as it stands before it, or shows it to more people. */
export function eases(matter: Matter, event: MatterEvent, today: Day): boolean {
  switch (event.type) {
    case "rate-changed":
    case "partly-complied":
      return event.rate !== undefined && lowersRate(matter, event, event.rate, today);
    case "appealed":
      return event.suspends === "yes";
    case "visibility":
      return widens(visibilityOf(matter), event.to);
    default:
      return ALWAYS.has(event.type);
  }
}

/** A rate that is not known before cannot be told to be higher. */
function lowersRate(matter: Matter, { item }: EventOf<"rate-changed" | "partly-complied">, to: string, today: Day): boolean {
  const { items, currency } = standingOn(matter, today);
  const rate = parseAmount(to, currency);
  if (isRefusal(rate)) return true;
  const concerned = item === undefined ? items : items.filter(({ id }) => id === item);
  return concerned.some((one) => one.rate !== null && (one.rate.amount === null || rate < one.rate.amount.minor));
}

const OPENNESS: Readonly<Record<Visibility, number>> = { restricted: 0, desk: 1, public: 2 };

export function widens(from: Visibility, to: Visibility): boolean {
  return OPENNESS[to] > OPENNESS[from];
}
