import type { ItemStanding, Standing } from "../matter/standing-types.ts";
import type { Action } from "../ports/card.ts";
import type { Language } from "../time/wording.ts";
import { canComply } from "./act-line.ts";
import { isOver } from "./money-line.ts";
import { say } from "./say.ts";

/** What stands among a matter's buttons in a place that is asked of it. */
interface Asked {
  readonly acknowledge: readonly Action[];
  readonly snooze: readonly Action[];
}

const NOTHING: Asked = { acknowledge: [], snooze: [] };

/** Acknowledge, evidence sent, snooze, why, history, chart, assign, record. Buttons carry commands as a user would type them. */
export function matterActions(language: Language, standing: Standing, { acknowledge, snooze }: Asked = NOTHING): readonly Action[] {
  const { key, items } = standing;
  const over = items.length > 0 && items.every(isOver);
  return [
    ...acknowledge,
    ...evidenceActions(language, standing),
    ...snooze,
    { label: say(language, "button.why"), command: `why ${key}` },
    { label: say(language, "button.history"), command: `history ${key}` },
    ...(items.some(hasRun) ? [{ label: say(language, "button.chart"), command: `chart ${key}` }] : []),
    ...(over ? [] : [assignAction(language, standing)]),
    recordAction(language, standing),
  ];
}

/** Whether a sum has run that can be drawn. */
export function hasRun({ theoretical, rate, units }: Pick<ItemStanding, "theoretical" | "rate" | "units">): boolean {
  return rate !== null && theoretical !== null && (units ?? 0) > 0;
}

/** A claim of compliance while an item is open, for those who can comply: its form asks for the item and the day. */
export function evidenceActions(language: Language, standing: Standing): readonly Action[] {
  const open = standing.items.some(({ state }) => OPEN.has(state));
  if (!open || !canComply(standing)) return [];
  return [{ label: say(language, "button.evidence"), command: `form complied ${standing.key}` }];
}

const OPEN: ReadonlySet<string> = new Set(["curing", "accruing", "overdue", "capped"]);

export function assignAction(language: Language, { key }: Pick<Standing, "key">): Action {
  return { label: say(language, "button.assign-form"), command: `form assign ${key}` };
}

/** Asks first which event it is. */
export function recordAction(language: Language, { key }: Pick<Standing, "key">): Action {
  return { label: say(language, "button.record-form"), command: `form record ${key}` };
}
