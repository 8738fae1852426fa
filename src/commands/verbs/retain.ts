import { gathered } from "../../alerts/gathered.ts";
import { type ForReview, forReview, inTurn, reviewSought } from "../../alerts/retention.ts";
import { retentionCard } from "../../cards/retention-card.ts";
import { dayIn } from "../../time/instant.ts";
import type { Command } from "../command.ts";
import { nameOf } from "../find.ts";

/** What should be looked at because it is kept for long: nothing is erased by itself. */
export const retain: Command = {
  verb: "retain",
  summary: "help.retain",
  group: "ask",
  access: "reads",
  who: "admin",
  private: true,
  positionals: [],
  options: [],
  form: null,
  examples: ["retain"],
  async run(_values, { store, register, looks, clock, zone, language }) {
    const [policy, holds] = [await store.access.policy(), await store.privacy.holds()];
    const now = clock.now();
    const all = register.each(reviewSought(policy.retain));
    const due = inTurn(await gathered(all, (some) => forReview(some, policy.retain, (key) => holds.has(key), dayIn(zone, now))));
    const kept = await register.some([...holds.keys()]);
    looks.add([...due.map(({ matter }) => matter.key), ...kept.map(({ key }) => key)]);
    const rows = due.map((one) => ({ ref: nameOf(one.matter), ...shown(one), erase: eraseLine(one) }));
    const held = kept.map(nameOf);
    const json = { retain: policy.retain, due: rows, held };
    return { cards: [retentionCard(language, { retain: policy.retain, due: rows, held: held.length })], json };
  },
};

function shown({ reason, from, since, due }: ForReview) {
  return { reason, from, since, due };
}

/** Of a matter that was closed long ago every name and text; of one that is public no more with its name, the name. */
function eraseLine({ matter, reason }: ForReview): string {
  return `erase ${matter.key} ${reason === "closed" ? "--all" : "--path respondent"} --because retention`;
}
