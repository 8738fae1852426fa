import type { Block, Card, Text } from "../ports/card.ts";
import { dayIn, type Instant } from "../time/instant.ts";
import { type Language, wordDay } from "../time/wording.ts";
import { note, text } from "./matter-card.ts";
import { say } from "./say.ts";

/** A desk with what was given to it, and how much it holds. */
export interface ShownDesk {
  readonly desk: string;
  readonly members: readonly { readonly member: string; readonly since: Instant }[];
  readonly matters: number;
  readonly events: number;
  readonly head: string;
  readonly places: number;
  readonly watches: number;
}

/** A desk that has set something up in a place that is not its own any more. */
export interface FormerDesk {
  readonly desk: string;
  readonly places: number;
  readonly watches: number;
}

/** All desks of a database, for whoever has it. */
export function desksCard(language: Language, desks: readonly ShownDesk[], zone: string): Card {
  const rows = desks.map(({ desk, members, ...counts }): readonly Text[] => [
    [{ bold: desk }],
    [say(language, "desks.holds", { matters: counts.matters, events: counts.events, head: counts.head.slice(0, 12) })],
    [say(language, "desks.tells", { places: counts.places, watches: counts.watches })],
    ...members.map(({ member, since }): Text => [say(language, "desks.member", { member, day: wordDay(language, dayIn(zone, since)) })]),
  ]);
  return {
    title: say(language, "desks.title", { n: desks.length }),
    tone: "calm",
    blocks: [{ kind: "rows", heading: [], rows }, note(say(language, "desks.usual"))],
  };
}

interface Moved {
  readonly member: string;
  readonly desk: string;
  readonly former: readonly FormerDesk[];
}

/** `isUnused` where no desk has set anything up there: an id that was mistyped is one of those. */
export function assignedCard(language: Language, { member, desk, former, isUnused }: Moved & { readonly isUnused: boolean }): Card {
  const unused = isUnused ? [text({ bold: say(language, "desks.unused") })] : [];
  return { title: say(language, "desks.assigned", { member, desk }), tone: "calm", blocks: [...unused, ...stays(language, former)] };
}

export function releasedCard(language: Language, { member, desk, former }: Moved): Card {
  return { title: say(language, "desks.released", { member, desk }), tone: "calm", blocks: stays(language, former) };
}

function stays(language: Language, former: readonly FormerDesk[]): readonly Block[] {
  const lines = former.map(({ desk, places, watches }) => text(say(language, "desks.silent", { desk, places, watches })));
  return [...lines, text(say(language, "desks.stays")), note(say(language, "desks.follow"))];
}

/** Places of a desk belong to another by now; neither they nor that desk are named. */
export function elsewhereCard(language: Language, count: number): Card {
  return { title: say(language, "desks.elsewhere", { n: count }), tone: "soon", blocks: [text(say(language, "desks.elsewhere-waits"))] };
}
