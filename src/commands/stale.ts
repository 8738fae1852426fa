import { eventText } from "../cards/event-words.ts";
import { whoText } from "../cards/heed-words.ts";
import { toneOf } from "../cards/matter-card.ts";
import { capitalise, say } from "../cards/say.ts";
import { type Refusal, refuse } from "../law/finding.ts";
import type { EventType, MatterEvent, RecordedEvent } from "../matter/events.ts";
import { heldOn, type Matter } from "../matter/history.ts";
import { sameHeld } from "../matter/same.ts";
import { standingNow } from "../matter/standing.ts";
import type { Standing } from "../matter/standing-types.ts";
import { dayIn, type Instant } from "../time/instant.ts";
import { wordDay, wordTime } from "../time/wording.ts";
import type { Context } from "./command.ts";
import { nameOf, todayOf } from "./find.ts";

/** What takes a matter's deadlines away, for good or until something else is recorded. */
export const ENDS: readonly EventType[] = [
  "complied",
  "accepted",
  "closed",
  "settled",
  "withdrawn",
  "annulled",
  "lapsed",
  "remitted",
  "referred",
  "stayed",
];

/** What moves a deadline. */
export const MOVES: readonly EventType[] = ["notified", "extended", "stayed", "resumed", "overridden", "corrected"];

/** What was recorded before, by whom and when, where a refusal follows from it. */
const BEFORE: Readonly<Record<string, readonly EventType[]>> = {
  "item-ended": ENDS,
  "claim-stands": ["complied"],
  "no-claim": ["accepted", "rejected"],
  "no-claim-accepted": ["accepted", "rejected"],
  "stay-inside-stay": ["stayed"],
  "no-stay": ["resumed"],
  "extension-not-later": ["extended"],
  "snooze-over": ENDS,
};

/** The last of those events that hold today, as a sentence: what, by whom it was recorded, and when. Null where there is none. */
export async function lastSaid(matter: Matter, types: readonly EventType[], item: string | null, context: Context): Promise<string | null> {
  const held = heldOn(matter.events, todayOf(matter, context));
  const last = held.findLast(({ event }) => types.includes(event.type) && (item === null || (event.item ?? item) === item));
  return last === undefined ? null : recordedText(matter, last, context);
}

export interface Same {
  readonly ids: readonly string[];
  readonly since: string;
}

/** What holds and says the very same, but for that event: the ids, and the last as a sentence. Null where nothing does. */
export async function sameSaid(matter: Matter, event: MatterEvent, besides: string | null, context: Context): Promise<Same | null> {
  const held = sameHeld(matter, event, todayOf(matter, context)).filter(({ id }) => id !== besides);
  const last = held.at(-1);
  return last === undefined ? null : { ids: held.map(({ id }) => id), since: await recordedText(matter, last, context) };
}

async function recordedText(matter: Matter, { event, by, recordedAt }: RecordedEvent, context: Context): Promise<string> {
  const { language, zone, store } = context;
  const name = await store.people.nameOf(by);
  const recordedOn = dayIn(zone, recordedAt as Instant);
  const text = eventText(language, event, standingNow(matter, todayOf(matter, context)));
  return say(language, "stale.recorded", {
    // The day on which it took effect, where that is another one.
    what: capitalise(recordedOn === event.on ? text : say(language, "utterance.event", { day: event.on, text })),
    name: name === null ? say(language, "history.erased") : whoText(language, name),
    day: wordDay(language, recordedOn),
    time: wordTime(language, zone, recordedAt as Instant),
  });
}

/** Nothing is ahead and nothing runs: whoever puts the matter off has an old card before them. Null where there is something. */
export function nothingToPutOff(standing: Standing): Refusal | null {
  const over = standing.ahead.length === 0 && toneOf(standing, standing.on) === "closed";
  return over ? refuse("snooze-over", { ref: nameOf(standing) }) : null;
}

/** A refusal that follows from what somebody has recorded before, with what that was: a button may be pressed twice, and by two people. */
export async function withSince(refusal: Refusal, matter: Matter, item: string | null, context: Context): Promise<Refusal> {
  const types = BEFORE[refusal.refused];
  const since = types === undefined ? null : await lastSaid(matter, types, item, context);
  return since === null ? refusal : { ...refusal, args: { ...refusal.args, since } };
}
