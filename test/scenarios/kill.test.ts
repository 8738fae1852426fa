import { spawn } from "node:child_process";
import { once } from "node:events";
import { statSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { expect, test } from "vitest";
import { openStore } from "../../adapters/store/sql/open.ts";
import { stopwatch } from "../../src/time/clock.ts";
import { bareEnvironment, type Desk, deskIn, folderOfTest, nodeArguments } from "../support/cli.ts";
import { ROOT } from "../support/source.ts";

/** 1,200 matters keep `npm test` short; KILL_MATTERS=10000 vitest run test/scenarios/kill.test.ts is the whole of it. */
const MATTERS = Number(process.env.KILL_MATTERS ?? 1_200);
const EVENTS = MATTERS * 3;
/** Kills spread over the time that an import takes, and kills at so many bytes of the transaction written, spread over all that it writes. */
const SPREAD = 12;
const WHILE_WRITING = 12;
const AT_ONCE = 2;

function fileOfMatters(): string {
  const matters = Array.from({ length: MATTERS }, (_, index) => ({
    ref: `KILL-${index}`,
    authority: "CNIL",
    respondent: `Company ${index}`,
    kind: "sanction",
    decided: "2024-01-02",
    notified: "2024-01-05",
    items: [{ id: "a", cure: { period: "P2M", from: "notified", rule: "cure" }, penalty: { rate: "100", per: "day" } }],
    events: [
      { on: "2024-03-15", type: "complied" },
      { on: "2024-05-01", type: "closed", ref: `SAN-${index}` },
    ],
  }));
  return JSON.stringify({ matters });
}

/** When to kill: so long after the start, or once so much of the transaction lies in the write-ahead log; never, for a whole import. */
type Moment = { readonly after: number } | { readonly written: number } | null;

interface Struck {
  /** From the start of the process to its end. */
  readonly took: number;
  readonly killed: boolean;
  readonly events: number;
  readonly ok: boolean;
  /** The most that was seen of the write-ahead log, and what of it lay there, not committed, after the end. */
  readonly most: number;
  readonly unfinished: number;
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}

/** Imports into a register of its own and kills the process with SIGKILL at that moment; then opens the register again. */
async function strike(desk: Desk, number: number, moment: Moment): Promise<Struck> {
  const name = `killed-${number}.db`;
  const words = nodeArguments(["import", "matters.json", "--json", "--db", `sqlite:${name}`]);
  const file = join(desk.folder, name);
  const began = stopwatch();
  const child = spawn(process.execPath, words, { cwd: ROOT, env: bareEnvironment(desk.folder), stdio: "ignore" });
  let running = true;
  let most = 0;
  const ended = once(child, "exit").then(([, signal]) => {
    running = false;
    return signal as string | null;
  });
  while (running) {
    most = Math.max(most, sizeOf(`${file}-wal`));
    const due = moment !== null && ("after" in moment ? stopwatch() - began >= moment.after : most >= moment.written);
    if (due) child.kill("SIGKILL");
    // Looked at each millisecond: looking without a pause would take the processor from the import itself.
    await wait(1);
  }
  const signal = await ended;
  const took = stopwatch() - began;
  const unfinished = sizeOf(`${file}-wal`);
  const store = await openStore({ url: `sqlite:${file}` });
  const { events, ok } = await store.ledger.verify();
  await store.close();
  return { took, killed: signal === "SIGKILL", events, ok, most, unfinished };
}

test("an import that is killed at any moment is there whole or not at all, and the register holds", { timeout: 300_000 }, async () => {
  const desk = deskIn(folderOfTest());
  desk.write("matters.json", fileOfMatters());
  const whole = await strike(desk, 1_000, null);
  expect([whole.killed, whole.events, whole.ok]).toEqual([false, EVENTS, true]);
  const spread = Array.from({ length: SPREAD }, (_, index): Moment => ({ after: ((index + 0.5) / SPREAD) * whole.took }));
  const writing = Array.from(
    { length: WHILE_WRITING },
    (_, index): Moment => ({ written: Math.ceil(((index + 0.5) / WHILE_WRITING) * whole.most) }),
  );
  const struck: Struck[] = [];
  await eachOf([...spread, ...writing], async (moment, index) => struck.push(await strike(desk, index, moment)));

  expect(struck.length).toBe(SPREAD + WHILE_WRITING);
  expect(struck.filter(({ ok }) => !ok)).toEqual([]);
  expect(struck.filter(({ events }) => events !== 0 && events !== EVENTS)).toEqual([]);
  const none = struck.filter(({ killed, events }) => killed && events === 0);
  // Some rows were on the disk already, and are not there for anybody.
  const midway = none.filter(({ unfinished }) => unfinished > 0);
  expect(midway.length).toBeGreaterThan(0);
  const kept = struck.filter(({ events }) => events === EVENTS).length;
  process.stdout.write(
    `kill: ${MATTERS} matters in ${Math.round(whole.took)} ms; of ${struck.length} kills ${none.length} left nothing ` +
      `(${midway.length} of them with rows written), ${kept} everything\n`,
  );
});

async function eachOf(moments: readonly Moment[], work: (moment: Moment, index: number) => Promise<unknown>): Promise<void> {
  const left = [...moments.entries()];
  const worker = async () => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) await work(next[1], next[0]);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

test("what was killed can be imported again", async () => {
  const desk = deskIn(folderOfTest());
  desk.write("matters.json", fileOfMatters());
  const { events } = await strike(desk, 0, { after: 400 });
  const again = await strike(desk, 0, null);
  expect([events === 0 || events === EVENTS, again]).toMatchObject([true, { events: EVENTS, ok: true }]);
});
