import { calendarOf } from "../law/calendar.ts";
import { authorityOf } from "../law/catalogue.ts";
import { lastWorkingDayBefore } from "../law/time-limit.ts";
import type { Matter } from "../matter/history.ts";
import { visibilityOf } from "../matter/sight.ts";
import { standingNow } from "../matter/standing.ts";
import type { Standing } from "../matter/standing-types.ts";
import type { Derived } from "../ports/matter-index.ts";
import type { Day } from "../time/day.ts";
import { dayIn, type Instant, type Zone } from "../time/instant.ts";
import { rulebook } from "./rulebook.ts";

/** A matter as it is looked at once, for all the places that are told of it. */
export interface Scene {
  readonly matter: Matter;
  readonly standing: Standing;
  /** The civil day at the authority. */
  readonly today: Day;
  readonly now: Instant;
  readonly zone: Zone;
  lastWorkingDay(before: Day): Day;
}

/** Throws where the matter cannot be told: that is a fault of ours. `known` is where it stands now, where the caller has reckoned that already. */
export function lookAt(matter: Matter, now: Instant, known?: Standing): Scene {
  const authority = authorityOf(matter.facts.authority)!;
  const today = dayIn(authority.zone, now);
  const calendar = calendarOf(authority.calendar);
  return {
    matter,
    standing: known?.on === today ? known : standingNow(matter, today),
    today,
    now,
    zone: authority.zone,
    lastWorkingDay: (day) => lastWorkingDayBefore(day, calendar),
  };
}

/** What is kept of a matter that cannot be told. */
export const UNTOLD: Derived = { authority: "", ref: "", kind: "", state: "", nextDay: null };

/** What the matter's derived row says on the day of the look. */
export function derivedOf({ matter, standing }: Pick<Scene, "matter" | "standing">): Derived {
  const { authority, ref, kind } = standing.facts;
  const states = [...new Set([standing.state, ...standing.items.map(({ state }) => state)])];
  const told = { by: rulebook(), states, visibility: visibilityOf(matter) };
  return { authority, ref, kind, state: standing.state, nextDay: standing.next?.day ?? null, told };
}
