import { describe, expect, onTestFinished, test } from "vitest";
import { plainText } from "../../adapters/chat/shared/plain.ts";
import { STORE } from "../../adapters/index.ts";
import { openDesk } from "../../src/app/answer.ts";
import { retentionMessages } from "../../src/app/retention-message.ts";
import type { Facts } from "../../src/matter/facts.ts";
import type { Place } from "../../src/ports/chat.ts";
import { setClock } from "../../src/time/clock.ts";
import type { Instant } from "../../src/time/instant.ts";

const OPERATIONS = "slack:T1/COPS" as Place;
const at = (moment: string) => moment as Instant;

async function deskWith(count: number) {
  const store = await STORE.open({ url: "sqlite::memory:" });
  onTestFinished(() => store.close());
  const log = { info: () => {}, warn: () => {}, error: () => {} };
  const desk = openDesk(store, { clock: setClock(at("2026-11-02T09:00:00.000Z")), log, language: "en", zone: "Europe/Paris" });
  const facts = { authority: "CNIL", kind: "sanction", respondent: "Ada Exemple", visibility: "public", published: "2020-01-01" };
  const changes = Array.from({ length: count }, (_, index) => ({
    key: `CNIL:SAN-2019-00${index}`,
    facts: { ...facts, ref: `SAN-2019-00${index}` } as unknown as Facts,
    events: [],
  }));
  const stamp = { recordedAt: at("2020-01-01T09:00:00.000Z"), by: "p1", via: "command", commandId: "c1" } as const;
  if (count > 0) await desk.register.record(() => changes, stamp);
  return desk;
}

describe("the word on what waits for a retention review", () => {
  test("says how many to the operations place, and names none", async () => {
    const messages = retentionMessages(await deskWith(2), async () => OPERATIONS);
    const [one, ...others] = await messages(at("2026-11-02T09:00:00.000Z"), "ab");
    expect(others).toEqual([]);
    expect([one?.place, one?.due.basis.stream]).toEqual([OPERATIONS, null]);
    const said = plainText(one!.card());
    expect(said).toContain("2 matters wait for a retention review");
    expect(said).not.toMatch(/SAN|Ada|CNIL/);
  });

  test("has one key a month, and is not said before nine", async () => {
    const messages = retentionMessages(await deskWith(1), async () => OPERATIONS);
    expect(await messages(at("2026-11-02T07:59:59.000Z"), "ab")).toEqual([]);
    const keys = [];
    for (const day of ["2026-11-02", "2026-11-30", "2026-12-01"]) keys.push((await messages(at(`${day}T08:30:00.000Z`), "ab"))[0]?.due.key);
    expect(keys[0]).toBe(keys[1]);
    expect(new Set(keys).size).toBe(2);
  });

  test("is not said where nothing waits, and where nobody named a place", async () => {
    expect(await retentionMessages(await deskWith(0), async () => OPERATIONS)(at("2026-11-02T09:00:00.000Z"), "ab")).toEqual([]);
    expect(await retentionMessages(await deskWith(1), async () => null)(at("2026-11-02T09:00:00.000Z"), "ab")).toEqual([]);
  });
});
