import { usualSettings } from "../alerts/subscription.ts";
import { plainCard } from "../cards/answers.ts";
import { clockText } from "../cards/moments.ts";
import { withPlaceSight } from "../cards/place-sight-words.ts";
import type { Context } from "../commands/command.ts";
import { refusedTo } from "../commands/permission.ts";
import { mayBeFirst, placeSightOf } from "../commands/place-sight.ts";
import { watch } from "../commands/verbs/watch.ts";
import type { Card } from "../ports/card.ts";
import type { Place } from "../ports/chat.ts";
import type { Subscription } from "../ports/subscriptions.ts";
import { wordZone } from "../time/wording.ts";
import type { Desk } from "./answer.ts";

/** The first place of each platform is kept here under its name, and each place that was told why it is none. */
const STATE = "first-place";

/**
 * Matters that nobody watches are told to nobody: the first place of each platform that speaks watches everything, and is told so. Once: a
 * place that then says unwatch is not made to watch again. One where the desk is not known to be alone, or the bot is not, is not the first.
 */
export async function setUpFirst(desk: Desk, context: Context): Promise<readonly Card[]> {
  const { store, clock, zone, running } = desk;
  const { place, language, person, personName } = context;
  const platform = platformOf(place);
  if (await hasSpoken(desk, platform)) return [];
  // Whoever may not set up a watch does not do so by a word.
  if ((await refusedTo(watch, context)) !== null) return [];
  // Noted last: what a busy register kept from being set up is set up by the next word.
  const note = () => store.state(STATE).set(platform, place);
  if (await isWatched(desk, platform)) {
    await note();
    return [];
  }
  const held = await store.subscriptions.of(place);
  if (isOwnDigest(held) || !(await mayBeFirst(context))) return [];
  const by = await store.people.idOf(person, personName);
  const since = clock.now();
  // Whoever has set how the place is spoken to is not overruled.
  const settings = held ?? usualSettings(place, language, zone, by, since);
  if (held === null) await store.subscriptions.settle(settings, []);
  await store.subscriptions.add(place, { filters: [], by, since });
  await store.index.wake("all");
  await note();
  running.nudge();
  const { digest, at } = settings;
  const card = plainCard(language, "watch.first", { digest, at: clockText(language, at), zone: wordZone(language, settings.zone) });
  return [withPlaceSight(card, await placeSightOf(context), language)];
}

/**
 * The commands by which a place is set up as somebody wants it: they are obeyed first, and what a first place watches by itself would be in their
 * way. So would it be in the way of mine, which is about a person and says nothing about the place where it is typed.
 */
const SETS_UP: readonly (string | undefined)[] = ["watch", "unwatch", "settings", "mine"];

/** Whether a line sets up itself what is to be set up, or opens the form that does. */
export function setsUp(text: string): boolean {
  const [verb, named] = text.trim().toLowerCase().split(/\s+/);
  return SETS_UP.includes(verb === "form" ? named : verb);
}

/** That some place of the platform watches, once it was set up by hand: one that then says unwatch is not made to watch again. */
export async function noteSetUp(desk: Desk, { place }: Pick<Context, "place">): Promise<void> {
  const platform = platformOf(place);
  try {
    if ((await hasSpoken(desk, platform)) || !(await isWatched(desk, platform))) return;
    await desk.store.state(STATE).set(platform, place);
  } catch (error) {
    // The next word notes it: what was recorded must not be called a fault.
    desk.log.error({ error: error instanceof Error ? error.stack : String(error) }, "that a place was set up could not be noted");
  }
}

async function isWatched({ store }: Desk, platform: string): Promise<boolean> {
  return (await store.subscriptions.all()).some((one) => platformOf(one.place) === platform && isWatching(one));
}

/** A person's own digest is no place: it reminds of nothing, and what it shows reaches one alone. */
function isWatching({ reminders, watches }: Subscription): boolean {
  return reminders && watches.length > 0;
}

function isOwnDigest(held: Subscription | null): boolean {
  return held?.reminders === false;
}

/** The commands that say themselves what comes, and where. */
const SAYS_ITSELF: readonly (string | undefined)[] = ["watch", "settings", "mine"];

/**
 * Why the place was not made the first, once, after its command was done and as things stand then. Where it cannot be told, the next word tells it:
 * what was recorded must not be called a fault.
 */
export async function whyNotFirst(desk: Desk, context: Context, verb: string | undefined): Promise<readonly Card[]> {
  if (SAYS_ITSELF.includes(verb)) return [];
  try {
    return await whyNot(desk, context);
  } catch (error) {
    desk.log.error({ error: error instanceof Error ? error.stack : String(error) }, "why a place is not the first could not be told");
    return [];
  }
}

async function whyNot(desk: Desk, context: Context): Promise<readonly Card[]> {
  const { store } = desk;
  const { place, language } = context;
  if (await hasSpoken(desk, platformOf(place))) return [];
  if ((await refusedTo(watch, context)) !== null) return [];
  const state = store.state(STATE);
  const told = `told/${place}`;
  if ((await state.get(told)) !== undefined) return [];
  const all = await store.subscriptions.all();
  if (all.some(isWatching)) return [];
  // It is made the first by the next word.
  if (!isOwnDigest(all.find((one) => one.place === place) ?? null) && (await mayBeFirst(context))) return [];
  const seen = await placeSightOf(context);
  // The next word tells it, when the platform can.
  if (seen.sight === "not-now") return [];
  await state.set(told, true);
  const here = seen.sight === "internal" && !seen.absent ? "yes" : "no";
  return [withPlaceSight(plainCard(language, "watch.first-not", { here }), seen, language)];
}

async function hasSpoken({ store, running }: Desk, platform: string): Promise<boolean> {
  if (running.spoken.has(platform)) return true;
  if ((await store.state(STATE).get(platform)) === undefined) return false;
  running.spoken.add(platform);
  return true;
}

function platformOf(place: Place): string {
  return place.slice(0, place.indexOf(":"));
}
