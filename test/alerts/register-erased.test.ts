import { describe, expect, onTestFinished, test } from "vitest";
import { STORE } from "../../adapters/index.ts";
import { openRegister } from "../../src/alerts/register.ts";
import type { Facts } from "../../src/matter/facts.ts";
import { minute } from "../contracts/delivery-fixtures.ts";
import { erase } from "../contracts/privacy-fixtures.ts";

const KEYS = ["CNIL:SAN-2023-018", "CNIL:SAN-2023-019"];

async function filled() {
  const store = await STORE.open({ url: "sqlite::memory:" });
  onTestFinished(() => store.close());
  const register = openRegister(store.ledger, store.privacy);
  const stamp = { recordedAt: minute(0), by: "p1", via: "command" } as const;
  await register.record(
    () =>
      KEYS.map((key) => ({
        key,
        facts: { authority: "CNIL", ref: key.slice(5), kind: "sanction", respondent: "Ada Exemple" } as unknown as Facts,
        events: [],
      })),
    { ...stamp, commandId: "c1" },
  );
  return { store, register };
}

function respondents(matters: readonly { readonly facts: Facts }[]) {
  return matters.map(({ facts }) => facts.respondent);
}

describe("a register that was read", () => {
  test("forgets what another process has erased, whatever it is asked next", async () => {
    const { store, register } = await filled();
    const reader = openRegister(store.ledger, store.privacy);
    expect(respondents(await reader.all())).toEqual(["Ada Exemple", "Ada Exemple"]);
    await erase(store.privacy, { kind: "text", stream: KEYS[0]!, eventId: "registered-1", path: "respondent" });
    for (const one of [reader, register]) {
      expect(respondents(await one.some(KEYS))).toEqual(["[erased]", "Ada Exemple"]);
      expect((await one.matter(KEYS[0]!))?.facts.respondent).toBe("[erased]");
      expect(respondents(await one.named("SAN-2023-018"))).toEqual(["[erased]"]);
    }
  });

  test("keeps the other matters as they were, and takes what was recorded meanwhile along once", async () => {
    const { store, register } = await filled();
    const [first, other] = await register.all();
    const writer = openRegister(store.ledger, store.privacy);
    const event = { type: "note", on: "2024-02-19", text: "afterwards" } as never;
    const stamp = { recordedAt: minute(1), by: "p1", via: "command", commandId: "c2" } as const;
    await writer.record(() => [{ key: KEYS[0]!, facts: null, events: [event] }], stamp);
    await erase(store.privacy, { kind: "text", stream: KEYS[0]!, eventId: "registered-1", path: "respondent" });
    const [after, same] = await register.all();
    expect(after).toMatchObject({ key: first!.key, version: 2, events: [{ event }] });
    expect(after?.events).toHaveLength(1);
    expect(same).toBe(other);
  });
});
