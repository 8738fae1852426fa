import { type ForReview, forReview } from "../../alerts/retention.ts";
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
    const matters = await register.all();
    const due = forReview(matters, policy.retain, (key) => holds.has(key), dayIn(zone, clock.now()));
    looks.add([...due.map(({ matter }) => matter.key), ...matters.map(({ key }) => key).filter((key) => holds.has(key))]);
    const rows = due.map((one) => ({ ref: nameOf(one.matter), ...shown(one), erase: eraseLine(one) }));
    const held = matters.filter(({ key }) => holds.has(key)).map(nameOf);
    const json = { retain: policy.retain, due: rows, held };
    return { cards: [retentionCard(language, { retain: policy.retain, due: rows, held: held.length })], json };
  },
};

function shown({ reason, from, due }: ForReview) {
  return { reason, from, due };
}

/** Of a matter that was closed long ago every name and text; of one that is public no more with its name, the name. */
function eraseLine({ matter, reason }: ForReview): string {
  return `erase ${matter.key} ${reason === "closed" ? "--all" : "--path respondent"} --because retention`;
}
