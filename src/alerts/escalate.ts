import { ALWAYS_STAGES } from "../cards/next-reminder.ts";
import { visibilityOf } from "../matter/sight.ts";
import type { Acknowledgement, Heed } from "../ports/attention.ts";
import type { DeliveryKey, Place } from "../ports/chat.ts";
import type { Basis, Delivery, DeliveryLog } from "../ports/delivery-log.ts";
import type { PlaceSettings, Subscription } from "../ports/subscriptions.ts";
import { daysBetween } from "../time/day.ts";
import { type Instant, instantOf, millisecondsOf } from "../time/instant.ts";
import type { Onward } from "./detours.ts";
import type { Scene } from "./look.ts";
import type { Stage } from "./plan.ts";
import { keyOf, type Telling, telling } from "./telling.ts";
import { movedLater } from "./timing.ts";

/** A stage that nobody acknowledged, on its way to the next place. */
export interface Escalation {
  readonly telling: Telling;
  /** From when on it goes there. */
  readonly at: Instant;
}

/** A place to which stages were to go that may not see them, or that is another desk's by now. */
export interface Blocked {
  readonly stream: string;
  readonly from: PlaceSettings;
  readonly to: Place;
  readonly at: Instant;
  /** Whether somebody was told in its stead. */
  readonly told: boolean;
  readonly restricted: boolean;
}

export interface Escalated {
  readonly going: readonly Escalation[];
  readonly blocked: readonly Blocked[];
}

/** Since when something waits for an answer; `isEarlier`: it is an earlier stage that waits, and the current one goes on for it. */
export interface Unanswered {
  readonly at: Instant;
  readonly isEarlier: boolean;
}

/** Stages go on to the next place when nobody acknowledges them. */
export function escalates({ stage }: Telling): boolean {
  return stage !== null;
}

/** What a telling is called in the places to which it may go on. */
export function escalatedName({ name }: Telling): readonly (string | number)[] {
  return ["escalated", ...name];
}

/**
 * From each place in which a stage was said and nobody acknowledged it within the time that the place set, on to the next; there the same holds.
 * Each place hears it once, so a circle ends where it began. Where a place may not see it people are told in its stead, and there it ends.
 */
export function escalations(
  telling: Telling,
  since: Unanswered | null,
  known: ReadonlyMap<DeliveryKey, Delivery>,
  heed: Heed | undefined,
  {
    subscriptions,
    head,
    onward,
  }: { readonly subscriptions: ReadonlyMap<Place, Subscription>; readonly head: string; readonly onward: Onward },
): Escalated {
  const { stage, scene } = telling;
  if (stage === null || heed?.acknowledgements.some((one) => covers(one, stage, telling.to.place, scene)) === true)
    return { going: [], blocked: [] };
  const found: Escalation[] = [];
  const blocked: Blocked[] = [];
  const told = new Set<Place>([telling.to.place]);
  let from: PlaceSettings = telling.to;
  let toldAt = since?.at ?? null;
  while (from.escalation !== null && toldAt !== null && !told.has(from.escalation.to)) {
    const { to: place, afterMinutes } = from.escalation;
    const due = instantOf(millisecondsOf(toldAt) + afterMinutes * 60_000);
    const going = (to: PlaceSettings, at: Instant): Escalation => {
      const next = escalated(
        telling,
        { from: from.place, toldAt: at, ...(from === telling.to && since?.isEarlier === true ? { isEarlier: true } : {}) },
        to,
        head,
      );
      return { telling: next, at: isUrgent(telling) ? due : movedLater(to, due) };
    };
    const instead = onward(telling, place);
    if (instead !== null) {
      const people = instead.filter((one) => !told.has(one));
      for (const one of people) found.push(going(settingsThere(subscriptions, from, one), toldAt));
      const { key: stream } = telling.scene.matter;
      const restricted = visibilityOf(telling.scene.matter) === "restricted";
      blocked.push({ stream, from, to: place, at: due, told: people.length > 0, restricted });
      break;
    }
    const to = settingsThere(subscriptions, from, place);
    const next = going(to, toldAt);
    found.push(next);
    told.add(place);
    from = to;
    toldAt = deliveredAt(known.get(next.telling.key));
  }
  return { going: found, blocked };
}

/** A place without settings of its own is spoken to as the one before, and sends nothing on. */
function settingsThere(subscriptions: ReadonlyMap<Place, Subscription>, from: PlaceSettings, place: Place): PlaceSettings {
  return subscriptions.get(place) ?? { ...from, place, escalation: null };
}

/**
 * Since when nobody has answered what a place was told of a deadline: since the first stage of it that was said there after the last
 * acknowledgement, and after the last that went on. A delay that reaches beyond the next stage sends that one on. Null where nothing waits for an answer.
 */
export async function unansweredSince(
  deliveries: DeliveryLog,
  telling: Telling,
  heed: Heed | undefined,
  onward: Onward,
): Promise<Unanswered | null> {
  const { key: current, to, scene, stage } = telling;
  if (stage === null || to.escalation === null) return null;
  const acknowledged = (heed?.acknowledgements ?? []).filter(({ item, deadline }) => item === stage.item && deadline === stage.deadline);
  const answeredAt =
    acknowledged
      .map(({ at }) => at)
      .sort()
      .at(-1) ?? "";
  // Whoever acknowledged a stage has answered all that was said before; the current one asks until it is acknowledged itself.
  const said = (await deliveries.about(scene.matter.key, to.place)).filter(
    ({ key, basis, outcome, settledAt }) =>
      outcome?.kind === "delivered" && (key === current || (settledAt! > answeredAt && isStageOf(basis, stage))),
  );
  const places = onward(telling, to.escalation.to) ?? [to.escalation.to];
  const keysAfter = (key: DeliveryKey) => places.map((place) => onwardKey(place, key));
  const wentOn = await deliveries.known(said.flatMap(({ key }) => keysAfter(key)));
  // The current one counts though it went on: from where it went it may have to go further.
  const isOn = (key: DeliveryKey) => keysAfter(key).some((after) => wentOn.get(after)?.outcome?.kind === "delivered");
  // What a later one went on for is answered with it: it sends nothing on any more.
  const settledBy = said.flatMap(({ key, settledAt }) => (key !== current && isOn(key) ? settledAt! : [])).sort();
  const last = settledBy.at(-1) ?? "";
  const waiting = said.filter(({ key, settledAt }) => key === current || (settledAt! > last && !isOn(key)));
  const [first] = waiting.toSorted((one, other) => (one.settledAt! < other.settledAt! ? -1 : 1));
  return first === undefined ? null : { at: first.settledAt!, isEarlier: first.key !== current };
}

/** What asks to be acknowledged, save that a fact is missing. */
const STAGES: ReadonlySet<string> = new Set(["reminder", "overdue", "total", "cap-reached"]);

function isStageOf({ kind, shown }: Basis, { item, deadline }: Stage): boolean {
  const about = shown as { readonly item?: string | null; readonly deadline?: string | null; readonly stage?: unknown };
  const isStage = STAGES.has(kind) && about.stage !== "missing-fact";
  return isStage && about.item === item && about.deadline === deadline;
}

/** What a delivery is called in the place to which it goes on. */
function onwardKey(place: Place, key: DeliveryKey): DeliveryKey {
  const [, ...name] = JSON.parse(key) as (string | number)[];
  return keyOf(place, ["escalated", ...name]);
}

function escalated(first: Telling, since: NonNullable<Telling["utterance"]["escalated"]>, to: PlaceSettings, head: string): Telling {
  const { scene, utterance, stage } = first;
  const says = { ...utterance, reason: "escalated" as const, escalated: since };
  return telling(scene, to, { name: escalatedName(first), utterance: says, stage }, head);
}

/** All keys under which it may be known that a telling went on. */
export function escalationKeys(telling: Telling, subscriptions: ReadonlyMap<Place, Subscription>, onward: Onward): readonly DeliveryKey[] {
  if (!escalates(telling)) return [];
  const keys: DeliveryKey[] = [];
  const keyIn = (place: Place) => keyOf(place, escalatedName(telling));
  const told = new Set<Place>([telling.to.place]);
  for (let from: PlaceSettings | undefined = telling.to; from?.escalation && !told.has(from.escalation.to); ) {
    const place: Place = from.escalation.to;
    told.add(place);
    const instead = onward(telling, place);
    keys.push(...(instead ?? [place]).map(keyIn));
    from = instead === null ? subscriptions.get(place) : undefined;
  }
  return keys;
}

export function isAcknowledged(stage: Stage, heed: Heed | undefined): boolean {
  return heed?.acknowledgements.some((one) => isSame(one, stage)) === true;
}

export function isSame(one: Stage, other: Stage): boolean {
  return one.item === other.item && one.deadline === other.deadline && isSameStage(one.stage, other.stage);
}

/**
 * Whether that acknowledgement holds for the stage in a place: it was of the same or, in that place, of a later one, as a place may ask for an earlier
 * one that changes its stages. What is urgent is never taken for acknowledged by another stage.
 */
export function covers(
  given: Acknowledgement,
  stage: Stage,
  place: Place,
  { now, lastWorkingDay }: Pick<Scene, "now" | "lastWorkingDay">,
): boolean {
  if (isSame(given, stage)) return true;
  if (given.place !== place) return false;
  // What was given later than now was given before the clock was set back.
  if (given.item !== stage.item || given.deadline !== stage.deadline || given.at > now) return false;
  const leftOf = (name: string) => {
    if (name === "last-working-day") return daysBetween(lastWorkingDay(stage.deadline), stage.deadline);
    return /^\d+$/.test(name) ? Number(name) : -1;
  };
  const left = leftOf(stage.stage);
  // The same day by its other name is the same stage.
  return left >= 0 && (leftOf(given.stage) === left || (!URGENT_NAMES.has(stage.stage) && leftOf(given.stage) <= left));
}

/** Whoever took note of a cap before its day was kept with it has taken note of any. */
function isSameStage(one: string, other: string): boolean {
  return one === other || isAnyCap(one, other) || isAnyCap(other, one);
}

function isAnyCap(one: string, other: string): boolean {
  return one === "cap-reached" && other.startsWith("cap-reached ");
}

function deliveredAt(delivery: Delivery | undefined): Instant | null {
  return delivery?.outcome?.kind === "delivered" ? delivery.settledAt : null;
}

const URGENT: ReadonlySet<unknown> = new Set<unknown>([...ALWAYS_STAGES, "last-working-day"]);
const URGENT_NAMES: ReadonlySet<string> = new Set([...URGENT].map(String));

function isUrgent({ utterance: { kind, stage } }: Telling): boolean {
  return kind === "overdue" || URGENT.has(stage);
}
