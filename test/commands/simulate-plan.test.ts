import { expect, test, vi } from "vitest";
import type * as Plan from "../../src/alerts/plan.ts";
import { sessionOfTest } from "../support/session.ts";
import { textOf } from "../support/source.ts";

const fault = vi.hoisted(() => ({ silent: false, twice: false }));

/** The plan itself, with a fault that the tests put in. */
vi.mock("../../src/alerts/plan.ts", async (original) => {
  const real = await original<typeof Plan>();
  const plan: typeof Plan.plan = (scene, view) => {
    const planned = real.plan(scene, view);
    if (fault.silent) return planned.filter(({ utterance }) => utterance.kind !== "reminder");
    return fault.twice ? planned.map((one) => ({ ...one, name: [...one.name, scene.now] })) : planned;
  };
  return { ...real, plan };
});

interface Line {
  readonly at: string;
  readonly kind: string;
  readonly stage: number | string | null;
}

async function simulated(put: Partial<typeof fault>): Promise<readonly Line[]> {
  Object.assign(fault, { silent: false, twice: false }, put);
  const session = await sessionOfTest();
  session.files.set("kourou.yaml", textOf("examples/kourou.yaml"));
  const { status, errors } = await session.type("simulate kourou.yaml --from 2024-02-10 --to 2024-02-27");
  expect([status, errors]).toEqual([0, []]);
  return session.written.map((line) => JSON.parse(line) as Line);
}

function kindsIn(lines: readonly Line[]): Readonly<Record<string, number>> {
  const kinds: Record<string, number> = {};
  for (const { kind } of lines) kinds[kind] = (kinds[kind] ?? 0) + 1;
  return kinds;
}

test("simulate prints what the plan plans: the stages before Sunday 18 February 2024, one total, a digest a day", async () => {
  const lines = await simulated({});
  const reminders = lines.filter(({ kind }) => kind === "reminder").map(({ at, stage }) => [at.slice(0, 10), stage]);
  expect(reminders).toEqual([
    ["2024-02-11", 7],
    ["2024-02-15", 3],
    ["2024-02-16", "last-working-day"],
    ["2024-02-17", 1],
    ["2024-02-18", 0],
  ]);
  expect(kindsIn(lines)).toEqual({ reminder: 5, total: 1, digest: 18 });
});

test("a plan that keeps quiet about reminders makes simulate keep quiet about them", async () => {
  expect(kindsIn(await simulated({ silent: true }))).toEqual({ total: 1, digest: 18 });
});

test("a plan that forgets what it has said makes simulate say it every day", async () => {
  expect(kindsIn(await simulated({ twice: true })).reminder).toBeGreaterThan(5);
});
