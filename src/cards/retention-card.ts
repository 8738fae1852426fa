import type { Action, Block, Card, Text } from "../ports/card.ts";
import type { Day } from "../time/day.ts";
import type { Instant, Zone } from "../time/instant.ts";
import type { Language } from "../time/wording.ts";
import { note, text } from "./matter-card.ts";
import { momentText } from "./moments.ts";
import { periodText } from "./periods.ts";
import { type Key, say } from "./say.ts";

export interface ReviewRow {
  readonly ref: string;
  readonly reason: "closed" | "anonymised";
  readonly from: Day;
  /** What that day is. */
  readonly since: "closed" | "published";
  readonly due: Day;
  /** The line that erases what is due. */
  readonly erase: string;
}

export interface Reviewed {
  readonly retain: string | null;
  readonly due: readonly ReviewRow[];
  /** How many matters are held, and so never due. */
  readonly held: number;
}

/** More than these are looked at after the first ones. */
const SHOWN = 20;

/** What is brought up for review, each with the button that erases what is due. */
export function retentionCard(language: Language, { retain, due, held }: Reviewed): Card {
  const rows = due
    .slice(0, SHOWN)
    .map((row): readonly Text[] => [[{ bold: row.ref }], [say(language, sentenceOf(row), { from: row.from })]]);
  const actions = due.slice(0, SHOWN).map(({ ref, erase }): Action => ({ label: say(language, "retain.erase", { ref }), command: erase }));
  const blocks: Block[] = [
    text(retain === null ? say(language, "retain.off") : say(language, "retain.on", { period: periodText(language, retain) })),
    ...(rows.length === 0 ? [] : [{ kind: "rows", heading: [], rows } as const]),
    ...(due.length > SHOWN ? [text(say(language, "retain.shown", { n: SHOWN, total: due.length }))] : []),
    ...(held === 0 ? [] : [text(say(language, "retain.held", { n: held }))]),
    note(say(language, "retain.by-hand")),
    ...(actions.length === 0 ? [] : [{ kind: "actions", actions } as const]),
  ];
  return { title: say(language, "retain.title", { n: due.length }), tone: due.length === 0 ? "calm" : "soon", blocks };
}

function sentenceOf({ reason, since }: ReviewRow): Key {
  return reason === "anonymised" && since === "closed" ? "retain.anonymised-unpublished" : `retain.${reason}`;
}

/** Once a month, to the operations place: how many wait, and nothing of which. */
export function reviewCard(language: Language, count: number): Card {
  const actions: readonly Action[] = [{ label: say(language, "button.show"), command: "retain" }];
  const blocks: readonly Block[] = [text(say(language, "retain.by-hand")), { kind: "actions", actions }];
  return { title: say(language, "retain.waiting", { n: count }), tone: "calm", blocks };
}

/** The matters of which nothing may be erased. */
export function holdsCard(
  language: Language,
  held: readonly { readonly ref: string; readonly by: string; readonly at: Instant }[],
  zone: Zone,
): Card {
  const rows = held.map(({ ref, by, at }): readonly Text[] => [
    [{ bold: ref }],
    [say(language, "hold.by", { name: by, at: momentText(language, zone, at) })],
  ]);
  const title = say(language, "hold.title", { n: held.length });
  return { title, tone: "calm", blocks: rows.length === 0 ? [] : [{ kind: "rows", heading: [], rows }] };
}
