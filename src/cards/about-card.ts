import type { Block, Card, Text } from "../ports/card.ts";
import type { Instant, Zone } from "../time/instant.ts";
import type { Language } from "../time/wording.ts";
import { atName } from "./heed-words.ts";
import { note, text } from "./matter-card.ts";
import { momentText } from "./moments.ts";
import { type Key, say } from "./say.ts";

/** One thing that the register holds about somebody. */
export interface AboutRow {
  /** Null where no moment was noted. */
  readonly at: string | null;
  /** A matter or a place; null where it is about none. */
  readonly where: string | null;
  readonly what: string;
}

export interface AboutSection {
  readonly key: Extract<Key, `about.${string}`>;
  readonly rows: readonly AboutRow[];
}

export interface ShownAbout {
  readonly id: string;
  /** Null where it was erased. */
  readonly name: string | null;
  readonly ref: string | null;
  /** Null where they are known no more. */
  readonly role: string | null;
  readonly sections: readonly AboutSection[];
  /** Matters in whose texts the name stands. */
  readonly named: readonly string[];
}

/** Of each sort so many are shown; a script is told of all. */
const SHOWN = 20;

/** Everything about a person that is not what they did: that is shown below it, as an audit. */
export function aboutCard(language: Language, { id, name, ref, role, sections, named }: ShownAbout, zone: Zone): Card {
  const blocks: Block[] = [];
  if (ref !== null) blocks.push(text(say(language, "about.reference", { ref })));
  if (role !== null) blocks.push(text(say(language, "about.role", { role: say(language, "role.name", { role }) })));
  for (const { key, rows } of sections) {
    const heading = [{ bold: say(language, key, { n: rows.length }) }];
    if (rows.length === 0) continue;
    blocks.push({ kind: "rows", heading, rows: rows.slice(-SHOWN).map((row) => rowText(language, row, zone)) });
    if (rows.length > SHOWN) blocks.push(note(say(language, "about.more", { n: rows.length - SHOWN })));
  }
  if (named.length > 0) blocks.push(text(say(language, "about.named", { matters: named })));
  blocks.push(note(say(language, "about.sight")));
  const shown = name === null ? say(language, "about.nobody") : atName(name);
  return { title: say(language, "about.title", { name: shown, id }), tone: "calm", blocks };
}

function rowText(language: Language, { at, where, what }: AboutRow, zone: Zone): readonly Text[] {
  return [
    ...(at === null ? [] : [[momentText(language, zone, at as Instant)]]),
    ...(where === null ? [] : [[where]]),
    ...(what === "" ? [] : [[what]]),
  ];
}
