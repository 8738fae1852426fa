import type { Acknowledged, DigestLine } from "../cards/contents.ts";
import type { Matter } from "../matter/history.ts";
import type { Standing } from "../matter/standing-types.ts";
import type { Acknowledgement, Attention, Heed } from "../ports/attention.ts";
import type { Place } from "../ports/chat.ts";
import type { People } from "../ports/ledger.ts";
import { type Day, later } from "../time/day.ts";
import { dayIn, type Instant } from "../time/instant.ts";
import type { Heeded } from "./digest-looks.ts";
import { isSame } from "./escalate.ts";
import { namesBehind } from "./names.ts";
import { asking, type Stage } from "./plan.ts";
import type { Timing } from "./timing.ts";

export interface HeedSource {
  readonly attention: Attention;
  readonly people: People;
}

/**
 * What was heeded of those matters in a place by that moment. Of snoozes only the last is known: one given later hides the one before.
 * `standings` are those that the caller has reckoned already, by the matters' keys.
 */
export async function heedingIn(
  { attention, people }: HeedSource,
  matters: readonly Matter[],
  place: Place,
  timing: Timing,
  now: Instant,
  standings?: ReadonlyMap<string, Standing>,
): Promise<(stream: string) => Heeded> {
  const heeds = heededBy(await attention.of(matters.map(({ key }) => key)), now);
  const by = [...heeds.values()].flatMap(({ acknowledgements, snoozes }) => [...acknowledgements, ...snoozes].map((one) => one.by));
  const names = await namesBehind(by, people);
  const held = new Map(matters.map((matter) => [matter.key, matter]));
  return (stream) => {
    const heed = heeds.get(stream);
    let stages: readonly Stage[] | undefined;
    return {
      acknowledged(item) {
        stages ??= asking(held.get(stream)!, now, timing, standings?.get(stream));
        const stage = stages.find((one) => one.item === item);
        if (stage === undefined) return undefined;
        const given = heed?.acknowledgements.find((one) => isSame(one, stage));
        return given === undefined ? null : acknowledgedBy(given, names);
      },
      snoozed: snoozeShown(heed, place, timing, now, names, held.get(stream)!),
    };
  };
}

function heededBy(heeds: ReadonlyMap<string, Heed>, moment: Instant): ReadonlyMap<string, Heed> {
  const by = ({ at }: { readonly at: Instant }) => at <= moment;
  return new Map(
    [...heeds].map(([stream, { acknowledgements, snoozes }]) => [
      stream,
      { acknowledgements: acknowledgements.filter(by), snoozes: snoozes.filter(by) },
    ]),
  );
}

export function acknowledgedBy({ by, at, stage }: Acknowledgement, names: ReadonlyMap<string, string>): Acknowledged {
  return { name: names.get(by) ?? by, at, stage };
}

/** How a place has put a matter off last, whether or not that is over; undefined where it never has. */
export function snoozeIn(heed: Heed | undefined, place: Place): Heed["snoozes"][number] | undefined {
  return heed?.snoozes.find((one) => one.place === place);
}

function snoozeShown(
  heed: Heed | undefined,
  place: Place,
  { zone }: Timing,
  now: Instant,
  names: ReadonlyMap<string, string>,
  matter: Matter,
): DigestLine["snoozed"] | undefined {
  const { until = null, by = "" } = snoozeIn(heed, place) ?? {};
  if (until === null || dayIn(zone, now) >= until) return undefined;
  const first = asking(matter, now, { zone, weekdays: [1, 2, 3, 4, 5, 6, 7], holidays: null, quiet: null, stages: null })
    .map(({ deadline }) => deadline)
    .reduce<Day | null>((soonest, day) => (soonest === null || later(soonest, day) === soonest ? day : soonest), null);
  return { until, name: names.get(by) ?? by, pastExpiry: first !== null && until >= first };
}
