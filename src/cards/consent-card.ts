import type { Comparison } from "../matter/difference.ts";
import type { MatterEvent, RecordedEvent } from "../matter/events.ts";
import type { Standing } from "../matter/standing-types.ts";
import type { Action, Block, Card } from "../ports/card.ts";
import type { Language } from "../time/wording.ts";
import type { Was } from "./change-words.ts";
import { differenceBlocks } from "./difference-blocks.ts";
import { eventText } from "./event-words.ts";
import { atName, whoText } from "./heed-words.ts";
import { note, text } from "./matter-card.ts";
import { capitalise, say } from "./say.ts";

/** Something that is to be recorded, with what it changes. */
export interface Intended {
  readonly ref: string;
  readonly event: MatterEvent;
  readonly comparison: Comparison;
  /** What a correction's fields are before it. */
  readonly was?: Was | undefined;
  /** The event that a correction is about, as it is before it. */
  readonly mends?: MatterEvent | undefined;
  /** The names of those who are let in by it, where it makes the matter restricted. */
  readonly letsIn?: readonly string[];
}

/** What was recorded of the matter since the reader was shown it. */
export interface Meanwhile {
  readonly events: readonly { readonly recorded: RecordedEvent; readonly name: string }[];
  /** Facts were filled in too. */
  readonly facts: boolean;
}

/** What somebody is about to record: what it changes, what has changed meanwhile, and the button that records it. */
export function consentCard(
  language: Language,
  intended: Intended,
  asked: {
    readonly title: "consent.title" | "consent.changed-title" | "consent.dry-title" | "approval.confirm-title";
    readonly meanwhile: Meanwhile | null;
    /** Another person has to approve it. */
    readonly twoPersons: boolean;
    /** The same waits already, under that id. */
    readonly beside?: string | null;
    readonly actions: readonly Action[];
  },
): Card {
  const { ref, comparison } = intended;
  const blocks: Block[] = [
    ...(asked.meanwhile === null ? [] : meanwhileBlocks(language, asked.meanwhile, comparison.before)),
    ...intendedBlocks(language, intended),
    note(say(language, "consent.not-yet")),
    ...(asked.twoPersons ? [note(say(language, "consent.two-persons"))] : []),
    ...(asked.beside == null ? [] : [text(say(language, "consent.beside", { id: asked.beside }))]),
    ...(asked.actions.length === 0 ? [] : [{ kind: "actions", actions: asked.actions } as const]),
  ];
  return { title: say(language, asked.title, { ref }), tone: "soon", blocks };
}

/** What happens, and each thing that it changes. */
export function intendedBlocks(language: Language, { event, comparison, was, mends, letsIn }: Intended): readonly Block[] {
  const what = say(language, "utterance.event", { day: event.on, text: eventText(language, event, comparison.before, was) });
  const names = letsIn?.map(atName) ?? [];
  return [
    text({ bold: capitalise(what) }),
    ...mendedBlocks(language, event, mends, comparison.before),
    ...differenceBlocks(language, comparison),
    ...(letsIn === undefined ? [] : [text(say(language, "consent.lets-in", { n: names.length, names }))]),
  ];
}

/** A correction names its event by its id alone: whoever confirms it reads what that was. */
function mendedBlocks(language: Language, event: MatterEvent, mends: MatterEvent | undefined, standing: Standing): readonly Block[] {
  if (event.type !== "corrected" || mends === undefined) return [];
  const what = say(language, "utterance.event", { day: mends.on, text: eventText(language, mends, standing) });
  return [text(say(language, "consent.mends", { event: event.event, text: what }))];
}

function meanwhileBlocks(language: Language, { events, facts }: Meanwhile, standing: Standing): readonly Block[] {
  const lines = events.map(({ recorded, name }) =>
    say(language, "consent.meanwhile", { name: whoText(language, name), text: eventText(language, recorded.event, standing) }),
  );
  if (facts) lines.push(say(language, "consent.meanwhile-facts"));
  return lines.map((line) => text(line));
}

/** Why somebody is told of what another has recorded: it is theirs, it was, they registered it, or nobody whose it is could be told. */
export type ToldAs = "changed.told" | "changed.was-yours" | "changed.no-owner" | ToldAsRegistered;
/** Nobody else is named, was until then, or could be told. */
export type ToldAsRegistered = "changed.registered" | "changed.registered-until" | "changed.registered-instead";

/** The owner is told what somebody else has recorded, and who approved it, with the button that undoes it; null where they may not record. */
export function changedCard(
  language: Language,
  intended: Intended,
  told: {
    readonly key: string;
    readonly name: string;
    readonly approver: string | null;
    readonly undo: string | null;
    readonly as: ToldAs;
  },
): Card {
  const actions: readonly Action[] = [
    ...(told.undo === null ? [] : [{ label: say(language, "changed.undo"), command: told.undo, style: "danger" } as const]),
    { label: say(language, "button.show"), command: `show ${told.key}` },
  ];
  const by = { name: atName(told.name), ref: intended.ref };
  const { approver } = told;
  return {
    title:
      approver === null
        ? say(language, "changed.title", by)
        : say(language, "changed.approved-title", { ...by, approver: atName(approver) }),
    tone: "soon",
    blocks: [...intendedBlocks(language, intended), note(say(language, told.as)), { kind: "actions", actions }],
  };
}
