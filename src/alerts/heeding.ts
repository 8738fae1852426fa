import type { Acknowledged, DigestLine } from "../cards/contents.ts";
import type { Matter } from "../matter/history.ts";
import type { Standing } from "../matter/standing-types.ts";
import type { Acknowledgement, Attention, Heed } from "../ports/attention.ts";
import type { Place } from "../ports/chat.ts";
import type { People } from "../ports/ledger.ts";
import type { Day } from "../time/day.ts";
import { dayIn, type Instant } from "../time/instant.ts";
import { type Heeded, isPastExpiry } from "./digest-looks.ts";
import { covers, isSame } from "./escalate.ts";
import { lookAt, type Scene } from "./look.ts";
import { namesBehind } from "./names.ts";
import { asking, type Stage } from "./plan.ts";
import type { Timing } from "./timing.ts";

export interface HeedSource {
  readonly attention: Attention;
  readonly people: People;
}

/** The same of a place of which it is known until when it has put the matter off, whether or not that is over. */
export interface HeededIn extends Heeded {
  readonly snoozedUntil: Day | null;
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
): Promise<(stream: string) => HeededIn> {
  const heeds = heededBy(await attention.of(matters.map(({ key }) => key)), now);
  const by = [...heeds.values()].flatMap(({ acknowledgements, snoozes }) => [...acknowledgements, ...snoozes].map((one) => one.by));
  const names = await namesBehind(by, people);
  const held = new Map(matters.map((matter) => [matter.key, matter]));
  return (stream) => {
    const [heed, matter] = [heeds.get(stream), held.get(stream)!];
    const snooze = snoozeIn(heed, place);
    let scene: Scene | undefined;
    let stages: readonly Stage[] | undefined;
    return {
      acknowledged(item) {
        scene ??= lookAt(matter, now, standings?.get(stream));
        stages ??= asking(matter, now, timing, scene.standing);
        const stage = stages.find((one) => one.item === item);
        if (stage === undefined) return undefined;
        const given = heed === undefined ? undefined : givenFor(heed, stage, place, scene);
        return given === undefined ? null : acknowledgedBy(given, names);
      },
      snoozed: snoozeShown(snooze, names, dayIn(timing.zone, now), () => lookAt(matter, now, standings?.get(stream)).standing),
      snoozedUntil: snooze?.until ?? null,
    };
  };
}

/** Who has taken note of that stage or, where nobody has, in that place of the last one after it. */
function givenFor({ acknowledgements }: Heed, stage: Stage, place: Place, scene: Scene): Acknowledgement | undefined {
  return acknowledgements.find((one) => isSame(one, stage)) ?? acknowledgements.findLast((one) => covers(one, stage, place, scene));
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
  snooze: Heed["snoozes"][number] | undefined,
  names: ReadonlyMap<string, string>,
  today: Day,
  standingThen: () => Standing,
): DigestLine["snoozed"] | undefined {
  const { until = null, by = "" } = snooze ?? {};
  if (until === null || today >= until) return undefined;
  // Looked at only where it is put off: most matters are not.
  const standing = standingThen();
  return { until, name: names.get(by) ?? by, pastExpiry: standing.items.some((item) => isPastExpiry(item, standing.on, until)) };
}
