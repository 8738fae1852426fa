import { describe, expect, test, vi } from "vitest";
import type { Place } from "../../src/ports/chat.ts";
import { instantOf, millisecondsOf } from "../../src/time/instant.ts";
import { type Many, manyOfTest, NOON, type Served, serve } from "./many-of-test.ts";

const ORDER = "--kind order --decided 2026-09-01 --notified 2026-09-22 --period P2M --item work --rate 100 --per day";
const [OWN, WATCHING, KEPT, NAMED] = ["slack:T1/U1", "slack:T1/C1", "slack:T1/C2", "slack:T1/C9"];

/** The firm has named a place for operations and watches in others; by now some of them are the client's. */
async function firm(given: readonly string[], chat: Many, operations: Place | null = null): Promise<Served> {
  const served = await serve(chat, { operations });
  const { ask, store } = served;
  await ask(WATCHING, `register CNIL SAN-1 "Firm Ltd" ${ORDER}`);
  await ask(NAMED, "operations here");
  await ask(KEPT, "watch");
  await store.desk("acme");
  for (const place of given) await store.members.assign(place, "acme", NOON);
  await chat.host.workspacesChanged();
  return served;
}

/** Where it was said that a place belongs to another desk, over three days. */
async function told({ clock, ask }: Served, chat: Many): Promise<readonly string[]> {
  for (const days of [1, 2, 3]) {
    clock.set(instantOf(millisecondsOf(NOON) + days * 86_400_000));
    const before = chat.posted.length;
    await ask(WATCHING, "watch state:accruing");
    await ask(WATCHING, "unwatch w2");
    await vi.waitFor(() => expect(chat.posted.length).toBeGreaterThan(before), 5_000);
  }
  const lines = () => chat.posted.filter(({ title }) => title.includes("to another desk now"));
  await vi.waitFor(() => expect(lines()).not.toEqual([]), 5_000);
  return lines().map(({ to }) => to);
}

describe("an operations place that belongs to another desk by now", () => {
  test("hears of nothing: what is configured stands in for it", async () => {
    const chat = manyOfTest(true);
    const served = await firm([KEPT, NAMED], chat, WATCHING as Place);
    expect(await told(served, chat)).toEqual([WATCHING]);
    const shown = await served.ask(WATCHING, "operations");
    expect(shown).toContain(`{"place":"${NAMED}"}," was named for what could not be delivered and belongs to another desk now`);
    expect(shown).toContain(`{"place":"${WATCHING}"}," hears of what could not be delivered, as the configuration has it`);
  });

  test("where nothing is configured, whoever has set up what was given away is told, once", async () => {
    const chat = manyOfTest(true);
    const served = await firm([KEPT, NAMED], chat);
    expect(await told(served, chat)).toEqual([OWN]);
    expect(await served.ask(WATCHING, "operations")).toContain("No place is named that hears of what could not be delivered");
  });

  test("where they cannot be written to, a place that watches is told", async () => {
    const chat = Object.assign(manyOfTest(true), { direct: () => null });
    const served = await firm([KEPT, NAMED], chat);
    expect(await told(served, chat)).toEqual([WATCHING]);
  });

  test("is no platform that is not served: what waits is told in its own words", async () => {
    const chat = manyOfTest(true);
    const { ready } = await firm([KEPT], chat);
    const { checks } = (await ready()) as { readonly checks: readonly { readonly check: string; readonly wrong?: string | null }[] };
    expect(checks.find(({ check }) => check === "reached")).toMatchObject({
      state: "attention",
      wrong: "1 place that belongs to another desk now: what is due there waits",
    });
  });
});
