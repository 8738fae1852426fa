import { ALWAYS_STAGES } from "../cards/next-reminder.ts";
import type { DeliveryKey } from "../ports/chat.ts";
import type { Delivery, DeliveryLog } from "../ports/delivery-log.ts";
import { daysBetween } from "../time/day.ts";
import { dayIn, type Instant } from "../time/instant.ts";
import { draftDay } from "./plan.ts";
import { keyOf, type Telling } from "./telling.ts";
import { FURTHEST } from "./timing.ts";

/**
 * Stages that are not said, since a later one of the same deadline, or the same day's by its other name, was said in the same place: a place whose
 * stages were changed since hears no earlier one of them. What is always said is silenced by no later stage. Nor does a draft ask for its missing
 * fact beside a reminder that asks for it too. `known` is what is known of these.
 */
export async function toldLater(
  deliveries: DeliveryLog,
  tellings: readonly Telling[],
  known: ReadonlyMap<DeliveryKey, Delivery>,
  now: Instant,
): Promise<ReadonlySet<DeliveryKey>> {
  const open = tellings.filter(({ key }) => known.get(key)?.outcome?.kind !== "delivered");
  const asked = open.map((one) => ({ key: one.key, others: laterKeys(one) })).filter(({ others }) => others.length > 0);
  const found = asked.length === 0 ? NONE : await deliveries.known([...new Set(asked.flatMap(({ others }) => others))]);
  // What was said later than now was said before the clock was set back.
  const isTold = (key: DeliveryKey) => found.get(key)?.outcome?.kind === "delivered" && found.get(key)!.settledAt! <= now;
  const told = new Set(asked.filter(({ others }) => others.some(isTold)).map(({ key }) => key));
  const facts = open.filter(({ utterance }) => utterance.stage === "missing-fact");
  for (const one of facts) if (tellings.some((other) => !told.has(other.key) && asksToo(one, other, known))) told.add(one.key);
  return told;
}

const NONE: ReadonlyMap<DeliveryKey, Delivery> = new Map();

/** A reminder of a draft's earliest end asks for the missing fact as well: one that is said now, or was on the day of that week or later. */
function asksToo(fact: Telling, other: Telling, known: ReadonlyMap<DeliveryKey, Delivery>): boolean {
  const { to, scene, utterance, name } = fact;
  const { kind, stage, item, deadline } = other.utterance;
  const isReminder = kind === "reminder" && stage !== "missing-fact" && deadline?.what === "earliest-expiry";
  if (!isReminder || other.to.place !== to.place || other.scene !== scene || item?.id !== utterance.item?.id) return false;
  const delivery = known.get(other.key);
  const outcome = delivery?.outcome ?? null;
  if (outcome?.kind !== "delivered") return outcome?.kind !== "never";
  return dayIn(scene.zone, delivery!.settledAt!) >= draftDay(scene, name.at(-1) as number);
}

const ALWAYS: ReadonlySet<unknown> = new Set(ALWAYS_STAGES);

/** Under what a later stage of the same deadline would have been said there: one that has come by now, or that a place hears up to two weeks early. */
function laterKeys({ to, name, utterance, scene }: Telling): readonly DeliveryKey[] {
  const { kind, stage, deadline, lastWorkingDay } = utterance;
  const isStage = typeof stage === "number" || stage === "last-working-day";
  if (kind !== "reminder" || deadline === null || lastWorkingDay === null || !isStage || ALWAYS.has(stage)) return [];
  const working = daysBetween(lastWorkingDay, deadline.day);
  const left = stage === "last-working-day" ? working : stage;
  const first = left === working ? left : Math.max(0, daysBetween(scene.today, deadline.day) - FURTHEST);
  const stages: (number | string)[] = Array.from({ length: Math.max(0, left - first + 1) }, (_, more) => first + more);
  if (working <= left) stages.push("last-working-day");
  return stages.filter((one) => one !== stage).map((one) => keyOf(to.place, name.with(3, one)));
}
