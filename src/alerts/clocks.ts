import { type ClockDeadline, clocksWaitedFor } from "../cards/clock-words.ts";
import type { Standing } from "../matter/standing-types.ts";
import { type Day, daysBetween } from "../time/day.ts";
import { dayIn, momentOf } from "../time/instant.ts";
import type { Scene } from "./look.ts";
import type { Planned } from "./plan.ts";
import { atOnce, latestStep, reminders, type Step, type View } from "./steps.ts";
import { hourOf } from "./timing.ts";

/** A clock that has ended and of which nothing was said, as after an outage, is spoken of for so many days. */
const PASSED_DAYS = 7;

/**
 * The clocks beside the cure periods of which a place is reminded: evidence, observations, appeal, objection, payment, time-bar, discount, notice,
 * and the days on which fines are due. Not those whose business is done, and not those that had ended when the matter was registered.
 */
export function clocksOf({ standing, matter, zone, today }: Scene): readonly ClockDeadline[] {
  return clocksWaitedFor(standing).filter(({ day, time, item }) => {
    const referred = standing.referredTo !== null && (item?.state === "overdue" || item?.state === "draft");
    const was = time !== null && momentOf(zone, day, time) <= matter.registeredAt;
    return !referred && !was && (day >= today || isNewlyPast(day, today, dayIn(zone, matter.registeredAt)));
  });
}

function isNewlyPast(day: Day, today: Day, registered: Day): boolean {
  return registered <= day && daysBetween(day, today) <= PASSED_DAYS;
}

/**
 * The stages of one clock, which are those of an expiry. Of one of many the days on which another was reminded of are left out, and what would be
 * moved to one of them stays where it is.
 */
export function clockSteps(scene: Scene, { day, time, since, ...clock }: ClockDeadline, view: View): readonly Step[] {
  const isSame = ({ id, item, fine }: ClockDeadline) => id === clock.id && item?.id === clock.item?.id && fine === clock.fine;
  const endIn = (standing: Standing) => clocksWaitedFor(standing).find(isSame)?.day ?? null;
  const steps = atOnce(scene, reminders(scene, day, view, time), day, view, endIn);
  if (since === undefined) return steps;
  const begun = momentOf(scene.zone, since);
  const its = steps.filter((step) => step.day >= since);
  return its.map((step) => (step.at >= begun ? step : { ...step, at: hourOf(scene.zone, step.day), due: hourOf(scene.zone, step.day) }));
}

/** The latest stage of each clock, once: nothing asks to take note of it, and it stops when what is due was done. */
export function clocksDue(scene: Scene, view: View): readonly Planned[] {
  const { standing, today, now } = scene;
  return clocksOf(scene).flatMap((clock): readonly Planned[] => {
    const latest = latestStep(clockSteps(scene, clock, view), now);
    if (latest === null) return [];
    const { id, kind, day, time, item, fine } = clock;
    const of = fine === null ? (item?.id ?? "") : `fine ${fine}`;
    const shared = { standing, item, today, lastWorkingDay: scene.lastWorkingDay(day), event: null, corrected: null };
    return [
      {
        name: ["reminder", standing.key, of, latest.stage ?? "", day, id],
        utterance: {
          ...shared,
          kind: "reminder",
          stage: latest.stage,
          reason: "stage-reached",
          deadline: { day, what: kind, time, clock: id, fine },
        },
        stage: null,
      },
    ];
  });
}
