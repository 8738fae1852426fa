import { writeFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { type Cli, cli, openCli } from "../support/child.ts";

interface Line {
  readonly at: string;
  readonly kind: string;
  readonly matter: string | null;
  readonly stage: number | string | null;
  readonly text: string;
  readonly through: string;
  readonly clock?: string;
  readonly clockId?: string;
  readonly running?: readonly { readonly currency: string; readonly theoretical: string }[];
  readonly watched?: number;
  readonly head?: string;
}

async function simulated(args: readonly string[]): Promise<readonly Line[]> {
  const ran = await cli(["simulate", ...args, "--json"]);
  expect(ran.errors).toBe("");
  return ran.output
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Line);
}

let whole: Promise<readonly Line[]> | undefined;

/** The whole of Clearview, simulated once for the tests that read it. */
function clearview(): Promise<readonly Line[]> {
  whole ??= simulated(CLEARVIEW);
  return whole;
}

const CLEARVIEW = ["examples/clearview-cnil.yaml", "--from", "2022-10-17", "--to", "2023-05-10"];

describe("a simulation of CNIL v. Clearview AI", () => {
  test("says each stage once, in order, on its day at 09:00 of Paris, and each total on each seventh day", async () => {
    const lines = (await clearview()).filter(({ matter }) => matter === "SAN-2022-019");
    const reminders = lines.filter(({ kind, clock }) => kind === "reminder" && clock === undefined);
    expect(reminders.map(({ at, stage }) => [at, stage])).toEqual([
      ["2022-11-18T09:00:00+01:00", 30],
      ["2022-12-04T09:00:00+01:00", 14],
      ["2022-12-11T09:00:00+01:00", 7],
      ["2022-12-15T09:00:00+01:00", 3],
      ["2022-12-16T09:00:00+01:00", "last-working-day"],
      ["2022-12-17T09:00:00+01:00", 1],
      ["2022-12-18T09:00:00+01:00", 0],
    ]);
    const totals = lines.filter(({ kind }) => kind === "total").map(({ at }) => at.slice(0, 10));
    expect(totals[0]).toBe("2022-12-25");
    expect(totals).toHaveLength(20);
    expect(totals.at(-1)).toBe("2023-05-07");
    expect(lines.filter(({ kind }) => kind === "event").map(({ at }) => at.slice(0, 10))).toEqual(["2023-02-09", "2023-04-13"]);
  });

  test("says the observations on the announced sum as a clock of their own, the latest stage at once, until their day", async () => {
    const clocks = (await clearview()).filter(({ clock }) => clock !== undefined);
    expect(new Set(clocks.map(({ kind, clock, clockId }) => `${kind} ${clock} ${clockId}`)).size).toBe(1);
    expect(clocks[0]).toMatchObject({ kind: "reminder", clock: "observations", matter: "SAN-2022-019", deadline: "2023-02-24" });
    expect(clocks[0]!.text).toContain("15 days left");
    expect(clocks.map(({ at, stage }) => [at.slice(0, 10), stage])).toEqual([
      ["2023-02-09", 30],
      ["2023-02-10", 14],
      ["2023-02-17", 7],
      ["2023-02-21", 3],
      ["2023-02-23", 1],
      ["2023-02-24", 0],
    ]);
  });

  test("posts a digest on each day that agrees with what show says of the day before", async () => {
    const digests = (await clearview()).filter(({ kind }) => kind === "digest");
    expect(digests).toHaveLength(206);
    expect(new Set(digests.map(({ at }) => at)).size).toBe(206);
    await using register = await scratch(["import", "examples/clearview-cnil.yaml"]);
    for (const digest of digests.filter((_, index) => index % 67 === 0 || index > 203)) {
      const shown = JSON.parse((await register.run(["show", "SAN-2022-019", "--on", digest.through, "--json"])).output);
      const runs = digest.running?.find(({ currency }) => currency === "EUR")?.theoretical ?? "0.00";
      expect([digest.through, runs]).toEqual([digest.through, shown.totals[0].theoretical]);
      expect(digest.head).toMatch(/^[0-9a-f]{64}$/);
    }
  });

  test("begins in the middle without repeating what was said before", async () => {
    const whole = (await clearview()).filter(({ at }) => at >= "2022-12-12");
    const part = await simulated(["examples/clearview-cnil.yaml", "--from", "2022-12-12", "--to", "2023-05-10"]);
    const named = (lines: readonly Line[]) => lines.map(({ at, kind, matter, stage }) => [at, kind, matter, stage]);
    expect(named(part)).toEqual(named(whole));
  });
});

describe("a simulation", () => {
  test("of a matter whose notification comes later knows it from its day on", async () => {
    const lines = await simulated(["examples/kourou.yaml", "--from", "2023-12-12", "--to", "2024-02-20"]);
    const drafts = lines.filter(({ kind }) => kind === "digest").map(({ at, text }) => [at.slice(0, 10), /(\d) drafts?/.exec(text)?.[1]]);
    expect(drafts.find(([day]) => day === "2023-12-17")).toEqual(["2023-12-17", "1"]);
    expect(drafts.find(([day]) => day === "2023-12-18")).toEqual(["2023-12-18", "0"]);
    const stages = lines
      .filter(({ kind, stage }) => kind === "reminder" && stage !== "missing-fact")
      .map(({ at, stage }) => [at.slice(0, 10), stage]);
    expect(stages).toEqual([
      ["2024-01-19", 30],
      ["2024-02-04", 14],
      ["2024-02-11", 7],
      ["2024-02-15", 3],
      ["2024-02-16", "last-working-day"],
      ["2024-02-17", 1],
      ["2024-02-18", 0],
    ]);
  });

  test("says that a cap is near once and that it is reached once", async () => {
    const lines = await simulated(["examples/apple-acm.yaml", "--from", "2022-01-01", "--to", "2022-06-01"]);
    const caps = lines.filter(({ kind }) => kind.startsWith("cap")).map(({ at, kind }) => [at.slice(0, 10), kind]);
    expect(caps).toEqual([
      ["2022-03-20", "cap-near"],
      ["2022-03-27", "cap-reached"],
    ]);
    const totals = lines.filter(({ kind }) => kind === "total");
    expect(totals.at(-1)?.at.slice(0, 10)).toBe("2022-03-26");
  });

  test("takes its own export: the ids of the file's events stay theirs, and a correction mends the one it names", async () => {
    const order = { ref: "S-1", authority: "CNIL", respondent: "Example SA", kind: "order", decided: "2025-01-02", notified: "2025-01-06" };
    const item = { id: "a", cure: { period: "P1M" }, penalty: { rate: "100", per: "day" } };
    const events = [
      { id: "e1", on: "2025-03-01", type: "rate-changed", rate: "50", item: "a" },
      { on: "2025-03-02", type: "rate-changed", rate: "60", item: "a" },
      { id: "mended", on: "2025-03-04", type: "corrected", event: "e1", set: { rate: "40" }, because: "misread" },
    ];
    await using register = await openCli();
    await writeFile(`${register.folder}/s.json`, JSON.stringify({ matters: [{ ...order, items: [item], events }] }));
    const imported = await register.run(["import", `${register.folder}/s.json`]);
    expect([imported.status, imported.errors]).toEqual([0, ""]);
    const exported = await register.run(["export", "--format", "json"]);
    await writeFile(`${register.folder}/x.json`, exported.output);
    const lines = await simulated([`${register.folder}/x.json`, "--from", "2025-01-06", "--to", "2025-03-16"]);
    const told = lines.filter(({ kind }) => kind === "event" || kind === "correction").map(({ at, kind }) => [at.slice(0, 10), kind]);
    expect(told).toEqual([
      ["2025-01-06", "event"],
      ["2025-03-01", "event"],
      ["2025-03-02", "event"],
      ["2025-03-04", "correction"],
    ]);
    const digest = lines.filter(({ kind }) => kind === "digest").at(-1)!;
    const shown = JSON.parse((await register.run(["show", "S-1", "--on", digest.through, "--json"])).output);
    expect(digest.running?.[0]?.theoretical).toBe(shown.totals[0].theoretical);
  });

  test("of authorities in two zones asks for the place's zone", async () => {
    const ran = await cli(["simulate", "examples/kourou.yaml", "examples/4chan-ofcom.yaml", "--from", "2025-10-01", "--to", "2025-10-02"]);
    expect(ran.status).toBe(1);
    expect(ran.errors).toContain("--zone");
  });
});

async function scratch(first: readonly string[]): Promise<Cli & AsyncDisposable> {
  const register = await openCli();
  expect((await register.run(first)).status).toBe(0);
  return register;
}
