import type { Authority } from "../law/catalogue.ts";
import { authorityOf } from "../law/catalogue.ts";
import { skippedTime } from "../law/clock-change.ts";
import { type Refusal, refuse } from "../law/finding.ts";
import { cure as standing } from "../law/rules/cure.ts";
import { ruleOf } from "../law/rules/index.ts";
import type { Day } from "../time/day.ts";
import { amountProblems } from "./check.ts";
import { type Anchors, citedOf, cureClock, placeOf } from "./clock.ts";
import { asOf, mendFacts, REGISTRATION } from "./corrected-facts.ts";
import type { MatterEvent, RecordedEvent } from "./events.ts";
import { dayOf, type Facts, type Notification, notificationOf } from "./facts.ts";
import { applyMoney, type FineFold, newFineFold } from "./fold-money.ts";
import { heldOn, type Matter, mend } from "./history.ts";
import { endOf } from "./item-clock.ts";
import { applyToItem } from "./item-fold.ts";
import { type ItemFold, newItemFold } from "./item-state.ts";
import { isItself } from "./key.ts";
import { calendarRead, type Reading, ruleRead } from "./reading.ts";

/** What facts and events have made of a matter by the end of a day. */
export interface MatterFold {
  /** The facts as corrections have left them. */
  readonly facts: Facts;
  readonly authority: Authority;
  readonly currency: string;
  readonly notification: Notification | null;
  /** Days from which clocks run that events have made. */
  readonly anchors: Anchors;
  readonly items: readonly ItemFold[];
  readonly fines: readonly FineFold[];
  /** The events that hold, in order. */
  readonly events: readonly RecordedEvent[];
  readonly faults: readonly { readonly id: string; readonly refusal: Refusal }[];
  readonly assignedTo: string | null;
  readonly ownedBy: string | null;
  readonly referredTo: string | null;
  readonly closed: boolean;
  readonly annulled: boolean;
  /** How a matter without items was ended by an event of its own. */
  readonly ended: "settled" | "withdrawn" | "lapsed" | null;
}

/** Events that change one item; where a matter has several they must name it. The rest of the item events then go to all. */
export const NAMES_ONE_ITEM: ReadonlySet<string> = new Set([
  "extended",
  "rate-changed",
  "violation",
  "complied",
  "rejected",
  "accepted",
  "partly-complied",
  "intended",
  "liquidated",
  "overridden",
]);

/** Folds the events that hold on the day. With `latest`, a notification known within a window counts from its last day. */
export function foldMatter(matter: Matter, on: Day, latest = false, reading: Reading | null = null): MatterFold {
  const { facts } = asOf(matter, on);
  const held = heldOn(matter.events, on);
  const way = { on, latest, reading };
  let fold = foldOnce(matter, facts, held, way, []);
  // An item whose time runs from the end of another's is counted once that end is known: a chain takes as many rounds as it has links.
  for (const { cure } of facts.items ?? []) {
    const follows = cure !== undefined && "period" in cure && typeof cure.from === "object" && "item" in cure.from;
    if (follows) fold = foldOnce(matter, facts, held, way, fold.items);
  }
  return fold;
}

function foldOnce(
  matter: Matter,
  facts: Facts,
  events: readonly RecordedEvent[],
  { on, latest, reading }: { readonly on: Day; readonly latest: boolean; readonly reading: Reading | null },
  before: readonly ItemFold[],
): MatterFold {
  const authority = authorityOf(facts.authority)!;
  const notification = notificationBy(facts, events, latest);
  const anchors = anchorsOf(events, before);
  const ground = { facts, authority, notification, anchors, reading };
  const items = (facts.items ?? []).map((item) => newItemFold(item.id, cureClock(ground, item, on)));
  const fines = (facts.fines ?? []).map(newFineFold);
  const faults: { id: string; refusal: Refusal }[] = [];
  const state = { assignedTo: null, ownedBy: null, referredTo: null, closed: false, annulled: false, ended: null } as Mutable;
  for (const recorded of events) {
    const refusal = apply(recorded, { facts, authority, reading, items, fines, state, events: matter.events, held: events });
    if (refusal !== null) faults.push({ id: recorded.id, refusal: ofEvent(refusal, recorded) });
  }
  const whole = { facts, authority, currency: currencyOf(facts), notification, items, fines, events, faults, ...state };
  return { ...whole, anchors: anchorsOf(events, items) };
}

/** The refusal with the event that it is of, which its sentence names. */
function ofEvent(refusal: Refusal, { event }: RecordedEvent): Refusal {
  return { ...refusal, args: { ...refusal.args, ofEvent: event.type, ofDay: event.on } };
}

function anchorsOf(events: readonly RecordedEvent[], items: readonly ItemFold[]): Anchors {
  return {
    event: (id) => {
      const found = events.find((recorded) => recorded.id === id)?.event;
      if (found === undefined) return null;
      const time = "at" in found ? found.at : undefined;
      return time === undefined ? { day: found.on } : { day: found.on, time };
    },
    expiry: (id) => {
      const item = items.find((one) => one.id === id);
      const day = item === undefined || item.stay?.during === "cure" ? null : (item.freshExpiry ?? item.expiry);
      return day === null ? null : endOf(item!, day);
    },
  };
}

/** The currency of a matter's sums. */
export function currencyOf(facts: Facts): string {
  return facts.currency ?? authorityOf(facts.authority)!.currency;
}

type Mutable = { -readonly [Field in "assignedTo" | "ownedBy" | "referredTo" | "closed" | "annulled" | "ended"]: MatterFold[Field] };

interface Scene {
  readonly facts: Facts;
  readonly authority: Authority;
  readonly reading: Reading | null;
  readonly items: readonly ItemFold[];
  readonly fines: readonly FineFold[];
  readonly state: Mutable;
  /** All of the matter's events, and those that hold on the day. */
  readonly events: readonly RecordedEvent[];
  readonly held: readonly RecordedEvent[];
}

function notificationBy(facts: Facts, events: readonly RecordedEvent[], latest: boolean): Notification | null {
  const event = events.find((recorded) => recorded.event.type === "notified")?.event;
  if (event?.type === "notified") return { from: event.on, to: event.on, ...(event.at === undefined ? {} : { time: event.at }) };
  const known = notificationOf(facts);
  return known !== null && latest ? { ...known, from: known.to } : known;
}

/** What an authority, a court, a debtor or whoever reads the decision does under it, and so after it. */
const UNDER_DECISION: ReadonlySet<string> = new Set([
  ...["extended", "stayed", "resumed", "rejected", "intended", "liquidated", "invoiced", "paid", "refunded", "reduced"],
  ...["appealed", "annulled", "remitted", "settled", "withdrawn", "lapsed", "closed"],
  ...["violation", "complied", "accepted", "overridden"],
]);

function apply(recorded: RecordedEvent, scene: Scene): Refusal | null {
  const { event } = recorded;
  const decided = dayOf(scene.facts.decided);
  if (decided !== null && event.on < decided && UNDER_DECISION.has(event.type)) return refuse("event-before-decided", { decided });
  const skipped = "at" in event && event.at !== undefined ? skippedTime(scene.authority.zone, event.on, event.at) : null;
  if (skipped !== null) return skipped;
  switch (event.type) {
    case "notified":
      return notifiedFault(recorded, scene);
    case "note":
    case "visibility":
      return null;
    case "assigned":
      scene.state[event.as === "owner" ? "ownedBy" : "assignedTo"] = event.to;
      return null;
    case "referred":
      if (isItself(scene.facts, event.to)) return refuse("referred-to-itself", { ref: scene.facts.ref });
      scene.state.referredTo = event.to;
      return null;
    case "corrected":
      return correctionFault(event, scene);
    case "invoiced":
    case "paid":
    case "refunded":
    case "reduced":
    case "annulled":
      return applyMoney(event, { ...scene, by: recorded.id, currency: currencyOf(scene.facts) });
    default:
      return toItems(recorded, scene);
  }
}

/** A matter is notified once: on the day, or within the window, that is known. */
function notifiedFault({ id, event }: RecordedEvent, { facts, held }: Scene): Refusal | null {
  const decided = dayOf(facts.decided);
  if (decided !== null && event.on < decided) return refuse("notified-before-decided", { day: event.on, decided });
  const known = notificationOf(facts);
  if (known !== null && (event.on < known.from || event.on > known.to)) return refuse("notified-otherwise", { known: known.from });
  const first = held.find((other) => other.event.type === "notified")!;
  return first.id === id || first.event.on === event.on ? null : refuse("notified-otherwise", { known: first.event.on });
}

function correctionFault(event: Extract<MatterEvent, { type: "corrected" }>, { events, facts }: Scene): Refusal | null {
  const target = events.find(({ id }) => id === event.event);
  if (target === undefined && event.event !== REGISTRATION) return refuse("event-unknown", { event: event.event });
  const isEmpty = event.set !== undefined && Object.keys(event.set).length === 0;
  if (isEmpty || (event.set === undefined) === (event.void === undefined)) return refuse("corrected-set-or-void");
  if (event.because === undefined) return refuse("correction-needs-reason");
  if (target === undefined) {
    const mended = mendFacts(facts, event, events);
    return "refused" in mended ? mended : null;
  }
  const mended = mend(target.event, event);
  if ("refused" in mended) return mended;
  const problem = amountProblems(mended, currencyOf(facts))[0];
  return problem === undefined ? null : refuse(problem.code, problem.args);
}

function targets(event: MatterEvent, { items }: Scene): readonly ItemFold[] | Refusal {
  if (event.item !== undefined) {
    const named = items.find(({ id }) => id === event.item);
    return named === undefined ? refuse("item-unknown", { item: event.item, items: items.map(({ id }) => id) }) : [named];
  }
  if (!NAMES_ONE_ITEM.has(event.type)) return items;
  if (items.length === 0) return refuse("no-items", { type: event.type });
  return items.length === 1 ? items : refuse("item-needed", { type: event.type, items: items.map(({ id }) => id) });
}

function toItems(recorded: RecordedEvent, scene: Scene): Refusal | null {
  const { event } = recorded;
  const items = targets(event, scene);
  if ("refused" in items) return items;
  if (event.type === "closed" && event.item === undefined) scene.state.closed = true;
  if (event.item === undefined && (event.type === "settled" || event.type === "withdrawn" || event.type === "lapsed"))
    scene.state.ended = event.type;
  const allOver = items.every((item) => item.annulled || item.closed || item.ended !== null);
  for (const item of items) {
    const cure = scene.facts.items?.find(({ id }) => id === item.id)?.cure;
    const named = cure !== undefined && "rule" in cure && cure.rule !== undefined ? cure.rule : scene.authority.orderRule;
    const rule = ruleRead((named === null ? null : ruleOf(named)) ?? standing, scene.authority, scene.reading);
    const place = calendarRead(
      placeOf(scene.authority, cure !== undefined && "calendar" in cure ? cure.calendar : undefined),
      scene.reading,
    );
    const sticky = cure !== undefined && "stickyMonthEnd" in cure ? { stickyMonthEnd: cure.stickyMonthEnd ?? false } : {};
    const refusal = applyToItem(item, recorded, { ...citedOf(scene.authority, rule), ...place, ...sticky }, rule, {
      per: penaltyOf(scene.facts, item.id),
      allOver,
      decided: dayOf(scene.facts.decided),
      isRead: scene.reading !== null,
    });
    if (refusal !== null) return refusal;
  }
  return null;
}

function penaltyOf(facts: Facts, id: string): string | null {
  return facts.items?.find((item) => item.id === id)?.penalty?.per ?? null;
}
