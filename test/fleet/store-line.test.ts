import { setTimeout as wait } from "node:timers/promises";
import { expect, onTestFinished, test } from "vitest";
import { openStore } from "../../adapters/store/sql/open.ts";
import { openRegister } from "../../src/alerts/register.ts";
import { systemClock } from "../../src/time/clock.ts";
import { randomOf } from "../faults/random.ts";
import { startPostgres } from "../support/postgres.ts";
import { SEED } from "../support/seeded.ts";
import { eventDay, fillFleetRegister } from "./fleet-register.ts";
import { tcpProxy } from "./tcp-proxy.ts";

const COMMANDS = 80;

/** What a person is told who types it: recorded, not recorded, or that nobody knows. */
type Told = "recorded" | "not" | "unknown";

test(`what is recorded over a line that is cut at any moment is there once, and what is said not to be is not (seed ${SEED})`, async () => {
  const random = randomOf(SEED);
  const postgres = await startPostgres();
  onTestFinished(() => postgres.stop());
  const url = await postgres.database();
  const store = await openStore({ url });
  onTestFinished(() => store.close());
  const [key] = (await fillFleetRegister(store, random, 1)) as readonly [string];
  const line = await tcpProxy(postgres.port);
  onTestFinished(() => line.close());
  const far = await openStore({ url: url.replace(`:${postgres.port}/`, `:${line.port}/`) });
  onTestFinished(() => far.close());
  const register = openRegister(far.ledger);

  async function type(amount: number): Promise<Told> {
    const event = { type: "invoiced", on: eventDay(), amount: String(amount), for: "a" } as const;
    const stamp = { recordedAt: systemClock.now(), by: "p1", commandId: `command ${amount}`, via: "command" } as const;
    try {
      const recorded = await register.record(() => [{ key, facts: null, events: [event] }], stamp);
      return "head" in recorded ? "recorded" : "not";
    } catch (error) {
      if (!(error instanceof Error) || !["LostConnection", "InDoubt"].includes(error.name)) throw error;
      return error.name === "InDoubt" ? "unknown" : "not";
    }
  }

  const told: Told[] = [];
  for (let amount = 1; amount <= COMMANDS; amount++) {
    const typed = type(amount);
    if (random.chance(0.8)) {
      await wait(random.below(12));
      line.cut();
    }
    told.push(await typed);
  }
  const [matter] = await openRegister(store.ledger).some([key]);
  const times = (amount: number) => matter!.events.filter(({ event }) => "amount" in event && event.amount === String(amount)).length;
  const wrong = told.flatMap((said, index) => {
    const there = times(index + 1);
    return there === (said === "recorded" ? 1 : 0) || (said === "unknown" && there <= 1) ? [] : [`${index + 1}: ${said}, ${there} times`];
  });
  expect(wrong).toEqual([]);
  expect(new Set(told)).toContain("not");
  expect(new Set(told)).toContain("recorded");
  // Whoever was not told types it again, with the same id: once is once.
  for (let amount = 1; amount <= COMMANDS; amount++) expect(await type(amount)).toBe("recorded");
  const [after] = await openRegister(store.ledger).some([key]);
  expect(after!.events.map(({ event }) => "amount" in event && Number(event.amount)).sort()).toEqual(
    Array.from({ length: COMMANDS }, (_, index) => index + 1).sort(),
  );
  expect(await store.ledger.verify()).toMatchObject({ ok: true });
});
