import type { Block, Card, Text } from "../ports/card.ts";
import type { Zone } from "../time/instant.ts";
import type { Language } from "../time/wording.ts";
import type { Undelivered } from "./contents.ts";
import { messageText } from "./heed-words.ts";
import { text } from "./matter-card.ts";
import { momentText } from "./moments.ts";
import { say } from "./say.ts";
import { placeSpan, sayText } from "./say-text.ts";
import { isPerhapsShown, undeliveredWhy } from "./undelivered-why.ts";

/** That so much could not be delivered of which nothing is to be named: neither what it was about nor to whom it was to go. */
export function namelessLetterCard(language: Language, n: number, perhapsShown = false): Card {
  const actions = [{ label: say(language, "dead-letter.show"), command: "undelivered" }];
  return {
    title: say(language, perhapsShown ? "dead-letter.nameless-perhaps" : "dead-letter.nameless-title", { n }),
    tone: "urgent",
    blocks: [text(say(language, "dead-letter.nameless")), { kind: "actions", actions }],
  };
}

/**
 * What could not be delivered to a place, why, what is still tried, and how to have it sent again. Times in the zone; `name` is of the person whose
 * own conversation it is.
 */
export function deadLetterCard(
  language: Language,
  undelivered: readonly Undelivered[],
  place: string,
  zone: Zone = "UTC",
  name: string | null = null,
): Card {
  const rows = undelivered.map(({ ref, kind, reason, at, retried, outOfDate }): readonly Text[] => [
    [{ bold: say(language, "dead-letter.line", { message: messageText(language, kind), ref }) }],
    [momentText(language, zone, at)],
    [reason === "" ? say(language, "dead-letter.no-answer") : undeliveredWhy(language, reason, name !== null)],
    [say(language, retried ? "dead-letter.retried" : outOfDate === true ? "dead-letter.out-of-date" : "dead-letter.given-up")],
  ]);
  const n = undelivered.length;
  const perhaps = undelivered.some(isPerhapsShown);
  const waiting = undelivered.filter(({ retried }) => retried).length;
  const over = undelivered.filter(({ outOfDate }) => outOfDate === true).length;
  const givenUp = n - waiting - over;
  const isGivenUpInDoubt = undelivered.some((one) => !one.retried && one.outOfDate !== true && isPerhapsShown(one));
  const command = `undelivered --again ${/\s/.test(place) ? `"${place}"` : place}`;
  const remedy: readonly Block[] =
    givenUp === 0
      ? [
          ...(waiting === 0 ? [] : [text(say(language, "dead-letter.wait", { n: waiting }))]),
          ...(over === 0 ? [] : [text(say(language, "dead-letter.over", { n: over }))]),
        ]
      : [
          text(say(language, isGivenUpInDoubt ? "dead-letter.perhaps-do" : "dead-letter.do", { n: givenUp, place })),
          { kind: "actions", actions: [{ label: say(language, "dead-letter.again"), command }] },
        ];
  const where = sayText(language, perhaps ? "dead-letter.perhaps-where" : "dead-letter.where", { n }, { place: name ?? placeSpan(place) });
  const title = say(language, perhaps ? "dead-letter.perhaps-title" : "dead-letter.title", { n });
  return { title, tone: givenUp === 0 ? "soon" : "urgent", blocks: [text(...where), { kind: "rows", heading: [], rows }, ...remedy] };
}
