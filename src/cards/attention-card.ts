import type { Card, Text } from "../ports/card.ts";
import type { Day } from "../time/day.ts";
import { dayIn, type Instant, type Zone } from "../time/instant.ts";
import { type Language, wordShortDay, wordTime } from "../time/wording.ts";
import { stageText, whoText } from "./heed-words.ts";
import { text } from "./matter-card.ts";
import { ALWAYS_STAGES } from "./next-reminder.ts";
import { say } from "./say.ts";
import { acknowledgeAction } from "./utterance-actions.ts";

/** One stage of a deadline of which somebody has taken note, now or before. */
export interface AcknowledgedRow {
  readonly item: string;
  readonly deadline: Day;
  /** 30, 14 … 0, last-working-day, missing-fact, overdue, or total or cap-reached with its day. */
  readonly stage: string;
  /** False where somebody had taken note before. */
  readonly isNew: boolean;
  /** Null where the name was erased. */
  readonly name: string | null;
  readonly at: Instant;
  /** When the deadline speaks again and asks anew; null where it does not. */
  readonly again: { readonly day: Day; readonly left: number } | null;
  /** When the missing fact of a draft is asked for again. */
  readonly fact: Day | null;
  /** A fact is missing: the deadline is only the earliest possible one. */
  readonly isEarliest: boolean;
}

/** What was taken note of, what had been already, and when each deadline asks again. */
export function acknowledgedCard(
  language: Language,
  about: {
    readonly ref: string;
    readonly item: string | null;
    readonly several: boolean;
    readonly zone: Zone;
    /** Why nothing asks any more, where that is known. */
    readonly happened?: string | null;
  },
  rows: readonly AcknowledgedRow[],
): Card {
  const { ref, item, several, zone } = about;
  if (rows.length === 0) {
    const blocks = about.happened == null ? [] : [text({ bold: about.happened })];
    return { title: say(language, "ack.nothing", { ref, item }), tone: "calm", blocks };
  }
  const lines = rows.map((row, index): readonly Text[] => {
    const what = say(language, "ack.stage", {
      item: several ? row.item : null,
      stage: stageText(language, row.stage),
      deadline: row.deadline,
      earliest: row.isEarliest ? "yes" : null,
    });
    // Of several stages of one deadline the last one says what comes next.
    const isLast = !rows.slice(index + 1).some((other) => other.item === row.item);
    return [[{ bold: what }], [takenText(language, row, zone)], ...(isLast ? [[againText(language, row)]] : [])];
  });
  const key = rows.some(({ isNew }) => isNew) ? "ack.title" : "ack.already-title";
  return { title: say(language, key, { ref }), tone: "calm", blocks: [{ kind: "rows", heading: [], rows: lines }] };
}

function takenText(language: Language, { isNew, name, at }: AcknowledgedRow, zone: Zone): string {
  const args = {
    name: name === null ? say(language, "history.erased") : whoText(language, name),
    day: wordShortDay(language, dayIn(zone, at)),
    time: wordTime(language, zone, at),
  };
  return say(language, isNew ? "ack.now" : "ack.already", args);
}

function againText(language: Language, { again, fact }: AcknowledgedRow): string {
  const missing = fact === null ? [] : [say(language, "ack.fact-again", { day: fact })];
  if (again === null) return missing[0] ?? say(language, "ack.never-again");
  const left = again.left < 0 ? null : say(language, "days-left", { n: again.left });
  return [say(language, "ack.again", { day: again.day, left }), ...missing].join(". ");
}

/** The button of an earlier card: what has happened since, and what asks now. Nothing was recorded by it. */
export function staleCard(
  language: Language,
  about: { readonly ref: string; readonly key: string; readonly zone: Zone },
  stale: {
    readonly deadline: Day;
    /** Null where it stands no more. */
    readonly now: Day | null;
    /** Who had taken note of that very stage. */
    readonly taken: AcknowledgedRow | null;
    readonly happened: string | null;
    readonly asks: Pick<AcknowledgedRow, "item" | "deadline" | "stage"> | null;
  },
): Card {
  const { deadline: was, now, taken, happened, asks } = stale;
  const moved = now === was ? [] : [now === null ? say(language, "stale.gone", { was }) : say(language, "stale.moved", { was, now })];
  const lines = [
    ...(taken === null ? moved : [`${stageText(language, taken.stage)}: ${takenText(language, taken, about.zone)}`]),
    ...(happened === null ? [] : [happened]),
  ];
  const blocks = lines.map((line) => text(line));
  if (asks !== null) {
    const { key } = about;
    blocks.push(text(say(language, "stale.now-asked", { stage: stageText(language, asks.stage), deadline: asks.deadline })));
    blocks.push({ kind: "actions", actions: [acknowledgeAction(language, { key }, asks.item, asks)] });
  }
  return { title: say(language, taken === null ? "stale.title" : "ack.already-title", { ref: about.ref }), tone: "calm", blocks };
}

/** That a place is not reminded for a while, and what it hears all the same. */
export function snoozeCard(language: Language, snoozed: { ref: string; key: string; until: Day; name: string }): Card {
  const { ref, key, until, name } = snoozed;
  return {
    title: say(language, "snooze.set", { ref, day: until }),
    tone: "calm",
    blocks: [
      text(say(language, "snooze.all-the-same", { days: ALWAYS_STAGES.map(String) })),
      text(say(language, "snooze.by", { name: whoText(language, name) })),
      { kind: "actions", actions: [{ label: say(language, "snooze.lift"), command: `snooze ${key} --off` }] },
    ],
  };
}
