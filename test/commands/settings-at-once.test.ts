import { expect, test } from "vitest";
import type { Subscriptions } from "../../src/ports/subscriptions.ts";
import { ADMINISTERED, CHANNEL, type FormDesk, formDesk } from "./form-desk.ts";

/** Runs once between the moment at which a command has read how the place is spoken to and the one at which it sets it. */
function meanwhile({ desk: { store } }: FormDesk, others: () => Promise<unknown>): void {
  const { subscriptions } = store;
  let ran = false;
  const settle: Subscriptions["settle"] = async (...settled) => {
    if (!ran) {
      ran = true;
      await others();
    }
    return subscriptions.settle(...settled);
  };
  Object.assign(store, { subscriptions: { ...subscriptions, settle } });
}

test.each([
  ["settings --lang fr", "settings --at 10:30 --stages 9"],
  ["settings --at 10:30 --stages 9", "watch tag:dpo --lang fr"],
  ["watch tag:dpo --at 10:30 --lang fr", "settings --stages 9"],
])("two who set how a place is spoken to at once both have their way: %s while %s", async (line, other) => {
  const desk = await formDesk(undefined, ADMINISTERED);
  await desk.type("watch --digest weekly");
  meanwhile(desk, () => desk.type(other));
  await desk.type(line);
  const after = { at: "10:30", language: "fr", stages: [9], digest: "weekly" };
  expect(await desk.desk.store.subscriptions.of(CHANNEL)).toMatchObject(after);
});

test("what is set while somebody says where a stage escalates to stands, and the other way round", async () => {
  const desk = await formDesk(undefined, ADMINISTERED);
  await desk.type("watch");
  meanwhile(desk, () => desk.type("settings --at 10:30"));
  await desk.type("escalate --to slack:T1/C2 --after 4h");
  const escalation = { to: "slack:T1/C2", afterMinutes: 240 };
  expect(await desk.desk.store.subscriptions.of(CHANNEL)).toMatchObject({ at: "10:30", escalation });
  meanwhile(desk, () => desk.type("escalate --off"));
  await desk.type("settings --lang fr");
  expect(await desk.desk.store.subscriptions.of(CHANNEL)).toMatchObject({ at: "10:30", language: "fr", escalation: null });
});

test("a first place that is set up while somebody sets how it is spoken to is spoken to so", async () => {
  const desk = await formDesk(undefined, ADMINISTERED);
  const { store } = desk.desk;
  meanwhile(desk, async () => store.subscriptions.settle({ ...USUAL, place: CHANNEL, at: "10:30" }));
  await desk.type("list");
  expect(await store.subscriptions.of(CHANNEL)).toMatchObject({ at: "10:30", watches: [{ filters: [] }] });
});

const USUAL = {
  ...{ language: "en", zone: "UTC", at: "09:00", weekdays: [1], holidays: null, stages: null, quiet: null },
  ...{ digest: "daily", reminders: true, escalation: null, by: "p1", since: "2024-05-01T08:00:00.000Z" },
} as unknown as Parameters<Subscriptions["settle"]>[0];
