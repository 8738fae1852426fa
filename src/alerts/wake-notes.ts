import type { Look } from "../ports/matter-index.ts";
import type { PlaceSettings } from "../ports/subscriptions.ts";
import { type Instant, instantOf, millisecondsOf } from "../time/instant.ts";
import type { Delivered } from "./deliver.ts";
import { heldUntil } from "./entering.ts";
import { derivedOf, type Scene, UNTOLD } from "./look.ts";
import { retryAt } from "./messages.ts";
import { orFault } from "./or-fault.ts";
import { type Round, viewOf } from "./round.ts";
import type { View } from "./steps.ts";
import { watchesOn } from "./subscription.ts";
import type { TickHost } from "./tick.ts";
import { type Interests, wakeAt } from "./wake.ts";

/** A matter that cannot be told is tried again after a while: the fault may be mended by then. */
const FAULTY = 10 * 60_000;
/** What is claimed by another, or was left for want of time. */
const SOON = 1_000;

/** Notes for each matter that was looked at when to look at it again: at the next step of its story, or sooner where something is not said yet. */
export async function noteLooks(
  host: TickHost,
  round: Round,
  delivered: Delivered,
  waits: readonly (readonly [string, Instant])[],
): Promise<void> {
  const { now, rows, scenes } = round;
  const unsaid = unsaidUntil(round, delivered);
  const dueDays = dueDaysOf(round);
  const looks = rows.map(({ stream, version, woken }): Look => {
    const scene = scenes.get(stream);
    if (scene === undefined) return { stream, version, woken, wakeAt: after(now, FAULTY), derived: UNTOLD };
    const interests: Interests = {
      // Of the places whose adapters do not run now, too: they may when the moment comes.
      views: distinct(
        [...[...round.subscriptions.values()].filter(({ reminders }) => reminders), ...namedIn(round, stream)].map((to) =>
          viewOf(to, round.heeds, scene),
        ),
      ),
      dueDays,
      shown: round.cards.some((card) => card.stream === stream),
    };
    const own = orFault(host, scene, () => ({ at: wakeAt(scene, interests) })) ?? { at: after(now, FAULTY) };
    const waited = waits.filter(([of]) => of === stream).map(([, at]) => at);
    const held = orFault(host, scene, () => heldAnywhere(round, scene)) ?? [];
    const moments = [own.at, unsaid.get(stream) ?? null, ...waited, ...held].filter((at) => at !== null);
    return {
      stream,
      // What was recorded or set since it was found to be due was not looked at: the row is left as it is, and due.
      version,
      woken,
      wakeAt: moments.sort()[0] ?? null,
      derived: derivedOf(scene),
    };
  });
  await host.index.looked(looks, now);
}

/** Until when places wait to be told of a matter that came under their filters today; those whose adapters do not run now, too. */
function heldAnywhere({ subscriptions }: Round, scene: Scene): readonly Instant[] {
  const watching = [...subscriptions.values()].filter(
    ({ reminders, watches }) => reminders && watchesOn(watches, scene.standing).length > 0,
  );
  return watching.flatMap((to) => heldUntil(to, scene) ?? []);
}

/** For each matter with something that is not said yet, or goes on to another place later: when to try. */
function unsaidUntil({ now, tellings, escalated, blocked, known }: Round, { outcomes, again }: Delivered): ReadonlyMap<string, Instant> {
  const until = new Map<string, Instant>();
  const wait = (stream: string, at: Instant) => {
    const before = until.get(stream);
    if (before === undefined || at < before) until.set(stream, at);
  };
  for (const { key, scene, to, stage } of tellings) {
    const before = known.get(key);
    const outcome = outcomes.get(key) ?? before?.outcome ?? null;
    const stream = scene.matter.key;
    if (outcome === null) wait(stream, again ?? after(now, SOON));
    else if (outcome.kind === "later" || outcome.kind === "unknown") {
      // Not tried in this tick though it might have been: its place was not free.
      const at = retryAt({ outcome })!;
      wait(stream, at <= now ? (again ?? after(now, SOON)) : at);
    } else if (outcome.kind === "delivered" && outcomes.has(key) && stage !== null && to.escalation !== null) {
      wait(stream, after(now, to.escalation.afterMinutes * 60_000));
    }
  }
  for (const { at, telling } of escalated) if (at > now) wait(telling.scene.matter.key, at);
  for (const { at, stream } of blocked) if (at > now) wait(stream, at);
  return until;
}

/** The people who hear of the matter whatever they have set up. */
function namedIn({ hearers, subscriptions }: Round, stream: string): readonly PlaceSettings[] {
  return (hearers.get(stream) ?? []).map(({ to }) => to).filter(({ place }) => subscriptions.get(place)?.reminders !== true);
}

/** Most places are spoken to alike: what is reckoned for one holds for all of them. */
function distinct(views: readonly View[]): readonly View[] {
  return views.length < 2 ? views : [...new Map(views.map((view) => [JSON.stringify(view), view])).values()];
}

function after(moment: Instant, milliseconds: number): Instant {
  return instantOf(millisecondsOf(moment) + milliseconds);
}

function dueDaysOf({ subscriptions }: Round): readonly number[] {
  const filters = [...subscriptions.values()].flatMap(({ watches }) => watches.flatMap((watch) => watch.filters));
  return [...new Set(filters.flatMap((text) => /^due:(\d{1,4})d?$/i.exec(text)?.[1] ?? []).map(Number))];
}
