import { type Refusal, refuse } from "../law/finding.ts";
import { addDays, type Day, later } from "../time/day.ts";
import { amountProblems } from "./check.ts";
import { asOf } from "./corrected-facts.ts";
import { EVENTS, type MatterEvent, type RecordedEvent } from "./events.ts";
import { currencyOf, foldMatter, type MatterFold } from "./fold.ts";
import type { Matter } from "./history.ts";
import { standingOn } from "./standing.ts";

/** Ids of the register's own making: e1, e2 …; a file's ids are kept. */
export function nextEventId(taken: ReadonlySet<string>, start: number): string {
  for (let number = start; ; number++) if (!taken.has(`e${number}`)) return `e${number}`;
}

/** Whether the event may be recorded: null, or why not. Nothing is judged twice: the fold itself says what makes no sense. */
export function decideEvent(matter: Matter, event: MatterEvent, today: Day): Refusal | null {
  if (event.on > today) return refuse("day-in-future", { day: event.on, today });
  if (!EVENTS[event.type].safeParse(event).success) return refuse("event-invalid", { type: event.type });
  const currency = currencyOf(asOf(matter, today).facts);
  const amount = amountProblems(event, currency)[0];
  if (amount !== undefined) return refuse(amount.code, amount.args);
  if (event.id !== undefined && matter.events.some(({ id }) => id === event.id)) return refuse("id-twice", { id: event.id });
  return firstFault(withEvents(matter, [event]), faultsOf(matter, today), today);
}

/** What a new event makes impossible after it by standing before it: what is said of it speaks of the new one as if it were recorded. */
const IN_TURN: ReadonlySet<string> = new Set([
  "item-ended",
  "claim-stands",
  "no-claim",
  "no-claim-accepted",
  "stay-inside-stay",
  "no-stay",
]);

/** The first thing that the last event makes wrong, in it or in those that apply after it. */
function firstFault(matter: Matter, before: ReadonlySet<string>, today: Day): Refusal | null {
  const last = matter.events.reduce((day, { event }) => later(day, event.on), today);
  const fault = foldMatter(matter, last).faults.find(({ id }) => !before.has(id));
  if (fault === undefined) assertTold(matter, last);
  return fault === undefined ? null : ofRecorded(fault, matter.events.at(-1)!);
}

/** Where the fault is of another event, which is recorded: that one is named, not told of as if it were the new one. */
function ofRecorded({ id, refusal }: MatterFold["faults"][number], added: RecordedEvent): Refusal {
  if (id === added.id) return refusal;
  const precedes = added.event.type !== "corrected" && IN_TURN.has(refusal.refused);
  return { ...refusal, args: { ...refusal.args, [precedes ? "precedes" : "undoes"]: id } };
}

/** Whatever cannot be told afterwards, on any day that something changes, must not be recorded: it throws here, before anything is. */
export function assertTold(matter: Matter, last: Day): void {
  const days = new Set([...matter.events.map(({ event }) => event.on), addDays(last, -1), last]);
  for (const day of days) standingOn(matter, day);
}

export function faultsOf(matter: Matter, today: Day): ReadonlySet<string> {
  return new Set(foldMatter(matter, today).faults.map(({ id }) => id));
}

/** The matter as it would be with the events recorded after all others: an order is a version, and facts that were filled in took some. */
export function withEvents(matter: Matter, events: readonly MatterEvent[]): Matter {
  const taken = new Set(matter.events.map(({ id }) => id));
  const added = events.map((event, index) => {
    const id = event.id ?? nextEventId(taken, matter.events.length + index + 1);
    taken.add(id);
    return { id, event, order: matter.version + index + 1, recordedAt: "", by: "", via: "command" as const, initial: false };
  });
  return { ...matter, events: [...matter.events, ...added] };
}
