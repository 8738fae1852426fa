import type { Standing } from "../matter/standing-types.ts";
import type { Action } from "../ports/card.ts";
import type { Day } from "../time/day.ts";
import type { Language } from "../time/wording.ts";
import { matterActions } from "./matter-actions.ts";
import { acknowledgeAction, snoozeActions } from "./utterance-actions.ts";

/** The buttons of a matter in a place: with taking note where a stage asks and nobody has, and with putting off where it is not put off already. */
export function askedActions(
  language: Language,
  standing: Standing,
  today: Day,
  { asks, snoozed }: { readonly asks: boolean; readonly snoozed: boolean },
): readonly Action[] {
  const waiting = standing.items.find(({ state }) => state === standing.state) ?? null;
  return matterActions(language, standing, {
    acknowledge: asks ? [acknowledgeAction(language, standing, null)] : [],
    snooze: snoozed || waiting === null ? [] : snoozeActions(language, standing, waiting, today),
  });
}
