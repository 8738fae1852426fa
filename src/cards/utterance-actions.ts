import type { ItemStanding, Standing } from "../matter/standing-types.ts";
import type { Action } from "../ports/card.ts";
import { addDays, type Day, daysBetween } from "../time/day.ts";
import type { Language } from "../time/wording.ts";
import { lastWorkingDay } from "./act-line.ts";
import type { Utterance } from "./contents.ts";
import { insideHidden } from "./inside.ts";
import { assignAction, evidenceActions, recordAction } from "./matter-actions.ts";
import { nextReminder } from "./next-reminder.ts";
import { say } from "./say.ts";

/** Totals come each seventh day after the expiry. */
const WEEK = 7;

/** Acknowledge, evidence sent, snooze, why, show, record; and assign where nobody has the matter: what a reader of one announcement may want to do. */
export function utteranceActions(language: Language, utterance: Utterance): readonly Action[] {
  const { standing, item, today } = utterance;
  const { key, assignedTo, ownedBy } = standing;
  const asks = item !== null && isAsked(utterance);
  const isNobodys = assignedTo === null && ownedBy === null && !insideHidden();
  return [
    ...(asks ? [acknowledgeAction(language, standing, item.id, utterance.asks)] : []),
    ...evidenceActions(language, standing),
    ...(item !== null && (asks || utterance.stage === "missing-fact") ? snoozeActions(language, standing, item, today) : []),
    { label: say(language, "button.why"), command: `why ${key}` },
    { label: say(language, "button.show"), command: `show ${key}` },
    ...(asks && isNobodys ? [assignAction(language, standing)] : []),
    recordAction(language, standing),
  ];
}

/** Whether it is a stage of a time to comply, which somebody is to take note of; nobody is where no more of it is told. */
export function isAsked({ kind, stage, deadline, left }: Utterance): boolean {
  if (deadline?.clock !== undefined || left === true) return false;
  return kind === "total" || kind === "overdue" || kind === "cap-reached" || (kind === "reminder" && stage !== "missing-fact");
}

/** One item's stage, or every stage of the matter that asks. With `asks` an old card's button is known for what it was about. */
export function acknowledgeAction(
  language: Language,
  { key }: Pick<Standing, "key">,
  item: string | null,
  asks?: Utterance["asks"],
): Action {
  const about = asks === undefined ? "" : ` --stage ${asks.stage.replace(" ", ":")} --deadline ${asks.deadline}`;
  const command = item === null ? `ack ${key}` : `ack ${key} ${item}${about}`;
  return { label: say(language, "button.acknowledge"), command, style: "primary" };
}

/** Puts the matter off; its form asks until when. None where only stages are left that nothing silences. */
export function snoozeActions(language: Language, standing: Standing, item: ItemStanding, today: Day): readonly Action[] {
  if (snoozeDay(standing, item, today) === null) return [];
  return [{ label: say(language, "button.snooze"), command: `form snooze ${standing.key}` }];
}

/**
 * The day on which the item would speak next, for a form that asks until when; it may lie past the expiry, which is put off only on purpose.
 * Null where only stages are left that nothing silences.
 */
export function snoozeDay(standing: Standing, item: ItemStanding, today: Day): { readonly day: Day; readonly pastExpiry: boolean } | null {
  const end = item.expiry ?? item.earliestExpiry;
  const ahead = standing.ahead.find(({ day }) => day > today)?.day ?? null;
  if (end !== null && end >= today) {
    const day = nextReminder(end, lastWorkingDay(standing, end), today)?.day ?? addDays(today, 1);
    return (ahead !== null && day >= ahead) || end <= day ? null : { day, pastExpiry: false };
  }
  return { day: item.state === "accruing" && end !== null ? nextTotal(end, today) : addDays(today, 1), pastExpiry: true };
}

function nextTotal(expiry: Day, today: Day): Day {
  return addDays(expiry, (Math.floor(daysBetween(expiry, today) / WEEK) + 1) * WEEK);
}
