import { askedAgain, askedNow, saidUnheeded, takenNote } from "../../alerts/asked.ts";
import { isSame } from "../../alerts/escalate.ts";
import { lookAt } from "../../alerts/look.ts";
import { heardIn } from "../../alerts/seen-since.ts";
import { type AcknowledgedRow, acknowledgedCard } from "../../cards/attention-card.ts";
import { refuse } from "../../law/finding.ts";
import type { Acknowledgement } from "../../ports/attention.ts";
import { type Command, type Misunderstanding, misunderstood, type Values } from "../command.ts";
import { findMatter, nameOf } from "../find.ts";
import { usageOf } from "../parser.ts";
import { ENDS, lastSaid } from "../stale.ts";
import { rowJson, staleAnswer } from "../stale-ack.ts";

export const ack: Command = {
  verb: "ack",
  summary: "help.ack",
  group: "watch",
  access: "writes",
  who: "editor",
  positionals: [
    { name: "ref", kind: "matter", required: true },
    { name: "item", kind: "id", offers: "item" },
  ],
  // What an earlier card was about: its button says so, and is answered with what has happened since.
  options: [
    { name: "stage", kind: "word" },
    { name: "deadline", kind: "day" },
  ],
  form: null,
  examples: ["ack SAN-2023-018", "ack SAN-2023-018 dpo", "ack SAN-2023-018 dpo --stage 14 --deadline 2024-02-18"],
  async run(values, context) {
    const { store, place, clock, person, personName, language } = context;
    const unread = halfNamed(values);
    if (unread !== null) return unread;
    const matter = await findMatter(values.ref as string, context);
    if ("refused" in matter) return matter;
    const item = (values.item ?? null) as string | null;
    const items = (matter.facts.items ?? []).map(({ id }) => id);
    if (item !== null && !items.includes(item)) return refuse("item-unknown", { item, items });
    const now = clock.now();
    const settings = await store.subscriptions.of(place);
    const heard = { heard: await heardIn({ ...store, sights: context.sights }, place, settings, lookAt(matter, now)) };
    const asked = askedNow(matter, settings, item, now, heard);
    const before = (await store.attention.of([matter.key])).get(matter.key);
    const stale = await staleAnswer(
      matter,
      { item, stage: values.stage, deadline: values.deadline },
      { asked, heed: before, settings },
      context,
    );
    if (stale !== null) return stale;
    const said = saidUnheeded(matter, await store.deliveries.about(matter.key), before, item, now);
    // What this place is asked now stands last: it is the latest.
    const noted = [...said.filter((one) => !asked.some((other) => isSame(one, other))), ...asked];
    const by = await store.people.idOf(person, personName);
    const given = noted.map((one): Acknowledgement => ({ stream: matter.key, ...one, place, by, at: now }));
    const fresh = given.length === 0 ? [] : await store.attention.acknowledge(given);
    if (fresh.length > 0) await store.index.wake([matter.key]);
    const heed = (await store.attention.of([matter.key])).get(matter.key) ?? { acknowledgements: [], snoozes: [] };
    const snoozedUntil = heed.snoozes.find((one) => one.place === place)?.until ?? null;
    const rows: AcknowledgedRow[] = [];
    for (const one of noted) {
      const isNew = fresh.some((taken) => isSame(taken, one));
      // Somebody else was quicker.
      if (!isNew && !asked.includes(one)) continue;
      const taken = isNew ? { by, at: now } : (takenNote(heed, one, place) ?? { by, at: now });
      const name = await store.people.nameOf(taken.by);
      rows.push({ ...one, isNew, name, at: taken.at, ...askedAgain(matter, settings, one, snoozedUntil, now, heard) });
    }
    const ref = nameOf(matter);
    const happened = rows.length > 0 ? null : await lastSaid(matter, ENDS, item, context);
    const about = { ref, item, several: items.length > 1, zone: settings?.zone ?? context.zone, happened };
    const card = acknowledgedCard(language, about, rows);
    const written = (isNew: boolean) => rows.filter((row) => row.isNew === isNew).map(rowJson);
    const json = { ref, acknowledged: written(true), already: written(false), ...(happened === null ? {} : { since: happened }) };
    return { cards: [card], json };
  },
};

const STAGE = /^(\d{1,3}|last-working-day|missing-fact|overdue|cap-reached|(?:total|cap-reached):\d{4}-\d{2}-\d{2})$/;

/** A stage is named with its item and its deadline, or not at all: named by half, note would be taken of another than was meant. */
function halfNamed(values: Values): Misunderstanding | null {
  const { item, stage, deadline } = values;
  if (stage === undefined && deadline === undefined) return null;
  const lacking = item === undefined ? "ITEM" : stage === undefined ? "--stage" : deadline === undefined ? "--deadline" : null;
  if (lacking !== null) return misunderstood("argument-missing", { name: lacking, usage: usageOf(ack) });
  if (STAGE.test(String(stage))) return null;
  return misunderstood("value-invalid", {
    name: "stage",
    got: `"${String(stage)}"`,
    allowed: ["14", "last-working-day", "overdue", "cap-reached"],
  });
}
