import { askedAgain, askedNow, saidUnheeded, takenNote } from "../../alerts/asked.ts";
import { type AcknowledgedRow, acknowledgedCard } from "../../cards/attention-card.ts";
import { refuse } from "../../law/finding.ts";
import type { Acknowledgement } from "../../ports/attention.ts";
import type { Command } from "../command.ts";
import { findMatter, nameOf } from "../find.ts";

export const ack: Command = {
  verb: "ack",
  summary: "help.ack",
  group: "watch",
  access: "writes",
  positionals: [
    { name: "ref", kind: "matter", required: true },
    { name: "item", kind: "id" },
  ],
  options: [],
  examples: ["ack SAN-2023-018", "ack SAN-2023-018 dpo"],
  async run(values, context) {
    const { store, place, clock, person, personName, language } = context;
    const matter = await findMatter(values.ref as string, context);
    if ("refused" in matter) return matter;
    const item = (values.item ?? null) as string | null;
    const items = (matter.facts.items ?? []).map(({ id }) => id);
    if (item !== null && !items.includes(item)) return refuse("item-unknown", { item, items });
    const now = clock.now();
    const settings = await store.subscriptions.of(place);
    const asked = askedNow(matter, settings, item, now);
    const before = (await store.attention.of([matter.key])).get(matter.key);
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
      rows.push({ ...one, isNew, name, at: taken.at, ...askedAgain(matter, settings, one, snoozedUntil, now) });
    }
    const ref = nameOf(matter);
    const card = acknowledgedCard(language, { ref, item, several: items.length > 1, zone: settings?.zone ?? context.zone }, rows);
    const written = (isNew: boolean) => rows.filter((row) => row.isNew === isNew).map(rowJson);
    return { cards: [card], json: { ref, acknowledged: written(true), already: written(false) } };
  },
};

type AskedStage = Pick<AcknowledgedRow, "item" | "deadline" | "stage">;

function isSame(one: AskedStage, other: AskedStage): boolean {
  return one.item === other.item && one.deadline === other.deadline && one.stage === other.stage;
}

function rowJson({ item, deadline, stage, name, at, isEarliest }: AcknowledgedRow) {
  return { item, deadline, stage, by: name, at, ...(isEarliest ? { earliest: true } : {}) };
}
