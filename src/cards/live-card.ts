import type { Standing } from "../matter/standing-types.ts";
import type { Block, Card, Text } from "../ports/card.ts";
import type { Day } from "../time/day.ts";
import type { Instant, Zone } from "../time/instant.ts";
import type { Language } from "../time/wording.ts";
import { askedActions } from "./asked-actions.ts";
import type { Acknowledged, DigestLine, Utterance } from "./contents.ts";
import { acknowledgedText, messageText, snoozedText } from "./heed-words.ts";
import { insideHidden } from "./inside.ts";
import { matterCard, text } from "./matter-card.ts";
import { momentText } from "./moments.ts";
import type { Reminder } from "./next-reminder.ts";
import { capitalise, say } from "./say.ts";

/** Something that was said of the matter in the place. */
export interface SaidBefore {
  readonly at: Instant;
  readonly kind: string;
  readonly stage: Utterance["stage"];
}

export interface Live {
  readonly standing: Standing;
  readonly today: Day;
  /** The moment at which it is shown: a deadline may end at an hour of today. */
  readonly now?: Instant;
  /** In the order in which it was said. */
  readonly said: readonly SaidBefore[];
  /** Null where something asks and nobody has taken note. */
  readonly acknowledged: Acknowledged | null | undefined;
  readonly snoozed: DigestLine["snoozed"] | undefined;
  /** When the place is told of the next deadline; null where that is not known. */
  readonly reminder?: Reminder | null;
  /** The place's zone, in which times are told; without it the authority's. */
  readonly zone?: Zone;
}

/** So much of what was said is shown; of the rest, how much it was. */
const SHOWN = 5;

/** The matter as it stands in a place, kept up to date there: its card, who has taken note, and what was said there before, newest last. */
export function liveCard(language: Language, live: Live): Card {
  const { standing, today, said, now, zone, reminder } = live;
  const card = matterCard(language, standing, today, { now, readerZone: zone, reminder });
  const blocks = card.blocks.filter(({ kind }) => kind !== "actions");
  return {
    ...card,
    blocks: [...blocks, ...heedBlocks(language, live), ...saidBefore(language, said, zoneOf(live)), actions(language, live)],
  };
}

function zoneOf({ zone, standing }: Live): Zone {
  return zone ?? standing.zone;
}

function heedBlocks(language: Language, live: Live): readonly Block[] {
  if (insideHidden()) return [];
  const { acknowledged, snoozed } = live;
  const parts = [
    ...(acknowledged === undefined ? [] : [acknowledgedText(language, acknowledged, zoneOf(live))]),
    ...(snoozed === undefined ? [] : [snoozedText(language, snoozed)]),
  ];
  return parts.length === 0 ? [] : [text(capitalise(parts.join(" · ")))];
}

function saidBefore(language: Language, said: readonly SaidBefore[], zone: Zone): readonly Block[] {
  if (said.length === 0) return [];
  const earlier = Math.max(0, said.length - SHOWN);
  const rows = said
    .slice(-SHOWN)
    .map(({ at, kind, stage }): readonly Text[] => [[momentText(language, zone, at)], [messageText(language, kind, stage)]]);
  const heading = [say(language, "live.said"), ...(earlier > 0 ? [say(language, "live.earlier", { n: earlier })] : [])].join(" · ");
  return [{ kind: "rows", heading: [{ bold: heading }], rows }];
}

function actions(language: Language, { standing, today, acknowledged, snoozed }: Live): Block {
  const speaks = acknowledged !== undefined;
  return {
    kind: "actions",
    actions: askedActions(language, standing, today, { asks: acknowledged === null, snoozed: snoozed !== undefined || !speaks }),
  };
}
