import type { Utterance } from "../cards/contents.ts";
import { calendarOf } from "../law/calendar.ts";
import { authorityOf } from "../law/catalogue.ts";
import { lastWorkingDayBefore } from "../law/time-limit.ts";
import type { RecordedEvent } from "../matter/events.ts";
import { heldOn, type Matter } from "../matter/history.ts";
import { standingNow } from "../matter/standing.ts";
import type { ItemStanding, Standing } from "../matter/standing-types.ts";
import { addDays, type Day, daysBetween, earlier } from "../time/day.ts";
import { dayIn, type Instant, timeIn } from "../time/instant.ts";
import { POLICY } from "./policy.ts";

/** One thing that ought to have been said by now, and what names it: the due day is part of the name, so a new deadline is said anew. */
export interface Planned {
  /** Without the place: what the delivery log is asked for is place and name together. */
  readonly name: readonly (string | number)[];
  readonly utterance: Utterance;
}

/**
 * All that ought to have been said of a matter by now, in the order in which it is said. Of each deadline only the latest stage: the stages
 * before it are out of date. Pure: what was said already is for the delivery log to know.
 */
export function plan(matter: Matter, now: Instant): readonly Planned[] {
  const authority = authorityOf(matter.facts.authority)!;
  const today = dayIn(authority.zone, now);
  const due = timeIn(authority.zone, now) >= POLICY.at ? today : addDays(today, -1);
  const standing = standingNow(matter, today);
  const calendar = calendarOf(authority.calendar);
  const planned: Planned[] = [...eventsDue(matter, standing, due)];
  for (const item of standing.items) {
    const scene: Scene = { matter, standing, item, today, due, lastWorkingDay: (day) => lastWorkingDayBefore(day, calendar) };
    planned.push(...deadlineDue(scene), ...capNearDue(scene), ...draftDue(scene, authority.zone));
  }
  return planned;
}

interface Scene {
  readonly matter: Matter;
  readonly standing: Standing;
  readonly item: ItemStanding;
  readonly today: Day;
  /** The last day whose hour of speaking has come. */
  readonly due: Day;
  lastWorkingDay(before: Day): Day;
}

/** A step of a deadline's story, with the day from which it is to be said. */
interface Stage {
  readonly day: Day;
  readonly kind: "reminder" | "overdue" | "total" | "cap-reached";
  readonly stage: Utterance["stage"];
}

const SPEAKING: ReadonlySet<string> = new Set(["pending", "curing", "accruing", "capped", "lapsed", "overdue", "draft"]);

function deadlineDue(scene: Scene): readonly Planned[] {
  const { item, due } = scene;
  const expiry = item.state === "draft" ? item.earliestExpiry : item.expiry;
  if (expiry === null || !SPEAKING.has(item.state) || (item.state === "lapsed" && item.capReached === null)) return [];
  if ((item.state === "overdue" || item.state === "draft") && scene.standing.referredTo !== null) return [];
  const stages = reminders(expiry, scene.lastWorkingDay(expiry));
  if (item.state === "overdue") stages.push({ day: addDays(expiry, 1), kind: "overdue", stage: null });
  const capped = item.state === "capped" || item.state === "lapsed";
  if (capped && item.capReached !== null) stages.push({ day: addDays(item.capReached, 1), kind: "cap-reached", stage: null });
  if (capped || item.state === "accruing") stages.push(...lastTotal(expiry, earlier(due, (capped ? item.capReached : null) ?? due)));
  const latest = stages
    .filter(({ day }) => day <= due)
    .reduce<Stage | null>((last, stage) => (last === null || stage.day > last.day ? stage : last), null);
  if (latest === null || (item.state === "accruing" && item.units === null)) return [];
  const utterance = { kind: latest.kind, stage: latest.stage };
  const what = item.state === "draft" ? "earliest-expiry" : "expiry";
  const name = [latest.kind, scene.standing.key, item.id, latest.stage ?? "", expiry, latest.kind === "reminder" ? "" : latest.day];
  return [planned(name, scene, { ...utterance, deadline: latest.kind === "cap-reached" ? null : { day: expiry, what } })];
}

/** Each seventh day after the expiry, up to the day on which a cap is reached; only the last of them matters. */
function lastTotal(expiry: Day, until: Day): readonly Stage[] {
  const times = Math.floor(daysBetween(expiry, until) / POLICY.totalEveryDays);
  return times < 1 ? [] : [{ day: addDays(expiry, times * POLICY.totalEveryDays), kind: "total", stage: null }];
}

/** 30, 14, 7, 3, 1 and 0 days before, and the last working day before where that is none of these. */
function reminders(expiry: Day, lastWorkingDay: Day): Stage[] {
  const stages: Stage[] = POLICY.stages.map((stage) => ({ day: addDays(expiry, -stage), kind: "reminder", stage }));
  if (stages.every(({ day }) => day !== lastWorkingDay)) stages.push({ day: lastWorkingDay, kind: "reminder", stage: "last-working-day" });
  return stages;
}

/** Once, when nine tenths of a cap have run. */
function capNearDue(scene: Scene): readonly Planned[] {
  const { item, standing } = scene;
  if (!item.capNear || item.state !== "accruing" || scene.due < scene.today) return [];
  return [
    planned(["cap-near", standing.key, item.id, "", item.expiry ?? "", ""], scene, { kind: "cap-near", stage: null, deadline: null }),
  ];
}

/** A draft asks for the missing fact each week after its registration; only the latest week speaks. */
function draftDue(scene: Scene, zone: string): readonly Planned[] {
  const { item, due } = scene;
  if (item.state !== "draft" || scene.standing.referredTo !== null) return [];
  const weeks = Math.floor(daysBetween(dayIn(zone, scene.matter.registeredAt), due) / POLICY.draftEveryDays);
  if (weeks < 1) return [];
  const deadline = item.earliestExpiry === null ? null : { day: item.earliestExpiry, what: "earliest-expiry" as const };
  return [
    planned(["reminder", scene.standing.key, item.id, "missing-fact", "", weeks], scene, {
      kind: "reminder",
      stage: "missing-fact",
      deadline,
    }),
  ];
}

function planned(name: Planned["name"], scene: Scene, what: Pick<Utterance, "kind" | "stage" | "deadline">): Planned {
  const { standing, item, today } = scene;
  const lastWorkingDay = what.deadline === null ? null : scene.lastWorkingDay(what.deadline.day);
  return { name, utterance: { ...what, standing, item, today, lastWorkingDay, event: null, corrected: null } };
}

const SILENT: ReadonlySet<string> = new Set(["note", "assigned"]);

/** What was recorded after the registration is news, each event once; a correction says what it mends. */
function eventsDue(matter: Matter, standing: Standing, due: Day): readonly Planned[] {
  const held = heldOn(matter.events, standing.on);
  const news = held.filter(({ event, initial }) => !initial && !SILENT.has(event.type) && event.on <= due);
  return news.map((recorded) => eventPlanned(matter, standing, recorded));
}

function eventPlanned(matter: Matter, standing: Standing, recorded: RecordedEvent): Planned {
  const { event, id } = recorded;
  const corrected = event.type === "corrected" ? (matter.events.find((other) => other.id === event.event) ?? null) : null;
  const kind = event.type === "corrected" ? "correction" : "event";
  const item = standing.items.find((one) => one.id === event.item) ?? (standing.items.length === 1 ? standing.items[0]! : null);
  return {
    name: [kind, standing.key, event.item ?? "", "", "", id],
    utterance: { kind, stage: null, standing, item, deadline: null, today: standing.on, lastWorkingDay: null, event: recorded, corrected },
  };
}
