import type { ItemStanding, Standing } from "../matter/standing-types.ts";
import type { Action } from "../ports/card.ts";
import { addDays, type Day, daysBetween } from "../time/day.ts";
import type { Language } from "../time/wording.ts";
import { lastWorkingDay } from "./act-line.ts";
import type { Utterance } from "./contents.ts";
import { evidenceActions } from "./matter-card.ts";
import { nextReminder } from "./next-reminder.ts";
import { say } from "./say.ts";

/** Totals come each seventh day after the expiry. */
const WEEK = 7;

/** Acknowledge, evidence sent, snooze, why, show: what a reader of one announcement may want to do. */
export function utteranceActions(language: Language, utterance: Utterance): readonly Action[] {
  const { standing, item, today } = utterance;
  const { key } = standing;
  const asks = item !== null && isAsked(utterance);
  return [
    ...(asks ? [acknowledgeAction(language, standing, item.id)] : []),
    ...evidenceActions(language, standing, today),
    ...(item !== null && (asks || utterance.stage === "missing-fact") ? snoozeActions(language, standing, item, today) : []),
    { label: say(language, "button.why"), command: `why ${key}` },
    { label: say(language, "button.show"), command: `show ${key}` },
  ];
}

/** Whether it is a stage of a deadline, which somebody is to take note of. */
export function isAsked({ kind, stage }: Utterance): boolean {
  return kind === "total" || kind === "overdue" || kind === "cap-reached" || (kind === "reminder" && stage !== "missing-fact");
}

/** One item's stage, or every stage of the matter that asks. */
export function acknowledgeAction(language: Language, { key }: Pick<Standing, "key">, item: string | null): Action {
  const command = item === null ? `ack ${key}` : `ack ${key} ${item}`;
  return { label: say(language, "button.acknowledge"), command, style: "primary" };
}

/** Puts the matter off until it would speak next. None where only stages are left that nothing silences. */
export function snoozeActions(language: Language, standing: Standing, item: ItemStanding, today: Day): readonly Action[] {
  const end = item.expiry ?? item.earliestExpiry;
  const label = say(language, "button.snooze");
  const ahead = standing.ahead.find(({ day }) => day > today)?.day ?? null;
  if (end !== null && end >= today) {
    const day = nextReminder(end, lastWorkingDay(standing, end), today)?.day ?? addDays(today, 1);
    return ahead !== null && day >= ahead ? [] : end <= day ? [] : [{ label, command: `snooze ${standing.key} until ${day}` }];
  }
  const day = item.state === "accruing" && end !== null ? nextTotal(end, today) : addDays(today, 1);
  // A running penalty is put off only on purpose.
  const confirm = say(language, "button.snooze-past", { day });
  return [{ label, command: `snooze ${standing.key} until ${day} --past-expiry`, confirm }];
}

function nextTotal(expiry: Day, today: Day): Day {
  return addDays(expiry, (Math.floor(daysBetween(expiry, today) / WEEK) + 1) * WEEK);
}
