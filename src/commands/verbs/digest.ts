import { digestOf } from "../../alerts/digest.ts";
import { POLICY } from "../../alerts/policy.ts";
import { countUndelivered, countUnwatched, watchedBy } from "../../alerts/tick.ts";
import { digestCard } from "../../cards/digest-card.ts";
import { refuse } from "../../law/finding.ts";
import type { Day } from "../../time/day.ts";
import { dayIn } from "../../time/instant.ts";
import type { Command } from "../command.ts";
import { digestJson } from "../digest-json.ts";

export const digest: Command = {
  verb: "digest",
  summary: "help.digest",
  group: "ask",
  access: "reads",
  positionals: [],
  options: [{ name: "on", kind: "day" }],
  examples: ["digest", "digest --on 2024-02-19"],
  async run(values, context) {
    const { register, store, clock, place, language, zone } = context;
    const now = clock.now();
    const watches = await store.watches.all();
    const watch = watches.find((one) => one.place === place);
    const today = dayIn(watch?.zone ?? zone, now);
    const day = (values.on ?? today) as Day;
    if (day > today) return refuse("on-in-future", { day, today });
    const matters = await register.all();
    const contents = digestOf({
      matters: watch === undefined ? matters : watchedBy(watch, matters, now),
      day,
      zone: watch?.zone ?? zone,
      at: watch?.at ?? POLICY.at,
      now,
      unwatched: countUnwatched(watches, matters, now),
      undelivered: await countUndelivered(store.deliveries, now),
      head: (await register.head()).hash,
    });
    return { cards: [digestCard(language, contents)], json: digestJson(contents, language) };
  },
};
