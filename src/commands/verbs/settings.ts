import { usualSettings } from "../../alerts/subscription.ts";
import { withPlaceSight } from "../../cards/place-sight-words.ts";
import { say } from "../../cards/say.ts";
import { subscriptionCard } from "../../cards/subscription-card.ts";
import type { Block } from "../../ports/card.ts";
import type { Subscription } from "../../ports/subscriptions.ts";
import type { Command, Context } from "../command.ts";
import { givenOf } from "../form-values.ts";
import { formOf } from "../forms.ts";
import { namedSettings, SETTINGS, typedSettings } from "../place-settings.ts";
import { confirmPlace, placeSightOf, sightJson } from "../place-sight.ts";
import { settingsNotes } from "../settings-notes.ts";
import { lookAtAll, settingsJson, settlePlace, shownSubscription } from "../subscribed.ts";

/** How a place is spoken to, whatever it watches: shown, or changed by what is named. Nothing more is watched by it. */
export const settings: Command = {
  verb: "settings",
  summary: "help.settings",
  group: "watch",
  access: "writes",
  who: "editor",
  whoAlone: "reader",
  positionals: [],
  options: [...Object.values(SETTINGS), { name: "internal", kind: "choice", allowed: ["yes", "no"] }],
  form: {
    first: ["lang", "zone", "digest", "at", "weekdays", "holidays", "stages", "quiet"],
    last: ["internal"],
    button: "form.button.settings",
    initial: async (context) => givenOf(typedSettings(await settingsHere(context)), settings),
  },
  examples: [
    "settings",
    "settings --lang fr --zone Europe/Paris",
    "settings --at 08:30 --weekdays mon-fri --digest weekly",
    "settings --internal yes",
  ],
  async run(values, context) {
    const named = namedSettings(values);
    if ("misunderstood" in named || "refused" in named) return named;
    const { place, language } = context;
    const refusal = values.internal === undefined ? null : await confirmPlace(values.internal === "yes", context);
    if (refusal !== null) return refusal;
    const changes = Object.keys(named).length > 0;
    const isSet = changes || values.internal !== undefined;
    if (changes) await settlePlace(place, named, context);
    if (isSet) await lookAtAll(context);
    const here = await settingsHere(context);
    const shown = await shownSubscription(here, context);
    // A language that was just set is spoken at once.
    const spoken = named.language ?? language;
    const bare = subscriptionCard(spoken, { key: isSet ? "settings.set" : "settings.title" }, shown);
    const seen = await placeSightOf(context);
    const card = withPlaceSight(bare, seen, spoken, here.zone);
    const unwatched: Block[] = here.watches.length > 0 ? [] : [{ kind: "text", text: [say(spoken, "settings.unwatched")] }];
    const blocks = [...unwatched, ...(await settingsNotes(named, here, spoken, context)), ...card.blocks];
    const json = { place, changed: Object.keys(named), settings: settingsJson(shown), watches: shown.watches.length, ...sightJson(seen) };
    const form = isSet || context.terminal !== null ? null : await formOf(settings, {}, context);
    return { cards: [{ ...card, blocks }], json, spoken, ...(form === null || "refused" in form ? {} : { form }) };
  },
};

/** As they are; the usual ones where nobody has set any. */
async function settingsHere({ store, place, language, zone, person, personName, clock }: Context): Promise<Subscription> {
  const known = await store.subscriptions.of(place);
  if (known !== null) return known;
  const by = await store.people.idOf(person, personName);
  return { ...usualSettings(place, language, zone, by, clock.now()), watches: [] };
}
