import type { Utterance } from "../cards/contents.ts";
import type { MatterEvent, RecordedEvent } from "../matter/events.ts";
import { heldOn, type Matter } from "../matter/history.ts";
import type { ItemStanding, Standing } from "../matter/standing-types.ts";
import type { Reason } from "../ports/delivery-log.ts";
import { addDays, type Day, daysBetween } from "../time/day.ts";
import { dayIn, type Instant, momentOf } from "../time/instant.ts";
import { capNearAt, capNearName, NEARS } from "./cap-near.ts";
import { capOfLastYear, type Past } from "./cap-of-last-year.ts";
import { clocksDue } from "./clocks.ts";
import { heardSince, type PerhapsWatching } from "./heard-since.ts";
import { lookAt, type Scene } from "./look.ts";
import { movedClocks } from "./moved-clocks.ts";
import { NEVER_NEWS } from "./news-heard.ts";
import { POLICY } from "./policy.ts";
import { deadlineOf, heardToday, latestStep, numbersFrom, type Step, stepsOf, type View } from "./steps.ts";
import { FURTHEST, hourFrom, hourOf, movedEarlier, movedLater, type Timing } from "./timing.ts";
import { valuesBefore } from "./values-before.ts";

/** One thing that ought to have been said by now, and what names it: the due day is part of the name, so a new deadline is said anew. */
export interface Planned {
  /** Without the place: what the delivery log is asked for is place and name together. */
  readonly name: readonly (string | number)[];
  readonly utterance: Utterance;
  /** What somebody acknowledges by it; null where nothing asks for that. */
  readonly stage: Stage | null;
  /** Told only where it was due by then; absent where it is due now. */
  readonly past?: Past;
}

/** A stage of a deadline, as an acknowledgement names it. */
export interface Stage {
  readonly item: string;
  readonly deadline: Day;
  /** 30, 14 … 0, last-working-day, overdue, total and its day, or cap-reached and the day of that: a cap per year is reached year by year. */
  readonly stage: string;
}

/**
 * All that ought to have been said of a matter in a place by now, in the order in which it is said. Of each deadline only the latest stage: the
 * stages before it are out of date. Pure: what was said already is for the delivery log to know.
 */
export function plan(scene: Scene, view: View): readonly Planned[] {
  const planned: Planned[] = eventsDue(scene, view).due.filter(({ utterance: { event } }) => event?.event.type !== "assigned");
  for (const item of scene.standing.items) {
    planned.push(...lastYearsCapDue(scene, item, view), ...deadlineDue(scene, item, view));
    planned.push(...capNearDue(scene, item, view), ...draftDue(scene, item, view));
  }
  planned.push(...clocksDue(scene, view));
  return planned;
}

/** The latest stage of each deadline of the matter: what can be acknowledged now, said yet or not. `known` is for lookAt. */
export function asking(matter: Matter, now: Instant, timing: Timing & PerhapsWatching, known?: Standing): readonly Stage[] {
  const scene = lookAt(matter, now, known);
  const view = { ...timing, snoozedUntil: null, heardSince: heardSince(timing, scene) };
  return scene.standing.items.flatMap((item) => {
    const step = latestStep(stepsOf(scene, item, view), now);
    return step === null || step.isSilent ? [] : [stageOf(item, deadlineOf(scene, item)!, step)];
  });
}

function stageOf(item: ItemStanding, deadline: Day, { kind, stage, day }: Step): Stage {
  return { item: item.id, deadline, stage: kind === "reminder" ? String(stage) : stageOnce(kind, day) };
}

/** What is no reminder, by the day of its step: the day after that on which a cap was reached. */
export function stageOnce(kind: Exclude<Step["kind"], "reminder">, day: Day): string {
  return kind === "total" ? `total ${day}` : kind === "cap-reached" ? `cap-reached ${addDays(day, -1)}` : kind;
}

function deadlineDue(scene: Scene, item: ItemStanding, view: View): readonly Planned[] {
  const expiry = deadlineOf(scene, item);
  const latest = expiry === null ? null : latestStep(stepsOf(scene, item, view), scene.now);
  if (expiry === null || latest === null || latest.isSilent) return [];
  const what = item.state === "draft" ? "earliest-expiry" : "expiry";
  const name = [latest.kind, scene.standing.key, item.id, latest.stage ?? "", expiry, latest.kind === "reminder" ? "" : latest.day];
  const deadline = latest.kind === "cap-reached" ? null : { day: expiry, what: what as "expiry" };
  const says = { kind: latest.kind, stage: latest.stage, reason: reasonOf(scene, item, latest), deadline };
  return [planned(name, scene, item, says, stageOf(item, expiry, latest))];
}

/** The caps that were reached and are to be said by now, each by itself: nothing asks whoever is told no more of the matter to take note of it. */
export function capsDue(scene: Scene, view: View): readonly Planned[] {
  return scene.standing.items
    .flatMap((item) => deadlineDue(scene, item, view))
    .filter(({ utterance: { kind } }) => kind === "cap-reached")
    .map(({ name, utterance: { asks: _nobody, ...utterance } }) => ({ name, utterance, stage: null }));
}

/** Under the name that it would have had in its own year: whoever was told of it then is not told again. */
function lastYearsCapDue(scene: Scene, item: ItemStanding, view: View): readonly Planned[] {
  const expiry = deadlineOf(scene, item);
  const cap = expiry === null ? null : capOfLastYear(scene, item, view);
  if (expiry === null || cap === null || cap.at > scene.now) return [];
  const day = addDays(cap.reached, 1);
  const name = ["cap-reached", scene.standing.key, item.id, "", expiry, day];
  const says = { kind: "cap-reached", stage: null, reason: "cap-reached", deadline: null, capOfYear: cap.reached } as const;
  const stage = { item: item.id, deadline: expiry, stage: stageOnce("cap-reached", day) };
  return [{ ...planned(name, scene, item, says, stage), past: cap.past }];
}

/** A stage that had passed when the deadline moved to it speaks because it moved. */
function reasonOf({ matter }: Scene, item: ItemStanding, { kind, at }: Step): Reason {
  if (kind !== "reminder") return kind;
  const moved = matter.events.some(
    ({ event, initial, recordedAt }) => !initial && recordedAt >= at && movesDeadline(event) && (event.item ?? item.id) === item.id,
  );
  return moved ? "deadline-moved" : "stage-reached";
}

const MOVING: ReadonlySet<MatterEvent["type"]> = new Set(["notified", "extended", "stayed", "resumed", "corrected"]);

function movesDeadline(event: MatterEvent): boolean {
  return MOVING.has(event.type) || (event.type === "overridden" && event.what === "expiry");
}

/** Once, when nine tenths of a cap have run; of a calendar year's cap once in the year, and of one that was corrected once more. */
function capNearDue(scene: Scene, item: ItemStanding, view: View): readonly Planned[] {
  return NEARS.flatMap((near) => {
    if (item[near] !== true || item.state !== "accruing" || capNearAt(scene, item, view, near) > scene.now) return [];
    const ofYear = near === "yearNear" ? { capOfYear: scene.standing.through } : {};
    return [
      planned(
        capNearName(scene, item, near),
        scene,
        item,
        { kind: "cap-near", stage: null, reason: "cap-near", deadline: null, ...ofYear },
        null,
      ),
    ];
  });
}

/** A draft asks for the missing fact each week after its registration; only the latest week speaks, and not beside a reminder, which asks for it too. */
function draftDue(scene: Scene, item: ItemStanding, view: View): readonly Planned[] {
  const week = draftWeeks(scene, item, view)
    .filter(({ at }) => at <= scene.now)
    .at(-1);
  // A reminder that a place heard early, as it began to watch, has asked for it as well.
  const steps = stepsOf(scene, item, { ...view, heardSince: null });
  if (week === undefined || latestStep(steps, week.usual)?.at === week.usual) return [];
  const deadline = item.earliestExpiry === null ? null : { day: item.earliestExpiry, what: "earliest-expiry" as const };
  const name = ["reminder", scene.standing.key, item.id, "missing-fact", "", week.number];
  return [planned(name, scene, item, { kind: "reminder", stage: "missing-fact", reason: "stage-reached", deadline }, null)];
}

interface Week {
  readonly number: number;
  /** From when on it asks: at once in a place that hears of the matter late, on the morning of that week; and when it asks of others. */
  readonly at: Instant;
  readonly usual: Instant;
}

/** The weeks in which a draft asks: the last one, and the next, which a place may hear up to two weeks early. */
export function draftWeeks(scene: Scene, item: ItemStanding, view: View): readonly Week[] {
  if (item.state !== "draft" || scene.standing.referredTo !== null) return [];
  const weeks = Math.floor(daysBetween(draftDay(scene, 0), scene.today) / POLICY.draftEveryDays);
  const asked = numbersFrom(weeks - 1, weeks + 1 + FURTHEST / POLICY.draftEveryDays).map((number): Week => {
    const at = movedEarlier(view, hourOf(scene.zone, draftDay(scene, number)));
    // It is no deadline: put off as long as the place asked.
    const over = view.snoozedUntil === null ? at : hourFrom(view, view.snoozedUntil);
    const usual = at < over ? over : at;
    return { number, at: usual, usual };
  });
  const since = heardToday(scene, view);
  if (since === null || view.snoozedUntil !== null || !asked.some(({ at }) => at <= since)) return asked;
  const isDue = ({ at }: Week) => at > since && dayIn(scene.zone, at) === scene.today;
  return asked.map((week) => (isDue(week) ? { ...week, at: since } : week));
}

/** The day of a week in which a draft asks, by its number. */
export function draftDay({ zone, matter }: Pick<Scene, "zone" | "matter">, number: number): Day {
  return addDays(dayIn(zone, matter.registeredAt), number * POLICY.draftEveryDays);
}

type Says = Pick<Utterance, "kind" | "stage" | "reason" | "deadline" | "capOfYear">;

function planned(name: Planned["name"], scene: Scene, item: ItemStanding, says: Says, stage: Stage | null): Planned {
  const { standing, today } = scene;
  const lastWorkingDay = says.deadline === null ? null : scene.lastWorkingDay(says.deadline.day);
  const asks = stage === null ? {} : { asks: { stage: stage.stage, deadline: stage.deadline } };
  return { name, utterance: { ...says, standing, item, today, lastWorkingDay, event: null, corrected: null, ...asks }, stage };
}

/**
 * What was recorded after the registration is news, each event once; a correction says what it mends. And the events whose hour is to come. That a matter
 * was assigned is among them: it is news where it takes the matter away from a place (telling.ts), and nowhere else.
 */
export function eventsDue(scene: Scene, view: View): { readonly due: readonly Planned[]; readonly next: Instant | null } {
  const { matter, standing, now } = scene;
  const news = heldOn(matter.events, standing.on).filter(({ event, initial }) => !initial && !NEVER_NEWS.has(event.type));
  const timed = news.map((recorded) => ({ recorded, at: newsAt(scene, recorded, view) }));
  const waiting = timed.flatMap(({ at }) => (at > now ? [at] : []));
  // What waits for the place's hours waits no longer once a deadline is near.
  const near = standing.next === null ? null : momentOf(scene.zone, addDays(standing.next.day, -POLICY.nearDays));
  const ahead = [...waiting, ...(waiting.length > 0 && near !== null && near > now ? [near] : [])].sort();
  return { due: timed.filter(({ at }) => at <= now).map(({ recorded }) => eventPlanned(scene, recorded)), next: ahead[0] ?? null };
}

/** News cannot be told before it is recorded: it waits for the place's next open moment, unless a deadline is so near that waiting would hurt. */
function newsAt(scene: Scene, { event, recordedAt }: RecordedEvent, view: View): Instant {
  const hour = hourOf(scene.zone, event.on);
  const from = recordedAt > hour ? (recordedAt as Instant) : hour;
  const next = scene.standing.next;
  return next !== null && next.day <= addDays(scene.today, POLICY.nearDays) ? from : movedLater(view, from);
}

function eventPlanned(scene: Scene, recorded: RecordedEvent): Planned {
  const { matter, standing } = scene;
  const { event, id } = recorded;
  const corrected = event.type === "corrected" ? (matter.events.find((other) => other.id === event.event) ?? null) : null;
  const kind = event.type === "corrected" ? "correction" : "event";
  const reason: Reason = event.type === "corrected" ? "corrected" : movesDeadline(event) ? "deadline-moved" : "event-recorded";
  const item = standing.items.find((one) => one.id === event.item) ?? (standing.items.length === 1 ? standing.items[0]! : null);
  const was = valuesBefore(matter, recorded);
  const moved = movedClocks(scene, recorded);
  const told = { ...(was === undefined ? {} : { was }), ...(moved.length === 0 ? {} : { moved }) };
  const says = { kind, stage: null, reason, deadline: null, ...told } as const;
  return {
    name: [kind, standing.key, event.item ?? "", "", "", id],
    utterance: { ...says, standing, item, today: standing.on, lastWorkingDay: null, event: recorded, corrected },
    stage: null,
  };
}
