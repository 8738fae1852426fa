import { parseFilters, shownFilter } from "../../alerts/filter.ts";
import { unmarked, watchMark } from "../../alerts/marks.ts";
import { unwatchedIn } from "../../alerts/subscription.ts";
import { plainCard } from "../../cards/answers.ts";
import { withPlaceSight } from "../../cards/place-sight-words.ts";
import { dueLeaves, stateLeaves, subscriptionCard } from "../../cards/subscription-card.ts";
import { type Refusal, refuse } from "../../law/finding.ts";
import type { PersonRef } from "../../ports/chat.ts";
import type { Command, Context } from "../command.ts";
import { filtersMeant } from "../person-or-place.ts";
import { namedSettings, SETTINGS } from "../place-settings.ts";
import { placeSightOf, refusedAbsent, sightJson } from "../place-sight.ts";
import { settingsNotes } from "../settings-notes.ts";
import { addWatch, lookAtAll, settingsJson, settlePlace, shownSubscription } from "../subscribed.ts";

export const watch: Command = {
  verb: "watch",
  summary: "help.watch",
  group: "watch",
  access: "writes",
  who: "editor",
  whoAlone: "reader",
  positionals: [{ name: "filter", kind: "filter", many: true }],
  options: Object.values(SETTINGS),
  form: { button: "form.button.watch" },
  examples: [
    "watch",
    "watch authority:CNIL state:accruing",
    "watch respondent:clearview --at 08:30 --zone Europe/Paris --lang fr",
    "watch assigned:me --weekdays mon-fri --holidays FR --quiet 19:00-08:00",
    "watch --stages 30,14,7 --digest weekly",
  ],
  async run(values, context) {
    const { store, place } = context;
    const absent = await refusedAbsent(context, place, false);
    if (absent !== null) return absent;
    const misplaced = mistaken((values.filter ?? []) as readonly string[], context);
    if (misplaced !== null) return misplaced;
    const filters = await filtersMeant((values.filter ?? []) as readonly string[], context);
    const parsed = parseFilters(filters);
    if ("refused" in parsed) return parsed;
    const named = namedSettings(values);
    if ("misunderstood" in named || "refused" in named) return named;
    const before = await store.subscriptions.of(place);
    const watching = (before?.watches.length ?? 0) > 0;
    if (watching && before?.reminders === false) return refuse("watch-is-mine");
    // A change of the hour alone is no wish to watch everything.
    const settingsOnly = watching && filters.length === 0 && Object.keys(named).length > 0;
    await settlePlace(place, before?.reminders === false ? { ...named, reminders: true } : named, context);
    const added = settingsOnly ? null : await addWatch(place, filters, context);
    await lookAtAll(context);
    const here = (await store.subscriptions.of(place))!;
    const shown = await shownSubscription(here, context);
    const matters = shown.watches.find(({ id }) => id === added?.id)?.matters ?? shown.matters;
    // A language that was just set is spoken at once.
    const answered = named.language ?? context.language;
    const key = matters > 0 ? "watch.set" : settingsOnly ? "watch.settled" : "watch.set-nothing";
    const card = subscriptionCard(answered, { key, args: { n: shown.matters } }, shown);
    const due = filters.find((filter) => /^due:/i.test(filter));
    const state = filters.find((filter) => /^state:(pending|curing|accruing)$/i.test(filter));
    const notes = await settingsNotes(named, here, answered, context);
    const leaves = [
      ...(due === undefined ? [] : [dueLeaves(answered, due)]),
      ...(state === undefined ? [] : [stateLeaves(answered, state)]),
    ];
    const blocks = [...leaves, ...notes, ...card.blocks];
    const seen = await placeSightOf(context);
    const { at, zone, language } = shown.settings;
    const json = { place, filters: (added?.filters ?? filters).map(shownFilter), at, zone, language, matters, watch: added?.id ?? null };
    return {
      cards: [withPlaceSight({ ...card, blocks }, seen, answered, zone)],
      spoken: answered,
      json: { ...json, ...sightJson(seen), watching: shown.matters, watches: shown.watches, settings: settingsJson(shown) },
    };
  },
};

/** A channel or a person of the asker's platform, which many a bot is told what to watch by. */
function mistaken(filters: readonly string[], { place, direct, mentions = [] }: Context): Refusal | null {
  const platform = `${place.split(":")[0]}:`;
  const found = filters.find((text) => text.startsWith(platform) && text.includes("/"));
  if (found === undefined) return null;
  const name = mentions.find(({ person }) => person === found)?.name;
  if (name === undefined && direct(found as PersonRef) === null) return refuse("watch-elsewhere");
  return refuse("watch-person", { name: name === undefined ? found : `@${name.replace(/^@/, "")}` });
}

export const watches: Command = {
  verb: "watches",
  summary: "help.watches",
  group: "watch",
  access: "reads",
  who: "reader",
  positionals: [],
  options: [],
  examples: ["watches"],
  async run(_values, context) {
    const { store, place, language } = context;
    const subscription = await store.subscriptions.of(place);
    const seen = await placeSightOf(context);
    if (subscription === null)
      return { cards: [plainCard(language, "watch.none")], json: { place, watches: [], matters: 0, settings: null, ...sightJson(seen) } };
    const shown = await shownSubscription(subscription, context);
    const key = shown.watches.length === 0 ? "watches.none" : shown.settings.reminders ? "watches.title" : "watches.mine";
    const card = subscriptionCard(language, { key, args: { n: shown.matters } }, shown);
    const json = { place, watches: shown.watches, matters: shown.matters, settings: settingsJson(shown), ...sightJson(seen) };
    return { cards: [withPlaceSight(card, seen, language, subscription.zone)], json };
  },
};

export const unwatch: Command = {
  verb: "unwatch",
  summary: "help.unwatch",
  group: "watch",
  access: "writes",
  who: "editor",
  whoAlone: "reader",
  positionals: [{ name: "id", kind: "id", offers: "watch" }],
  options: [],
  examples: ["unwatch", "unwatch w2"],
  async run(values, context) {
    const { store, place, language, register, clock } = context;
    const held = (await store.subscriptions.of(place))?.watches ?? [];
    const typed = values.id === undefined ? null : unmarked((values.id as string).toLowerCase());
    const id = typed?.id ?? null;
    const meant = held.find((one) => one.id === id);
    if (typed?.mark != null && meant !== undefined && typed.mark !== watchMark(store.name, place, meant))
      return refuse("shown-elsewhere", { what: meant.id, line: "watches" });
    if (id !== null && meant === undefined) return refuse("watch-unknown", { id, allowed: held.map((one) => one.id) });
    const gone = held.filter((one) => id === null || one.id === id).map((one) => one.id);
    if (gone.length === 0) return { cards: [plainCard(language, "watch.none")], json: { place, removed: false, ids: [] } };
    await store.subscriptions.remove(place, id);
    await lookAtAll(context);
    const unwatched = await unwatchedIn(register, await store.subscriptions.all(), clock.now());
    const left = held.length - gone.length;
    const card = plainCard(language, left === 0 ? "watch.removed" : "watch.removed-one", { id: id ?? gone[0]!, left });
    const told = unwatched === 0 ? [] : [plainCard(language, "import.unwatched", { n: unwatched })];
    const text = told.map(({ title }) => ({ kind: "text" as const, text: [{ bold: title }] }));
    return { cards: [{ ...card, blocks: text }], json: { place, removed: true, ids: gone, left, unwatched } };
  },
};
