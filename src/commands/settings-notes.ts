import { nextThatWasSaid } from "../alerts/digest-before.ts";
import { ALWAYS_STAGES } from "../cards/next-reminder.ts";
import { type Key, say } from "../cards/say.ts";
import { alwaysSaid } from "../cards/subscription-card.ts";
import type { Block } from "../ports/card.ts";
import type { Subscription } from "../ports/subscriptions.ts";
import type { Language } from "../time/wording.ts";
import type { Context } from "./command.ts";
import type { Named } from "./place-settings.ts";

/** What whoever has just set that of a place should know: a digest that does not come, as the place has had it, and stages that are said all the same. */
export async function settingsNotes(
  named: Named,
  here: Subscription,
  language: Language,
  { store, clock }: Context,
  digestSaid: Key = "settings.digest-said",
): Promise<readonly Block[]> {
  const said = named.zone === undefined ? null : nextThatWasSaid(here, await store.deliveries.last(here.place, "digest"), clock.now());
  const leavesOut = named.stages != null && ALWAYS_STAGES.some((stage) => here.stages?.includes(stage) === false);
  return [
    ...(said === null ? [] : [{ kind: "text", text: [say(language, digestSaid, { day: said })] } as const]),
    ...(leavesOut ? [alwaysSaid(language)] : []),
  ];
}
