import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, onTestFinished, test } from "vitest";
import { openStore } from "../../adapters/store/sql/open.ts";
import { openRegister, type Register } from "../../src/alerts/register.ts";
import { tick } from "../../src/alerts/tick.ts";
import type { StreamAppend } from "../../src/ports/ledger.ts";
import type { Derived, Look } from "../../src/ports/matter-index.ts";
import { setClock } from "../../src/time/clock.ts";
import { type Instant, instantOf, millisecondsOf } from "../../src/time/instant.ts";
import { deskIn, folderOfTest } from "../support/cli.ts";
import { given } from "../support/given.ts";
import { fc, SEED } from "../support/seeded.ts";
import { filesUnder, ROOT } from "../support/source.ts";
import { deskOfTest, moment } from "./desk-of-test.ts";
import { story } from "./story.ts";

const RUNS = 40;

/** A desk whose appends and looks are kept: what each told of a matter. */
async function watchedDesk() {
  const desk = await deskOfTest();
  const { ledger, index } = desk.store;
  const told = new Map<string, Derived | undefined>();
  const looked = new Map<string, Derived>();
  const append = (streams: readonly StreamAppend[], ...rest: readonly [Parameters<typeof ledger.append>[1]]) => {
    for (const { stream, derived } of streams) told.set(stream, derived);
    return ledger.append(streams, ...rest);
  };
  const register: Register = openRegister({ ...ledger, append });
  const noted = async (looks: readonly Look[], at: Instant) => {
    for (const { stream, derived } of looks) looked.set(stream, derived);
    await index.looked(looks, at);
  };
  /** Looks at all that is due, at that very moment. */
  const look = () => tick({ ...desk.host, register, index: { ...index, looked: noted } });
  return { ...desk, register, told, looked, look };
}

/** The derived rows of a register's file, by stream. */
function rowsOf(file: string): ReadonlyMap<string, object> {
  const raw = new DatabaseSync(file, { readOnly: true });
  const rows = raw.prepare("SELECT stream, authority, ref, kind, state, next_day FROM matter ORDER BY stream").all();
  raw.close();
  return new Map(rows.map((row) => [row.stream as string, { ...row }]));
}

test("an append tells at once how the matter stands and its next day, and leaves it due for a look", async () => {
  const { store, clock, host, hold, record } = await deskOfTest();
  clock.set(moment("2024-01-08T12:00"));
  const key = await hold();
  expect(await store.index.states()).toEqual(new Map([["curing", 1]]));
  expect((await store.index.due(clock.now(), 10)).map(({ stream }) => stream)).toEqual([key]);
  await tick(host);
  await record(key, { type: "stayed", on: "2024-01-08" });
  expect(await store.index.states()).toEqual(new Map([["stayed", 1]]));
  expect(await store.index.due(clock.now(), 10)).toHaveLength(1);
});

test("each of the matters of one append is told of by itself", async () => {
  const { register, clock, stamp, told, looked, look } = await watchedDesk();
  clock.set(moment("2024-03-06T12:00"));
  const matters = [given({}), given({ ref: "SAN-2024-002", notified: undefined }), given({ ref: "SAN-2024-003", notified: "2024-02-09" })];
  await register.record(() => matters.map(({ key, facts }) => ({ key, facts, events: [] })), stamp());
  expect([...told.values()].map((derived) => [derived?.ref, derived?.state, derived?.nextDay])).toEqual([
    ["SAN-2024-001", "accruing", null],
    ["SAN-2024-002", "draft", null],
    ["SAN-2024-003", "curing", "2024-04-09"],
  ]);
  await look();
  expect(looked).toEqual(told);
});

test("the day is the authority's: half an hour before midnight in UTC the period is over in Paris", async () => {
  const { register, clock, stamp, told } = await watchedDesk();
  for (const [at, ref, state] of [
    ["2024-03-05T22:30", "SAN-2024-001", "curing"],
    ["2024-03-05T23:30", "SAN-2024-002", "accruing"],
  ] as const) {
    clock.set(moment(at));
    const { key, facts } = given({ ref });
    await register.record(() => [{ key, facts, events: [] }], stamp());
    expect(told.get(key)?.state).toBe(state);
  }
});

test("a matter that cannot be told, by a fault of ours, is recorded, and its row says as little as a look would", async () => {
  const { register, clock, stamp, told, looked, look, faults } = await watchedDesk();
  clock.set(moment("2024-03-06T12:00"));
  const { key, facts } = given({});
  const recorded = await register.record(() => [{ key, facts: { ...facts, authority: "NOBODY" }, events: [] }], stamp());
  expect(recorded).toMatchObject({ repeated: false });
  await look();
  expect(faults).toHaveLength(1);
  expect(looked.get(key)).toEqual({ authority: "", ref: "", kind: "", state: "", nextDay: null });
  expect(told.get(key)).toEqual(looked.get(key));
});

test(`whatever is recorded, the append tells what a look at that moment finds (seed ${SEED})`, { timeout: 120_000 }, async () => {
  const states = new Set<string>();
  let changed = 0;
  await fc.assert(
    fc.asyncProperty(fc.noBias(story), fc.integer({ min: 0, max: 24 * 60 - 1 }), async ({ matter }, minutes) => {
      const { register, clock, stamp, told, looked, look } = await watchedDesk();
      const { key, facts, events } = matter;
      const moments = [matter.registeredAt, ...events.map((one) => one.recordedAt as Instant)];
      for (const [index, at] of moments.entries()) {
        clock.set(instantOf(millisecondsOf(at) + minutes * 60_000));
        const change = index === 0 ? { key, facts, events: [] } : { key, facts: null, events: [events[index - 1]!.event] };
        await register.record(() => [change], stamp());
        const before = looked.get(key);
        await look();
        expect(told.get(key)).toEqual(looked.get(key));
        states.add(told.get(key)!.state);
        if (before !== undefined && before.state !== told.get(key)!.state) changed += 1;
      }
    }),
    { numRuns: RUNS },
  );
  expect(states.size).toBeGreaterThan(3);
  expect(changed).toBeGreaterThan(RUNS / 8);
});

test("the examples, imported in one call, stand in the register as the first look leaves them", { timeout: 60_000 }, async () => {
  const folder = folderOfTest();
  const desk = deskIn(folder);
  const files = filesUnder("examples").filter((path) => /\.ya?ml$/.test(path));
  const { registered } = await desk.ask<{ registered: readonly string[] }>("import", ...files.map((path) => join(ROOT, path)));
  const file = join(folder, "x.db");
  const told = rowsOf(file);
  expect(told.size).toBe(registered.length);
  const clock = setClock(instantOf(0));
  const store = await openStore({ url: `sqlite:${file}`, clock });
  onTestFinished(() => store.close());
  clock.set((await store.ledger.readAll(0, 1))[0]!.recordedAt);
  const { host } = await deskOfTest();
  expect((await tick({ ...host, clock, register: openRegister(store.ledger), index: store.index })).looked).toBe(registered.length);
  expect(rowsOf(file)).toEqual(told);
});
