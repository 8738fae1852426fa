import type { Matter } from "../matter/history.ts";
import { standingNow } from "../matter/standing.ts";
import type { ItemStanding, Standing } from "../matter/standing-types.ts";
import { addDays, yearOf } from "../time/day.ts";
import type { Instant } from "../time/instant.ts";
import type { Scene } from "./look.ts";
import type { View } from "./steps.ts";
import { FURTHEST, hourOf, movedLater } from "./timing.ts";

/** What is near: a cap that holds for the whole, or that of the calendar year. */
export type Near = "capNear" | "yearNear";
export const NEARS: readonly Near[] = ["capNear", "yearNear"];

/**
 * Nobody knows the day ahead: it is looked for at the hour of each day, and said at the place's next open moment. That moment may come on a later
 * day of the authority: it stays that of the first day on which the cap was near.
 */
export function capNearAt({ matter, standing, zone, today, now }: Scene, item: ItemStanding, view: View, near: Near): Instant {
  let at = movedLater(view, hourOf(zone, today));
  const cap = nearCap(matter, standing, item.id, near);
  for (let day = addDays(today, -1); item[near] === true && at > now && day >= addDays(today, -FURTHEST); day = addDays(day, -1)) {
    const then = standingNow(matter, day);
    if (then.items.find(({ id }) => id === item.id)?.[near] !== true || nearCap(matter, then, item.id, near) !== cap) break;
    at = movedLater(view, hourOf(zone, day));
  }
  return at;
}

/** What names the cap that is near: the year of a calendar year's cap, and the cap itself where it was corrected since it was entered. */
export function nearCap(matter: Matter, { facts, on }: Standing, id: string, near: Near): string {
  const year = near === "yearNear" ? [String(yearOf(on))] : [];
  const [cap, entered] = [capIn(facts, id, near), capIn(matter.facts, id, near)];
  return [...year, ...(cap === entered ? [] : [cap])].join(" ");
}

function capIn({ items, jointCap }: Standing["facts"], id: string, near: Near): string {
  const { amount, units, until, higherOf, perYear } = items?.find((item) => item.id === id)?.penalty?.cap ?? {};
  if (near === "yearNear") return perYear ?? "";
  const shared = jointCap?.items.includes(id) === true ? jointCap.amount : undefined;
  return JSON.stringify([amount, units, until, higherOf?.amount, higherOf?.gain, higherOf?.times, shared]);
}
