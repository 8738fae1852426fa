import type { Block, Card, Text } from "../ports/card.ts";
import { dayIn, type Zone } from "../time/instant.ts";
import { type Language, wordShortDay, wordTime } from "../time/wording.ts";
import type { Undelivered } from "./contents.ts";
import { messageText } from "./heed-words.ts";
import { text } from "./matter-card.ts";
import { say } from "./say.ts";

/** More lines than anybody reads at once; the rest is counted. */
const SHOWN = 50;

/** What could not be delivered, where, why and since when; a button for each place that was given up. `again`: how many are tried once more there. */
export function undeliveredCard(
  language: Language,
  all: readonly Undelivered[],
  { zone, again }: { readonly zone: Zone; readonly again: { readonly place: string; readonly revived: number } | null },
): Card {
  const blocks: Block[] = [];
  if (again !== null) blocks.push(text({ bold: say(language, "undelivered.again", { place: again.place, n: again.revived }) }));
  if (all.length > 0) {
    const rows = all.slice(0, SHOWN).map((one) => undeliveredRow(language, one, zone));
    const heading = all.length > SHOWN ? [say(language, "list.shown", { n: SHOWN, total: all.length })] : [];
    blocks.push({ kind: "rows", heading, rows });
  }
  const givenUp = [...new Set(all.filter(({ retried }) => !retried).map(({ place }) => place))];
  if (givenUp.length > 0) {
    blocks.push(text(say(language, "undelivered.mend")));
    const label = (place: string) => say(language, "undelivered.button", { place });
    blocks.push({ kind: "actions", actions: givenUp.map((place) => ({ label: label(place), command: `undelivered --again ${place}` })) });
  }
  return { title: say(language, "undelivered.title", { n: all.length }), tone: givenUp.length > 0 ? "urgent" : "calm", blocks };
}

function undeliveredRow(language: Language, { place, ref, kind, reason, at, retried }: Undelivered, zone: Zone): readonly Text[] {
  const day = wordShortDay(language, dayIn(zone, at));
  return [
    [{ bold: ref ?? messageText(language, kind) }],
    [say(language, "undelivered.where", { kind: ref === null ? null : messageText(language, kind), place })],
    [reason === "" ? say(language, "undelivered.under-way") : reason],
    [say(language, "undelivered.since", { day, time: wordTime(language, zone, at) })],
    [say(language, retried ? "undelivered.retried" : "undelivered.given-up")],
  ];
}
