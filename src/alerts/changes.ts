import { eases } from "../matter/easing.ts";
import type { RecordedEvent } from "../matter/events.ts";
import type { Matter } from "../matter/history.ts";
import type { Day } from "../time/day.ts";
import { type Instant, instantOf, millisecondsOf } from "../time/instant.ts";
import { type Change, tellingsOfChange } from "./change-tellings.ts";
import { dismissalsOf } from "./dismissals.ts";
import type { Scene } from "./look.ts";
import { orFault } from "./or-fault.ts";
import type { Round } from "./round.ts";
import type { TickHost } from "./tick.ts";
import { NEWS, singlesFor, type ToldAlone, type ToTell } from "./told-alone.ts";
import { beforeEvent, isTakenOver } from "./whose.ts";

export interface ChangesDue {
  readonly singles: readonly ToldAlone[];
  /** When to look again at matters of which it cannot be told yet who sees them. */
  readonly waits: readonly (readonly [string, Instant])[];
}

/**
 * What ends, lowers or postpones something, takes a matter from whose it is, or changes who may see it, recorded by a command of somebody else, is
 * told to whose matter it was before, with the button that undoes it; and whoever is sent away from a restricted matter is told that. Of what was
 * recorded before the register could tell anybody, nothing is said.
 */
export async function changesDue(host: TickHost, round: Round): Promise<ChangesDue> {
  if (host.consent === undefined || round.scenes.size === 0) return { singles: [], waits: [] };
  const week = instantOf(millisecondsOf(round.now) - NEWS);
  let from: Instant | null = null;
  const wanted: ToTell[] = [];
  const waits: (readonly [string, Instant])[] = [];
  for (const scene of round.scenes.values()) {
    for (const recorded of lately(scene.matter, week)) {
      from ??= await host.consent.announcesSince();
      const change = recorded.recordedAt > from ? changeOf(host, scene, recorded) : null;
      if (change === null) continue;
      const found = await tellingsOfChange(host, change, instantOf(millisecondsOf(recorded.recordedAt as Instant) - NEWS), round.now);
      if ("until" in found) waits.push([scene.matter.key, found.until]);
      else wanted.push(...found.tell);
    }
    wanted.push(...(await dismissalsOf(host, host.consent, scene.matter, week)));
  }
  return { singles: await singlesFor(host, round, wanted), waits };
}

/** What was recorded of late by a command: the newest stand last, so that a long history costs nothing. */
function lately({ events }: Matter, since: Instant): readonly RecordedEvent[] {
  let first = events.length;
  while (first > 0 && events[first - 1]!.recordedAt > since) first--;
  return events.slice(first).filter(({ via, initial }) => via === "command" && !initial);
}

/** What somebody else has to hear of; null where nobody has. */
function changeOf(host: TickHost, scene: Scene, recorded: RecordedEvent): Change | null {
  const { matter, today } = scene;
  const before = beforeEvent(matter, recorded);
  const after: Matter = { ...before, events: [...before.events, recorded], version: recorded.order };
  const news = newsIn(matter, today);
  let kind = news.get(recorded.id);
  if (kind === undefined) {
    const { event } = recorded;
    const isEased = orFault(host, scene, () => eases(before, event, today)) === true;
    const isTaken = !isEased && event.type === "assigned" && orFault(host, scene, () => isTakenOver(before, after, today)) === true;
    kind = isEased ? "eased" : isTaken ? "taken" : "none";
    news.set(recorded.id, kind);
  }
  return kind === "none" ? null : { scene, recorded, before, after, isTaken: kind === "taken" };
}

type News = "eased" | "taken" | "none";

/** To tell it of an event takes many looks at where the matter stands: once a day for each, as long as the matter stays as it is. */
const KNOWN = new WeakMap<Matter, { readonly today: Day; readonly news: Map<string, News> }>();

function newsIn(matter: Matter, today: Day): Map<string, News> {
  const known = KNOWN.get(matter);
  if (known?.today === today) return known.news;
  const news = new Map<string, News>();
  KNOWN.set(matter, { today, news });
  return news;
}
