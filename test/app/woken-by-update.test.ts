import { expect, onTestFinished, test } from "vitest";
import { STORE } from "../../adapters/index.ts";
import { UNTOLD } from "../../src/alerts/look.ts";
import { openRegister } from "../../src/alerts/register.ts";
import { rulebook } from "../../src/alerts/rulebook.ts";
import type { Desk } from "../../src/app/answer.ts";
import { takeOver } from "../../src/app/tick-host.ts";
import { setClock } from "../../src/time/clock.ts";
import { matterOf } from "../cards/kourou.ts";
import { adapterOfTest } from "./desk-of-test.ts";
import { keptLog, NOW } from "./kept-log.ts";

/** A desk with one matter that was looked at and is never to be looked at again. */
async function deskAsleep() {
  const store = await STORE.open({ url: "sqlite::memory:" });
  onTestFinished(() => store.close());
  const { key, facts } = matterOf({});
  const register = openRegister(store.ledger);
  await register.record(() => [{ key, facts, events: [] }], { recordedAt: NOW, by: "p1", commandId: "c1", via: "command" });
  const running = { adapters: [adapterOfTest("slack")], owns: { place: () => true } };
  const desk = { store, register, clock: setClock(NOW), log: keptLog(), running } as unknown as Desk;
  async function sleep(): Promise<void> {
    const due = await store.index.due(NOW, 10);
    await store.index.looked(
      due.map(({ stream, version, woken }) => ({ stream, version, woken, wakeAt: null, derived: UNTOLD })),
      NOW,
    );
  }
  await sleep();
  return { desk, store, key, sleep };
}

test("a matter that a program before let sleep for good is looked at once when this one takes over", async () => {
  const { desk, store, key, sleep } = await deskAsleep();
  await store.state("desk").set("looked-by", `${rulebook()} slack`);
  expect(await store.index.due(NOW, 10)).toEqual([]);
  await takeOver(desk, undefined);
  expect((await store.index.due(NOW, 10)).map(({ stream }) => stream)).toEqual([key]);
  await sleep();
  await takeOver(desk, undefined);
  expect(await store.index.due(NOW, 10)).toEqual([]);
});
