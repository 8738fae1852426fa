import { parseFilters } from "../../alerts/filter.ts";
import { POLICY } from "../../alerts/policy.ts";
import { watchedBy } from "../../alerts/tick.ts";
import { plainCard } from "../../cards/answers.ts";
import { refuse } from "../../law/finding.ts";
import { isZone } from "../../time/instant.ts";
import { LANGUAGES, type Language } from "../../time/wording.ts";
import type { Command } from "../command.ts";

export const watch: Command = {
  verb: "watch",
  summary: "help.watch",
  group: "watch",
  access: "writes",
  positionals: [{ name: "filter", kind: "filter", many: true }],
  options: [
    { name: "at", kind: "time" },
    { name: "zone", kind: "word" },
    { name: "lang", kind: "choice", allowed: LANGUAGES },
  ],
  examples: ["watch", "watch authority:CNIL state:accruing", "watch respondent:clearview --at 08:30 --zone Europe/Paris --lang fr"],
  async run(values, context) {
    const { store, clock, place, person, personName, register } = context;
    const filters = (values.filter ?? []) as readonly string[];
    const parsed = parseFilters(filters);
    if ("refused" in parsed) return parsed;
    const zone = (values.zone ?? context.zone) as string;
    if (!isZone(zone)) return refuse("zone-unknown", { got: zone });
    const language = (values.lang ?? context.language) as Language;
    const at = (values.at ?? POLICY.at) as string;
    const now = clock.now();
    const before = (await store.watches.all()).find((one) => one.place === place);
    await store.watches.set({
      place,
      filters,
      language,
      zone,
      at,
      by: await store.people.idOf(person, personName),
      since: before?.since ?? now,
    });
    const count = watchedBy({ filters }, await register.all(), now).length;
    const shown = filters.join(" ");
    const card = plainCard(context.language, count === 0 ? "watch.set-nothing" : "watch.set", {
      count,
      filters: shown === "" ? "*" : shown,
      at,
      zone,
    });
    return { cards: [card], json: { place, filters, at, zone, language, matters: count } };
  },
};

export const unwatch: Command = {
  verb: "unwatch",
  summary: "help.unwatch",
  group: "watch",
  access: "writes",
  positionals: [],
  options: [],
  examples: ["unwatch"],
  async run(_values, { store, place, language }) {
    const removed = await store.watches.remove(place);
    return { cards: [plainCard(language, removed ? "watch.removed" : "watch.none")], json: { place, removed } };
  },
};
