import { plainCard } from "../../cards/answers.ts";
import { say } from "../../cards/say.ts";
import { escalationCard } from "../../cards/subscription-card.ts";
import { refuse } from "../../law/finding.ts";
import type { Block } from "../../ports/card.ts";
import type { Place } from "../../ports/chat.ts";
import type { PlaceSettings, Subscription } from "../../ports/subscriptions.ts";
import type { Command, Context, Outcome } from "../command.ts";
import { misunderstood } from "../command.ts";
import { nameShown, placeMeant } from "../person-or-place.ts";
import { refusedAbsent } from "../place-sight.ts";
import { lookAtAll } from "../subscribed.ts";

const SHORTEST_MINUTES = 5;
const LONGEST_MINUTES = 30 * 1440;
const MINUTES: Readonly<Record<string, number>> = { m: 1, h: 60, d: 1440 };

export const escalate: Command = {
  verb: "escalate",
  summary: "help.escalate",
  group: "watch",
  access: "writes",
  who: "editor",
  positionals: [],
  options: [
    { name: "to", kind: "text", offers: "person-or-place" },
    { name: "after", kind: "word" },
    { name: "off", kind: "flag" },
  ],
  examples: ["escalate --to @ana --after 4h", "escalate --to slack:T1/C2 --after 30m", "escalate --off"],
  async run(values, context) {
    const { store, place } = context;
    const before = await store.subscriptions.of(place);
    if (values.off === true)
      return values.to === undefined && values.after === undefined ? end(before, context) : misunderstood("escalate-off-alone");
    for (const name of ["to", "after"])
      if (values[name] === undefined)
        return misunderstood("argument-missing", { name: `--${name}`, usage: "escalate --to PLACE|@person --after 4h" });
    const afterMinutes = minutesOf(values.after as string);
    if (afterMinutes === null)
      return misunderstood("value-invalid", { name: "after", got: `"${String(values.after)}"`, allowed: ["30m", "4h", "2d"] });
    if (afterMinutes < SHORTEST_MINUTES || afterMinutes > LONGEST_MINUTES) return refuse("escalate-after", { got: String(values.after) });
    if (before === null || before.watches.length === 0 || !before.reminders) return refuse("escalate-not-watching");
    const to = await placeMeant(values.to as string, context);
    if (typeof to !== "string") return to;
    if (to === place) return refuse("escalate-itself");
    const absent = await refusedAbsent(context, to, true);
    if (absent !== null) return absent;
    const back = await store.subscriptions.of(to);
    if (back?.escalation?.to === place) return refuse("escalate-cycle", { place: to });
    return settle(before, { to, afterMinutes }, values.to as string, context);
  },
};

/** 30m, 4h, 2d in minutes; null where the text is none of them. */
function minutesOf(text: string): number | null {
  const found = /^(\d{1,5})([mhd])$/.exec(text.toLowerCase());
  return found === null ? null : Number(found[1]) * MINUTES[found[2]!]!;
}

async function settle(
  before: Subscription,
  escalation: NonNullable<PlaceSettings["escalation"]>,
  typed: string,
  context: Context,
): Promise<Outcome> {
  await write(before, escalation, context);
  const { language, place } = context;
  const shown = await nameShown(typed, context);
  const name = shown === escalation.to ? null : shown;
  const notes: Block[] = [{ kind: "note", text: [say(language, "escalate.limits")] }];
  const platform = platformOf(escalation.to);
  const known = [place, ...(await context.store.subscriptions.all()).map((one) => one.place)];
  // A mistyped place would be found out only when it is too late.
  if (!known.some((one) => platformOf(one) === platform))
    notes.unshift({ kind: "text", text: [say(language, "escalate.unknown-platform", { platform })] });
  return { cards: [escalationCard(language, { ...escalation, name }, notes)], json: { place, escalation } };
}

function platformOf(place: Place): string {
  return place.slice(0, place.indexOf(":"));
}

async function end(before: Subscription | null, context: Context): Promise<Outcome> {
  const { language, place } = context;
  const removed = before !== null && before.escalation !== null;
  if (removed) await write(before, null, context);
  return { cards: [plainCard(language, removed ? "escalate.off" : "escalate.none")], json: { place, escalation: null, removed } };
}

async function write(before: Subscription, escalation: PlaceSettings["escalation"], context: Context): Promise<void> {
  const { store, person, personName } = context;
  const { watches: _watches, ...settings } = before;
  const by = await store.people.idOf(person, personName);
  await store.subscriptions.settle({ ...settings, escalation, by }, ["escalation", "by"]);
  await lookAtAll(context);
}
