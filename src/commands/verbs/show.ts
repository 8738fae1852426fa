import { withAdmitted } from "../../cards/admitted-words.ts";
import { askedActions } from "../../cards/asked-actions.ts";
import { matterCard } from "../../cards/matter-card.ts";
import type { Reminder } from "../../cards/next-reminder.ts";
import { admittedJson, admittedTo } from "../admitted.ts";
import type { Command } from "../command.ts";
import { askedStanding, namesOf, todayOf } from "../find.ts";
import { lookHere, readHere, withHeeded } from "../heeded.ts";
import { standingJson } from "../json.ts";

export const show: Command = {
  verb: "show",
  summary: "help.show",
  group: "ask",
  access: "reads",
  who: "reader",
  positionals: [{ name: "ref", kind: "matter", required: true }],
  options: [
    { name: "on", kind: "day" },
    { name: "known-at", kind: "instant" },
  ],
  examples: ["show SAN-2023-018", "show CNIL:SAN-2023-018 --on 2024-04-04", "show SAN-2023-018 --known-at 2024-07-22T09:00:00Z"],
  async run(values, context) {
    const asked = await askedStanding(values, context);
    if ("refused" in asked) return asked;
    const { matter, standing } = asked;
    const today = todayOf(matter, context);
    const admitted = await admittedTo(matter, context);
    const isOfNow = asked.asOf === null && values["known-at"] === undefined;
    const { now, readerZone } = await readHere(context);
    const read = { now: isOfNow ? now : undefined, readerZone };
    const drawn = (reminder: Reminder | null) =>
      withAdmitted(
        matterCard(context.language, standing, asked.asOf ?? today, { ...read, reminder }),
        matter.key,
        admitted,
        context.language,
      );
    const json = { ...standingJson(standing, context.language, await namesOf(standing.since, context)), ...admittedJson(matter, admitted) };
    // What was heeded is told of now: a past day had other deadlines.
    if (!isOfNow) return { cards: [drawn(null)], json };
    const { heeded, asks, reminder } = await lookHere(matter, standing, context);
    // Where no stage has been reached there is nothing to put off.
    const silent = heeded.snoozed !== null || !(asks || heeded.acknowledged.length > 0);
    const actions = askedActions(context.language, standing, today, { asks, snoozed: silent });
    const card = drawn(reminder);
    const shown = { ...card, blocks: card.blocks.map((block) => (block.kind === "actions" ? { ...block, actions } : block)) };
    return { cards: [withHeeded(shown, heeded, context, standing)], json: { ...json, ...heeded } };
  },
};
