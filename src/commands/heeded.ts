import { heedingIn } from "../alerts/heeding.ts";
import { lookAt } from "../alerts/look.ts";
import { nextTold } from "../alerts/next-told.ts";
import { heardIn } from "../alerts/seen-since.ts";
import { watchesOn } from "../alerts/subscription.ts";
import { ANY_TIME } from "../alerts/timing.ts";
import type { Acknowledged, DigestLine } from "../cards/contents.ts";
import { acknowledgedText, atName } from "../cards/heed-words.ts";
import { insideHidden } from "../cards/inside.ts";
import type { Reminder } from "../cards/next-reminder.ts";
import { capitalise, say } from "../cards/say.ts";
import type { Matter } from "../matter/history.ts";
import type { Standing } from "../matter/standing-types.ts";
import type { Block, Card } from "../ports/card.ts";
import type { Instant, Zone } from "../time/instant.ts";
import { wordShortDay } from "../time/wording.ts";
import type { Context } from "./command.ts";

/** Who has taken note of a matter's deadlines as they stand, and until when the place where it is asked has put it off. */
export interface HeededHere {
  readonly acknowledged: readonly ({ readonly item: string } & Acknowledged)[];
  readonly snoozed: NonNullable<DigestLine["snoozed"]> | null;
}

/** When and where it is read: now, by the clock of the place, or of the desk where the place has none of its own. */
export async function readHere({ store, place, zone, clock }: Context): Promise<{ readonly now: Instant; readonly readerZone: Zone }> {
  return { now: clock.now(), readerZone: (await store.subscriptions.of(place))?.zone ?? zone };
}

export async function heededHere(matter: Matter, standing: Standing, context: Context): Promise<HeededHere> {
  return (await lookHere(matter, standing, context)).heeded;
}

/** The same, whether a stage asks of which nobody has taken note, and when the place is told next of the end of the time to comply. */
export async function lookHere(
  matter: Matter,
  standing: Standing,
  { store, sights, place, zone, clock }: Context,
): Promise<{ readonly heeded: HeededHere; readonly asks: boolean; readonly reminder: Reminder | null }> {
  const settings = await store.subscriptions.of(place);
  const scene = lookAt(matter, clock.now(), standing);
  const heard = { heard: await heardIn({ ...store, sights }, place, settings, scene) };
  const timing = { ...(settings ?? { ...ANY_TIME, zone }), ...heard };
  const standings = new Map([[matter.key, standing]]);
  const heeding = (await heedingIn(store, [matter], place, timing, clock.now(), standings))(matter.key);
  const notes = standing.items.map(({ id }) => ({ id, given: heeding.acknowledged(id) }));
  const acknowledged = notes.flatMap(({ id, given }) => (given == null ? [] : [{ item: id, ...given }]));
  const isWatched = settings !== null && watchesOn(settings.watches, standing).length > 0;
  return {
    heeded: { acknowledged, snoozed: heeding.snoozed ?? null },
    asks: notes.some(({ given }) => given === null),
    reminder: isWatched ? nextTold(scene, { ...settings, ...heard }, heeding.snoozedUntil) : null,
  };
}

/** The card of a matter with what was heeded, above its buttons. */
export function withHeeded(card: Card, { acknowledged, snoozed }: HeededHere, { language, zone }: Context, standing: Standing): Card {
  if (insideHidden()) return card;
  const several = standing.items.length > 1;
  const lines = acknowledged.map(({ item, ...given }) => {
    const text = acknowledgedText(language, given, zone);
    return capitalise(say(language, "show.acknowledged", { item: several ? item : null, text }));
  });
  if (snoozed !== null)
    lines.push(say(language, "show.snoozed", { day: wordShortDay(language, snoozed.until), name: atName(snoozed.name) }));
  const heeded = lines.map((line): Block => ({ kind: "text", text: [line] }));
  const isButtons = ({ kind }: Block) => kind === "actions";
  const { blocks } = card;
  return { ...card, blocks: [...blocks.filter((block) => !isButtons(block)), ...heeded, ...blocks.filter(isButtons)] };
}
