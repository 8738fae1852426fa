import { authorityOf } from "../law/catalogue.ts";
import { knownAt, type Matter } from "../matter/history.ts";
import { standingNow } from "../matter/standing.ts";
import type { CapPart, ItemStanding, Standing } from "../matter/standing-types.ts";
import { addDays, type Day, later, yearOf } from "../time/day.ts";
import { dayIn, type Instant, instantOf, millisecondsOf } from "../time/instant.ts";
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

/** What the message is called in every place. */
export function capNearName({ matter, standing }: Scene, { id, expiry }: ItemStanding, near: Near): readonly string[] {
  return ["cap-near", standing.key, id, "", expiry ?? "", nearCap(matter, standing, id, near)];
}

/** What names the cap that is near: the year of a calendar year's cap, and what of a cap was corrected after nine tenths of it had run. */
export function nearCap(matter: Matter, standing: Standing, id: string, near: Near): string {
  const year = near === "yearNear" ? [String(yearOf(standing.on))] : [];
  const parts = nearParts(standing, id).filter((part) => (part === "perYear") === (near === "yearNear"));
  return [...year, ...parts.flatMap((part) => correctedSince(matter, standing, id, part))].join(" ");
}

function nearParts({ items }: Standing, id: string): readonly CapPart[] {
  return items.find((item) => item.id === id)?.nearCaps ?? [];
}

/** Places may have been told of the cap as it was when it first was near. */
function correctedSince(matter: Matter, { facts, on }: Standing, id: string, part: CapPart): readonly string[] {
  const first = beforeCorrections(matter).find(
    (then) =>
      then.effective <= on &&
      (part !== "perYear" || yearOf(then.standing.on) === yearOf(on)) &&
      nearParts(then.standing, id).includes(part),
  );
  const cap = capIn(facts, id, part);
  return first === undefined || capIn(first.standing.facts, id, part) === cap ? [] : [`${part} ${cap}`];
}

interface Before {
  /** The day of the correction. */
  readonly effective: Day;
  readonly standing: Standing;
}

const BEFORE = new WeakMap<Matter, readonly Before[]>();

/** Where the matter stood when each correction was recorded, as it was known until then. */
function beforeCorrections(matter: Matter): readonly Before[] {
  const held = BEFORE.get(matter) ?? reckonBefore(matter);
  BEFORE.set(matter, held);
  return held;
}

function reckonBefore(matter: Matter): readonly Before[] {
  const { zone } = authorityOf(matter.facts.authority)!;
  return matter.events.flatMap(({ event, recordedAt }) => {
    const at = recordedAt as Instant;
    const known = event.type === "corrected" ? knownAt(matter, instantOf(millisecondsOf(at) - 1)) : null;
    const standing = known === null ? null : toldOn(known, later(dayIn(zone, at), event.on));
    return standing === null ? [] : [{ effective: event.on, standing }];
  });
}

function toldOn(known: Matter, day: Day): Standing | null {
  try {
    return standingNow(known, day);
  } catch {
    // What could not be told before its correction was told to nobody.
    return null;
  }
}

function capIn({ items, jointCap }: Standing["facts"], id: string, part: CapPart): string {
  const { amount, units, until, higherOf, perYear } = items?.find((item) => item.id === id)?.penalty?.cap ?? {};
  const shared = jointCap?.items.includes(id) === true ? jointCap.amount : undefined;
  const higher = higherOf === undefined ? [] : [higherOf.amount, higherOf.gain, higherOf.times];
  return { amount: [amount ?? "", ...higher].join("/"), units, until, shared, perYear }[part]?.toString() ?? "";
}
