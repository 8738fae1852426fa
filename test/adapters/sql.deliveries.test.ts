import { DatabaseSync } from "node:sqlite";
import { describe, expect, test } from "vitest";
import type { DeliveryKey } from "../../src/ports/chat.ts";
import { claimOf, DELIVERED, HERE, minute, NEVER, say, settledAs, THERE, unknown } from "../contracts/delivery-fixtures.ts";
import { subjectOfTest } from "./sql-subject.ts";

/** How SQLite would answer it. */
function planOf(file: string, question: string): string {
  const raw = new DatabaseSync(file, { readOnly: true });
  const steps = raw.prepare(`EXPLAIN QUERY PLAN ${question}`).all();
  raw.close();
  return steps.map(({ detail }) => detail).join("; ");
}

describe("a delivery in SQLite", () => {
  test("is said with the message that was claimed, be it its own key, which is not written twice", async () => {
    const { file, store } = await subjectOfTest();
    const alone = { ...claimOf("alone"), message: "alone" as DeliveryKey };
    await store.deliveries.turn([], [alone, claimOf("in a burst")], minute(0));
    const known = await store.deliveries.known(["alone", "in a burst"] as DeliveryKey[]);
    expect([...known.values()].map(({ key, message }) => [key, message])).toEqual([
      ["alone", "alone"],
      ["in a burst", "in a burst/message"],
    ]);
    const raw = new DatabaseSync(file, { readOnly: true });
    expect(
      raw
        .prepare("SELECT key, message FROM delivery ORDER BY key")
        .all()
        .map((row) => row.message),
    ).toEqual(["", "in a burst/message"]);
    raw.close();
  });

  test("of a kind that is said of matters is told as the last one, too, beside digests", async () => {
    const { store } = await subjectOfTest();
    await say(store.deliveries, "digest", DELIVERED, 1, { kind: "digest", stream: null });
    expect(await store.deliveries.last(HERE, "reminder")).toBeNull();
    await say(store.deliveries, "first", DELIVERED, 2);
    await say(store.deliveries, "second", DELIVERED, 3);
    await say(store.deliveries, "elsewhere", DELIVERED, 4, { place: THERE });
    expect(await store.deliveries.last(HERE, "reminder")).toMatchObject({ key: "second" });
    expect(await store.deliveries.last(HERE, "digest")).toMatchObject({ key: "digest" });
    expect(await store.deliveries.last(THERE, "digest")).toBeNull();
  });

  test("that came out in each way is settled in one turn with the others, and counted", async () => {
    const { store } = await subjectOfTest();
    const keys = ["a", "b", "c", "d"];
    await store.deliveries.turn(
      [],
      [...keys, "open"].map((key) => claimOf(key)),
      minute(0),
    );
    const outcomes = [NEVER, DELIVERED, unknown(5), DELIVERED];
    await store.deliveries.turn(
      keys.map((key, index) => settledAs(key, outcomes[index]!)),
      [],
      minute(1),
    );
    expect(await store.deliveries.tally()).toMatchObject({ delivered: 2, never: 1, unknown: 1, later: 0, claimed: 1 });
  });

  test("is found by an index, whatever is asked", async () => {
    const { file, store } = await subjectOfTest();
    await say(store.deliveries, "a", DELIVERED, 1);
    const asked = {
      delivery_said:
        "SELECT * FROM delivery WHERE desk = ? AND kind = ? AND outcome = 'delivered' AND place = ? AND stream IS NULL ORDER BY settled_at DESC",
      delivery_about: "SELECT * FROM delivery WHERE desk = ? AND stream = ? ORDER BY first_at, key",
      delivery_open: "SELECT * FROM delivery WHERE desk = ? AND (outcome IS NULL OR outcome <> 'delivered') AND superseded = 0",
    };
    for (const [index, question] of Object.entries(asked)) expect(planOf(file, question)).toContain(index);
    expect(planOf(file, "SELECT count(*) FROM delivery WHERE desk = ?")).toContain("COVERING INDEX");
  });
});
