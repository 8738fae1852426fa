import type { Card } from "../ports/card.ts";
import type { Language } from "../time/wording.ts";
import { byUrgency, type HomeMatter, matterCards } from "./home-matters.ts";
import { note, text } from "./matter-card.ts";
import { say } from "./say.ts";
import { placeSpan, sayText } from "./say-text.ts";

/** Why a place is not told the desk's matters. */
export type NarrowedBecause = "guests" | "external" | "unconfirmed" | "person";

/** A place that watches matters which it may not be told, and which no other place hears of. */
export interface Narrowed {
  readonly place: string;
  readonly because: NarrowedBecause;
  readonly matters: readonly HomeMatter[];
  /** The same reader was told of others before, that day. */
  readonly more: boolean;
}

/** More lines than that nobody reads every day; the rest is counted. */
const SHOWN = 20;

/** That nobody is told of them, why, which they are with their next days, and what to do; for those alone who may see them. */
export function narrowedCard(language: Language, { place, because, matters, more }: Narrowed): Card {
  const [shown] = matterCards(language, matters.toSorted(byUrgency).slice(0, SHOWN));
  const [n, total] = [SHOWN, matters.length];
  return {
    title: say(language, "narrowed.title", { n: total, more: more ? "yes" : "no" }),
    tone: "urgent",
    blocks: [
      text(...sayText(language, "narrowed.place", {}, { place: placeSpan(place) })),
      text({ bold: say(language, "narrowed.why", { because }) }),
      ...(shown?.blocks ?? []),
      ...(total > n ? [note(say(language, "list.shown", { n, total }))] : []),
      text(say(language, "narrowed.mend", { because })),
    ],
  };
}
