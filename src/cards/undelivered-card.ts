import type { Block, Card, Span, Text } from "../ports/card.ts";
import type { Place } from "../ports/chat.ts";
import { dayIn, type Zone } from "../time/instant.ts";
import { type Language, wordShortDay, wordTime } from "../time/wording.ts";
import type { Undelivered } from "./contents.ts";
import { messageText } from "./heed-words.ts";
import { text } from "./matter-card.ts";
import { say } from "./say.ts";
import { placeSpan, sayText } from "./say-text.ts";
import { isPerhapsShown, undeliveredWhy } from "./undelivered-why.ts";

/** More lines than anybody reads at once; the rest is counted. */
const SHOWN = 50;

/** What is tried once more, where; a place of which nothing was undelivered is what somebody typed, and no more than its words. */
interface Again {
  readonly place: string;
  readonly revived: number;
  readonly isKnown: boolean;
}

function spanOf({ place, isKnown }: Again): Span {
  return isKnown ? placeSpan(place) : place;
}

const NAMELESS: ReadonlyMap<string, string> = new Map();

/**
 * What could not be delivered, where, why and since when; a button for each place that was given up. `again`: how many are tried once more there.
 * `names` are of the people whose own conversations some of the places are.
 */
export function undeliveredCard(
  language: Language,
  all: readonly Undelivered[],
  { zone, again, names = NAMELESS }: { readonly zone: Zone; readonly again: Again | null; readonly names?: ReadonlyMap<string, string> },
): Card {
  const blocks: Block[] = [];
  if (again !== null)
    blocks.push(text(...sayText(language, "undelivered.again", { n: again.revived }, { place: spanOf(again) }).map(bolder)));
  if (all.length > 0) {
    const rows = all.slice(0, SHOWN).map((one) => undeliveredRow(language, one, zone, names.get(one.place) ?? null));
    const heading = all.length > SHOWN ? [say(language, "list.shown", { n: SHOWN, total: all.length })] : [];
    blocks.push({ kind: "rows", heading, rows });
  }
  const givenUp = [...new Set(all.filter(({ retried }) => !retried).map(({ place }) => place))];
  if (givenUp.length > 0) {
    blocks.push(text(say(language, "undelivered.mend")));
    const label = say(language, "undelivered.button-one");
    // A button shows no place by its name: of several each stands under a line that does.
    for (const place of givenUp) {
      if (givenUp.length > 1) blocks.push(text(names.get(place) ?? placeSpan(place)));
      blocks.push({ kind: "actions", actions: [{ label, command: `undelivered --again ${place}` }] });
    }
  }
  const title = say(language, all.some(isPerhapsShown) ? "dead-letter.perhaps-title" : "undelivered.title", {
    n: all.length,
  });
  return { title, tone: givenUp.length > 0 ? "urgent" : "calm", blocks };
}

/** What nobody acknowledges in one place and cannot go to another. */
export function escalatedElsewhereCard(language: Language, { from, to }: { readonly from: Place; readonly to: Place }): Card {
  const line = sayText(language, "escalate.elsewhere", {}, { from: placeSpan(from), to: placeSpan(to) });
  return { title: say(language, "escalate.elsewhere-title"), tone: "calm", blocks: [text(...line)] };
}

/** Who hears of what could not be delivered. */
export function operationsCard(
  language: Language,
  key: "operations.lost" | "operations.configured" | "operations.elsewhere",
  place: Place,
): Card {
  const line = sayText(language, key, {}, { place: placeSpan(place) });
  return { title: say(language, "operations.title"), tone: "calm", blocks: [text(...line)] };
}

function bolder(span: Span): Span {
  return typeof span === "string" ? { bold: span } : span;
}

function undeliveredRow(
  language: Language,
  { place, ref, kind, reason, at, retried }: Undelivered,
  zone: Zone,
  name: string | null,
): readonly Text[] {
  const day = wordShortDay(language, dayIn(zone, at));
  return [
    [{ bold: ref ?? messageText(language, kind) }],
    sayText(
      language,
      "undelivered.where",
      { kind: ref === null ? null : messageText(language, kind) },
      { place: name ?? placeSpan(place) },
    ),
    [reason === "" ? say(language, "undelivered.under-way") : undeliveredWhy(language, reason, name !== null)],
    [say(language, "undelivered.since", { day, time: wordTime(language, zone, at) })],
    [say(language, retried ? "undelivered.retried" : "undelivered.given-up")],
  ];
}
