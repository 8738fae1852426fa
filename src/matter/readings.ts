import { calendarOf, calendarVersions } from "../law/calendar.ts";
import { isRefusal } from "../law/finding.ts";
import { beforeRoll } from "../law/time-limit.ts";
import type { Day } from "../time/day.ts";
import { foldMatter, type MatterFold } from "./fold.ts";
import type { Matter } from "./history.ts";
import { setExpiry } from "./item-clock.ts";
import type { ItemFold } from "./item-state.ts";
import { type Meters, metersOf } from "./joint-cap.ts";
import { calendarRead, isPart, type Reading, ruleRead } from "./reading.ts";

/** A matter counted by another reading: all of its items, since the end of one and a cap in common bear upon others. */
export interface ReadMatter {
  readonly fold: MatterFold;
  readonly meters: Meters;
}

/** What becomes of a matter by the readings on which it rests that it is not counted by; those that change nothing are left out. */
export interface Readings {
  readonly rolled: ReadMatter | null;
  readonly parts: readonly PartRead[];
}

interface PartRead extends ReadMatter {
  readonly part: string;
}

/** With `latest`, of a fold that counts a notification known within a window from its last day. */
export function readingsOf(matter: Matter, fold: MatterFold, on: Day, latest = false): Readings {
  const read = (reading: Reading): ReadMatter | null => {
    if (!changesAnEnd(fold, reading)) return null;
    const other = foldMatter(matter, on, latest, reading);
    if (reading.kind === "rolled") other.items.forEach(speakOfEarlier);
    return { fold: other, meters: metersOf(other, on) };
  };
  // Many parts have the same holidays on the days that matter: each that differs is folded once.
  const folded: PartRead[] = [];
  const parts = partsOf(fold).flatMap((part) => {
    const alike = folded.find((one) => endsAlike(one.fold, one.part, part));
    const found = alike ?? read({ kind: "part", part });
    if (found === null) return [];
    const one = { ...found, part };
    if (alike === undefined) folded.push(one);
    return [one];
  });
  return { rolled: read({ kind: "rolled" }), parts };
}

/** Whether a matter counted by the holidays of one part would be the same by those of another: each of its ends is, one after the other. */
function endsAlike({ items }: MatterFold, part: string, other: string): boolean {
  return items.every(({ counts }) =>
    counts.every(({ rule, terms, end, unrolled }) => {
      if (terms.calendar?.id !== part) return true;
      const limit = rule.limit({ ...terms, calendar: calendarOf(other) });
      return !isRefusal(limit) && limit.expiry === end && beforeRoll(limit) === unrolled;
    }),
  );
}

/** A matter is folded anew only where one of its ends would be another. */
function changesAnEnd({ items, authority }: MatterFold, reading: Reading): boolean {
  const counts = items.flatMap((item) => item.counts);
  return counts.some(({ rule, terms, end }) => {
    const [otherRule, otherTerms] = [ruleRead(rule, authority, reading), calendarRead(terms, reading)];
    if (otherRule === rule && otherTerms === terms) return false;
    const limit = otherRule.limit(otherTerms);
    return !isRefusal(limit) && limit.expiry !== end;
  });
}

/** The parts of the countries of which only the holidays in common are counted, by the ids of their tables. */
function partsOf({ items }: MatterFold): readonly string[] {
  const wholes = new Set(items.flatMap(({ counts }) => counts.flatMap(({ inCommon, terms }) => (inCommon ? [terms.calendar!.id] : []))));
  if (wholes.size === 0) return [];
  return calendarVersions().flatMap(([id]) => ([...wholes].some((whole) => isPart(id, whole)) ? [id] : []));
}

/** An end that a stay moved after a roll could be counted in two ways: of what is supposed only, the earlier is told. */
function speakOfEarlier(item: ItemFold): void {
  const { otherwise } = item;
  if (otherwise !== null && otherwise.of === (item.freshExpiry ?? item.expiry) && otherwise.day < otherwise.of)
    setExpiry(item, otherwise.day);
}
