import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openStore } from "../../adapters/store/sql/open.ts";
import { stopwatch } from "../../src/time/clock.ts";
import { bareEnvironment, type Desk, deskIn, folderOfTest, nodeArguments } from "../support/cli.ts";
import { ROOT } from "../support/source.ts";

/** 3,000 matters keep `npm test` short; KILL_MATTERS=10000 vitest run test/scenarios/kill.test.ts is the whole of it. */
const MATTERS = Number(process.env.KILL_MATTERS ?? 3_000);
const EVENTS = MATTERS * 3;
/** Spread over the time that an import takes; then more of them where it comes to be there: before the last that left nothing, after the first that left all. */
const SPREAD = 38;
const AT_THE_TURN = 12;
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

interface Struck {
  readonly after: number;
  /** From the start of the process to its end. */
  readonly took: number;
  readonly killed: boolean;
  readonly events: number;
  readonly ok: boolean;
  /** Bytes of the transaction that were on the disk without being committed. */
  readonly unfinished: number;
}

/** Imports into a register of its own and kills the process with SIGKILL after so many milliseconds; then opens the register again. */
async function strike(desk: Desk, number: number, after: number): Promise<Struck> {
  const name = `killed-${number}.db`;
  const words = nodeArguments(["import", "matters.json", "--json", "--db", `sqlite:${name}`]);
  const killing = after === Number.POSITIVE_INFINITY ? {} : { timeout: Math.max(1, Math.round(after)), killSignal: "SIGKILL" as const };
  const began = stopwatch();
  const child = spawn(process.execPath, words, { cwd: ROOT, env: bareEnvironment(desk.folder), stdio: "ignore", ...killing });
  const [, signal] = (await once(child, "exit")) as [number | null, string | null];
  const took = stopwatch() - began;
  const file = join(desk.folder, name);
  const unfinished = existsSync(`${file}-wal`) ? statSync(`${file}-wal`).size : 0;
  const store = await openStore({ url: `sqlite:${file}` });
  const { events, ok } = await store.ledger.verify();
  await store.close();
  return { after, took, killed: signal === "SIGKILL", events, ok, unfinished };
}

test("an import that is killed at any moment is there whole or not at all, and the register holds", { timeout: 300_000 }, async () => {
  const desk = deskIn(folderOfTest());
  desk.write("matters.json", fileOfMatters());
  await strike(desk, 1_000, Number.POSITIVE_INFINITY);
  // Two at once, as they are below, so that the moments are spread over the time that an import then takes.
  const whole = await Promise.all([1_001, 1_002].map((number) => strike(desk, number, Number.POSITIVE_INFINITY)));
  expect(whole.map(({ killed, events, ok }) => [killed, events, ok])).toEqual([
    [false, EVENTS, true],
    [false, EVENTS, true],
  ]);
  const milliseconds = Math.max(...whole.map(({ took }) => took));
  const spread = Array.from({ length: SPREAD }, (_, index) => ((index + 0.5) / SPREAD) * milliseconds);
  const struck: Struck[] = [];
  await eachOf(spread, async (after, index) => struck.push(await strike(desk, index, after)));
  const latest = Math.max(0, ...struck.filter(({ events }) => events === 0).map(({ after }) => after));
  const earliest = Math.min(milliseconds, ...struck.filter(({ events }) => events > 0).map(({ after }) => after));
  const [from, to] = [Math.min(latest, earliest) - 60, Math.max(latest, earliest) + 20];
  const turn = Array.from({ length: AT_THE_TURN }, (_, index) => from + ((index + 0.5) / AT_THE_TURN) * (to - from));
  await eachOf(turn, async (after, index) => struck.push(await strike(desk, SPREAD + index, after)));

  // A busy machine may let every kill miss the moment of writing: once more at the turn, at most twenty times.
  const isMidway = ({ killed, events, unfinished }: Struck) => killed && events === 0 && unfinished > 1_000_000;
  for (let extra = 0; extra < 20 && !struck.some(isMidway); extra++)
    struck.push(await strike(desk, 500 + extra, from + ((extra + 0.5) / 20) * (to - from)));

  expect(struck.length).toBeGreaterThanOrEqual(SPREAD + AT_THE_TURN);
  expect(struck.filter(({ ok }) => !ok)).toEqual([]);
  expect(struck.filter(({ events }) => events !== 0 && events !== EVENTS)).toEqual([]);
  const none = struck.filter(({ killed, events }) => killed && events === 0);
  expect(none.length).toBeGreaterThan(0);
  // Some rows were on the disk already, and are not there for anybody.
  const midway = none.filter(isMidway);
  expect(midway.length).toBeGreaterThan(0);
  const kept = struck.filter(({ events }) => events === EVENTS).length;
  process.stdout.write(
    `kill: ${MATTERS} matters in ${Math.round(milliseconds)} ms; of ${struck.length} kills ${none.length} left nothing ` +
      `(${midway.length} of them with rows written), ${kept} everything\n`,
  );
});

async function eachOf(moments: readonly number[], work: (after: number, index: number) => Promise<unknown>): Promise<void> {
  const left = [...moments.entries()];
  const worker = async () => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) await work(next[1], next[0]);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

test("what was killed can be imported again", async () => {
  const desk = deskIn(folderOfTest());
  desk.write("matters.json", fileOfMatters());
  const { events } = await strike(desk, 0, 400);
  const again = await strike(desk, 0, Number.POSITIVE_INFINITY);
  expect([events === 0 || events === EVENTS, again]).toMatchObject([true, { events: EVENTS, ok: true }]);
});
