import { takenNote } from "../alerts/asked.ts";
import { covers, isSame } from "../alerts/escalate.ts";
import { lookAt } from "../alerts/look.ts";
import { type AcknowledgedRow, staleCard } from "../cards/attention-card.ts";
import { isOver } from "../cards/money-line.ts";
import type { Matter } from "../matter/history.ts";
import { standingNow } from "../matter/standing.ts";
import type { Heed } from "../ports/attention.ts";
import type { PlaceSettings } from "../ports/subscriptions.ts";
import type { Day } from "../time/day.ts";
import type { Context, Result, Values } from "./command.ts";
import { nameOf, todayOf } from "./find.ts";
import { ENDS, lastSaid, MOVES } from "./stale.ts";

export type AskedStage = Pick<AcknowledgedRow, "item" | "deadline" | "stage">;

interface Found {
  /** What the place may take note of now. */
  readonly asked: readonly AskedStage[];
  readonly heed: Heed | undefined;
  readonly settings: PlaceSettings | null;
}

/**
 * The answer to the button of an earlier card, which names the stage that it was about: where somebody has taken note of it already, or its
 * deadline has moved or gone, what has happened is said and nothing is recorded. Null where the stage still stands, or none is named.
 */
export async function staleAnswer(
  matter: Matter,
  about: { readonly item: string | null; readonly stage: Values[string]; readonly deadline: Values[string] },
  { asked, heed, settings }: Found,
  context: Context,
): Promise<Result | null> {
  const { item } = about;
  if (item === null || typeof about.stage !== "string" || typeof about.deadline !== "string") return null;
  const named: AskedStage = { item, stage: about.stage.replace(":", " "), deadline: about.deadline as Day };
  const standing = standingNow(matter, todayOf(matter, context)).items.find(({ id }) => id === item)!;
  const now = isOver(standing) ? null : (standing.expiry ?? standing.earliestExpiry);
  const note = heed === undefined ? null : takenNote(heed, named, context.place);
  const isCurrent = asked.some((one) => isSame(one, named));
  if (now === named.deadline && (note === null || isCurrent)) return null;
  const taken: AcknowledgedRow | null =
    note === null
      ? null
      : {
          ...{ ...named, isNew: false, at: note.at, name: await context.store.people.nameOf(note.by) },
          ...{ again: null, fact: null, isEarliest: standing.state === "draft" },
        };
  const happened = await lastSaid(matter, now === null ? ENDS : now === named.deadline ? [] : MOVES, item, context);
  const scene = lookAt(matter, context.clock.now());
  const asks = asked.find((one) => !heed?.acknowledgements.some((given) => covers(given, one, context.place, scene))) ?? null;
  const ref = nameOf(matter);
  const zone = settings?.zone ?? context.zone;
  const card = staleCard(context.language, { ref, key: matter.key, zone }, { deadline: named.deadline, now, taken, happened, asks });
  const already = taken === null ? [] : [rowJson(taken)];
  const json = { ref, acknowledged: [], already, stale: { ...named, now }, ...(happened === null ? {} : { since: happened }) };
  return { cards: [card], json };
}

/** What --json prints of a stage of which somebody has taken note. */
export function rowJson({ item, deadline, stage, name, at, isEarliest }: AcknowledgedRow) {
  return { item, deadline, stage, by: name, at, ...(isEarliest ? { earliest: true } : {}) };
}
