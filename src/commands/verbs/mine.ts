import { withAsker } from "../../alerts/filter.ts";
import { plainCard } from "../../cards/answers.ts";
import { subscriptionCard } from "../../cards/subscription-card.ts";
import { refuse } from "../../law/finding.ts";
import type { Command } from "../command.ts";
import { givenOf } from "../form-values.ts";
import { withLeftOut } from "../left-out.ts";
import { namedSettings, SETTINGS, typedSettings } from "../place-settings.ts";
import { settingsNotes } from "../settings-notes.ts";
import { addWatch, lookAtAll, settingsJson, settlePlace, shownSubscription } from "../subscribed.ts";

const { at, weekdays, zone, lang } = SETTINGS;

/** A person's own digest: what is assigned to them or owned by them, by direct message, without reminders. */
export const mine: Command = {
  verb: "mine",
  summary: "help.mine",
  group: "watch",
  access: "writes",
  who: "reader",
  positionals: [],
  options: [
    at,
    weekdays,
    zone,
    lang,
    { name: "digest", kind: "choice", allowed: ["daily", "weekly", "monthly"] },
    { name: "off", kind: "flag" },
  ],
  form: {
    button: "form.button.settings",
    async initial(context) {
      const place = context.direct(context.person);
      const known = place === null ? null : await context.store.subscriptions.of(place);
      if (known === null) return {};
      const { digest: form, ...typed } = typedSettings(known);
      return givenOf(form === "off" ? typed : { ...typed, digest: form }, mine);
    },
  },
  examples: ["mine", "mine --at 08:00 --weekdays mon-fri", "mine --digest weekly", "mine --off"],
  async run(values, context) {
    const { store, person, personName, language } = context;
    const place = context.direct(person);
    if (place === null) return refuse("mine-no-direct");
    const before = await store.subscriptions.of(place);
    const others = before?.reminders === true && before.watches.length > 0;
    if (values.off === true) {
      // What a place watches by itself is no digest of a person's own.
      const removed = before !== null && !others && before.watches.length > 0;
      if (removed) {
        await store.subscriptions.forget(place);
        await lookAtAll(context);
      }
      return { cards: [plainCard(language, removed ? "mine.off" : "mine.none")], json: { place, removed } };
    }
    if (others) return refuse("mine-place-watches");
    const named = namedSettings(values);
    if ("misunderstood" in named || "refused" in named) return named;
    await settlePlace(place, { ...named, reminders: false, ...endedDigest(before?.digest, named.digest) }, context);
    const added = await addWatch(place, withAsker(["mine"], { name: personName, person }), context);
    // Under another name before: that one is not asked for any more.
    for (const { id } of before?.watches ?? []) if (id !== added.id) await store.subscriptions.remove(place, id);
    await lookAtAll(context);
    const here = (await store.subscriptions.of(place))!;
    const shown = await shownSubscription(here, context);
    const spoken = named.language ?? language;
    const drawn = subscriptionCard(spoken, { key: "mine.set", args: { n: shown.matters } }, shown);
    const card = { ...drawn, blocks: [...(await settingsNotes(named, here, spoken, context, "mine.digest-said")), ...drawn.blocks] };
    const cards = [await withLeftOut(card, { ...context, language: spoken })];
    return { cards, spoken, json: { place, matters: shown.matters, watches: shown.watches, settings: settingsJson(shown) } };
  },
};

/** A place whose digest was switched off gets one again: it is all that mine is for. */
function endedDigest(before: string | undefined, named: string | undefined): { digest?: "daily" } {
  return before === "off" && named === undefined ? { digest: "daily" } : {};
}
