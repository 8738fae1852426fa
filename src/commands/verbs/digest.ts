import { digestIn } from "../../alerts/digest-in.ts";
import { registerKnownAt } from "../../alerts/known-register.ts";
import { usualSettings } from "../../alerts/subscription.ts";
import type { DigestForm } from "../../cards/contents.ts";
import { digestCard } from "../../cards/digest-card.ts";
import { digestTitle } from "../../cards/digest-headings.ts";
import { digestTextsUnhurried } from "../../cards/digest-texts.ts";
import { momentText } from "../../cards/moments.ts";
import { withPlaceSight } from "../../cards/place-sight-words.ts";
import { say } from "../../cards/say.ts";
import { refuse } from "../../law/finding.ts";
import type { Block } from "../../ports/card.ts";
import type { Day } from "../../time/day.ts";
import { dayIn, parseInstant } from "../../time/instant.ts";
import type { Language } from "../../time/wording.ts";
import type { Command } from "../command.ts";
import { digestJson } from "../digest-json.ts";
import { keysIn } from "../looks.ts";
import { placeSightOf } from "../place-sight.ts";

export const digest: Command = {
  verb: "digest",
  summary: "help.digest",
  group: "ask",
  access: "reads",
  who: "reader",
  positionals: [],
  options: [
    { name: "on", kind: "day" },
    { name: "known-at", kind: "instant" },
    { name: "form", kind: "choice", allowed: ["daily", "weekly", "monthly"] },
  ],
  form: { button: "form.button.digest" },
  examples: ["digest", "digest --on 2024-02-19", "digest --form weekly", "digest --on 2024-02-19 --known-at 2024-02-20T09:00:00Z"],
  async run(values, context) {
    const { register, store, clock, place, language, zone } = context;
    const now = clock.now();
    const all = await store.subscriptions.all();
    const watching = all.find((one) => one.place === place);
    const subscription = watching ?? { ...usualSettings(place, language, zone, "", now), watches: [] };
    const today = dayIn(subscription.zone, now);
    const day = (values.on ?? today) as Day;
    if (day > today) return refuse("digest-in-future", { day, today });
    const usual = subscription.digest === "off" ? "daily" : subscription.digest;
    const form = (values.form ?? usual) as DigestForm;
    const { deliveries, attention, people } = store;
    const knownAt = values["known-at"] === undefined ? null : parseInstant(values["known-at"] as string);
    const recorded = knownAt === null ? register : registerKnownAt(register, knownAt);
    const sight = await context.sight();
    const contents = await digestIn({ register: recorded, deliveries, attention, people }, { subscription, day, form, now, all, sight });
    context.looks.add(keysIn(contents));
    const card = digestCard(language, contents, await digestTextsUnhurried(language, contents));
    // Nobody has asked for this place to be told of these: whoever reads it must not take them for watched.
    const notWatching = { title: digestTitle(language, contents, "digest.title-all"), tone: card.tone };
    const why: Block = { kind: "text", text: [say(language, "digest.not-watching")] };
    const whole = subscription.watches.length > 0 ? card : { ...notWatching, blocks: [why, ...card.blocks] };
    const shown =
      knownAt === null
        ? whole
        : { ...whole, blocks: [asRecorded(language, momentText(language, subscription.zone, knownAt)), ...whole.blocks] };
    // As the one that is sent there says: nobody must take it for all of the desk's.
    const isPublic = !sight.desk && !(await context.sights.ofPlace(place)).desk;
    const said = isPublic ? withPlaceSight(shown, await placeSightOf(context), language, subscription.zone) : shown;
    return { cards: [said], json: digestJson(contents, language) };
  },
};

/** It is not what the place was told: what was recorded since is left out. */
function asRecorded(language: Language, at: string): Block {
  return { kind: "note", text: [say(language, "digest.known-at", { at })] };
}
