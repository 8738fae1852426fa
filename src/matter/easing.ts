import { isRefusal } from "../law/finding.ts";
import { parseAmount } from "../law/money.ts";
import type { Day } from "../time/day.ts";
import { amountProblems } from "./check.ts";
import { asOf } from "./corrected-facts.ts";
import { withEvents } from "./decide.ts";
import type { EventOf, EventType, MatterEvent } from "./events.ts";
import { currencyOf } from "./fold.ts";
import type { Matter } from "./history.ts";
import { isEasier } from "./leniency.ts";
import { visibilityOf } from "./sight.ts";
import { standingOn } from "./standing.ts";

/**
 * What ends a duty or a penalty, lowers it, or puts its day off: recorded by mistake it silences a reminder that somebody needed, and nobody would
 * miss it. These do so by what they are, whatever they change today; every other one is compared.
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

/** These change no clock and no sum. */
const NEVER: ReadonlySet<EventType> = new Set(["assigned", "note"]);

/** Whether an event of the kind can end, lower or postpone, or change who may see the matter. */
export function canEase(type: EventType): boolean {
  return !NEVER.has(type);
}

/**
 * Whether this event ends, lowers or postpones something of the matter as it stands before it, today or on a later day, or changes who may see it:
 * shown to more people it is heard by those who must not, shown to fewer it is missed by those who must.
 */
export function eases(matter: Matter, event: MatterEvent, today: Day): boolean {
  if (NEVER.has(event.type)) return false;
  if (ALWAYS.has(event.type)) return true;
  switch (event.type) {
    case "visibility":
      return visibilityOf(matter) !== event.to;
    case "appealed":
      if (event.suspends === "yes") return true;
      break;
    case "resumed":
      // A period of its own stands in for what was left.
      if (event.with !== undefined && event.with !== "remainder") return true;
      break;
    case "rate-changed":
    case "partly-complied":
      if (event.rate !== undefined && lowersRate(matter, event, event.rate, today)) return true;
      break;
  }
  // A sum that cannot be read is refused, and so eases nothing.
  if (amountProblems(event, currencyOf(asOf(matter, today).facts)).length > 0) return false;
  return isEasier(matter, withEvents(matter, [event]), today);
}

/** A rate that is not known before cannot be told to be higher. */
function lowersRate(matter: Matter, { item }: EventOf<"rate-changed" | "partly-complied">, to: string, today: Day): boolean {
  const { items, currency } = standingOn(matter, today);
  const rate = parseAmount(to, currency);
  if (isRefusal(rate)) return true;
  const concerned = item === undefined ? items : items.filter(({ id }) => id === item);
  return concerned.some((one) => one.rate !== null && (one.rate.amount === null || rate < one.rate.amount.minor));
}
