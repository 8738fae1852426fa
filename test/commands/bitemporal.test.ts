import { describe, expect, test } from "vitest";
import { COMMANDS } from "../../src/commands/index.ts";
import type { PersonRef, Place } from "../../src/ports/chat.ts";
import type { Instant } from "../../src/time/instant.ts";
import { type Session, sessionOfTest } from "../support/session.ts";

const MATTER = {
  ref: "SAN-2025-001",
  authority: "CNIL",
  respondent: "Exemple SA",
  kind: "sanction",
  decided: "2025-01-02",
  notified: "2025-01-05",
  items: [{ id: "a", cure: { period: "P2M", rule: "cure" }, penalty: { rate: "100", per: "day", cap: { amount: "100000" } } }],
};
const OTHER = { ...MATTER, ref: "SAN-2025-002", items: [{ ...MATTER.items[0], cure: { until: "2025-12-31", because: "set" } }] };
/** It is the fifteenth of January 2026 in the register; what is learnt next is learnt on the sixteenth. */
const [FIRST, SECOND] = ["2026-01-15T12:00:00Z", "2026-01-16T09:00:00.000Z"];

async function desk(): Promise<Session> {
  const session = await sessionOfTest();
  expect((await session.bring(MATTER, OTHER)).status).toBe(0);
  session.clock.set(SECOND as Instant);
  await session.ask("complied SAN-2025-001 --on 2025-04-01");
  return session;
}

type Listed = { readonly matters: readonly { readonly ref: string; readonly state: string; readonly next: { day: string } | null }[] };

describe("list", () => {
  test("says what held on a day, filters and next deadlines with it", async () => {
    const { ask } = await desk();
    const on = async (line: string) => (await ask<Listed>(line)).matters.map(({ ref, state, next }) => [ref, state, next?.day ?? null]);
    expect(await on("list --on 2025-02-01")).toEqual([
      ["SAN-2025-001", "curing", "2025-03-05"],
      ["SAN-2025-002", "curing", "2025-12-31"],
    ]);
    expect(await on("list state:accruing --on 2025-03-20")).toEqual([["SAN-2025-001", "accruing", null]]);
    expect(await on("list state:claimed --on 2025-04-01")).toEqual([["SAN-2025-001", "claimed", null]]);
  });

  test("and as it was recorded by a moment", async () => {
    const { ask } = await desk();
    const states = async (line: string) => (await ask<Listed>(line)).matters.map(({ state }) => state);
    expect(await states(`list ref:SAN-2025-001 --on 2025-06-01 --known-at ${FIRST}`)).toEqual(["accruing"]);
    expect(await states("list ref:SAN-2025-001 --on 2025-06-01")).toEqual(["claimed"]);
    expect(await states("list --known-at 2026-01-14T12:00:00Z")).toEqual([]);
  });

  test("refuses a day that is yet to come", async () => {
    const { type } = await desk();
    expect(await type("list --on 2026-01-17")).toMatchObject({ status: 1, json: { error: { code: "on-in-future" } } });
  });
});

describe("history", () => {
  test("has the events of a day or before, and those recorded by a moment", async () => {
    const { ask } = await desk();
    const types = async (line: string) => (await ask<{ events: { type: string }[] }>(line)).events.map(({ type }) => type);
    expect(await types("history SAN-2025-001")).toEqual(["complied"]);
    expect(await types("history SAN-2025-001 --on 2025-03-31")).toEqual([]);
    expect(await types(`history SAN-2025-001 --known-at ${FIRST}`)).toEqual([]);
  });
});

interface Cost {
  readonly scenarios: readonly {
    readonly comply: string;
    readonly units: number;
    readonly theoretical: { amount: string };
    readonly capReached: string | null;
  }[];
  readonly oneMoreDay: { amount: string };
  readonly capBinds: string | null;
}

describe("cost", () => {
  test("puts several days side by side, with the day on which the cap binds if nobody ever complies", async () => {
    const { ask } = await desk();
    const { scenarios, oneMoreDay, capBinds } = await ask<Cost>(
      "cost SAN-2025-002 --comply 2026-01-31 --comply 2026-02-28 --comply 2029-01-01",
    );
    expect(scenarios.map(({ comply, units, theoretical, capReached }) => [comply, units, theoretical.amount, capReached])).toEqual([
      ["2026-01-31", 31, "3100.00", null],
      ["2026-02-28", 59, "5900.00", null],
      ["2029-01-01", 1000, "100000.00", "2028-09-26"],
    ]);
    expect(oneMoreDay.amount).toBe("0.00");
    expect(capBinds).toBe("2028-09-26");
  });

  test("projects from what held on a day, and from what was recorded by a moment", async () => {
    const { ask, type } = await desk();
    const cost = async (line: string) => (await ask<Cost>(line)).scenarios.map(({ theoretical }) => theoretical.amount);
    await ask("accepted SAN-2025-001 --on 2025-05-01");
    expect((await type("cost SAN-2025-001 --comply 2025-05-31")).json).toMatchObject({ error: { code: "nothing-runs" } });
    expect(await cost("cost SAN-2025-001 --comply 2025-05-31 --on 2025-04-30")).toEqual(["8700.00"]);
    expect(await cost(`cost SAN-2025-001 --comply 2025-05-31 --known-at ${FIRST}`)).toEqual(["8700.00"]);
  });

  test("of items under one cap shares it among them", async () => {
    const session = await sessionOfTest();
    const items = ["x", "y"].map((id) => ({ id, cure: { until: "2025-12-31", because: "set" }, penalty: { rate: "100", per: "day" } }));
    await session.bring({ ...MATTER, ref: "SAN-2025-003", items, jointCap: { items: ["x", "y"], amount: "10000" } });
    const { scenarios, capBinds } = await session.ask<Cost>("cost SAN-2025-003 --comply 2026-01-20 --comply 2026-03-31");
    expect(scenarios.map(({ theoretical, capReached }) => [theoretical.amount, capReached])).toEqual([
      ["4000.00", null],
      ["10000.00", "2026-02-19"],
    ]);
    expect(capBinds).toBe("2026-02-19");
  });

  test("names the first calendar year whose cap binds, and says where the order sets none", async () => {
    const session = await sessionOfTest();
    const yearly = {
      id: "a",
      cure: { until: "2025-12-01", because: "set" },
      penalty: { rate: "100", per: "day", cap: { perYear: "5000" } },
    };
    await session.bring(
      { ...MATTER, ref: "Y", items: [yearly] },
      { ...MATTER, ref: "N", items: [{ ...yearly, penalty: { rate: "100", per: "day" } }] },
    );
    expect((await session.ask<Cost>("cost Y --comply 2026-01-20")).capBinds).toBe("2026-02-19");
    expect((await session.ask<Cost>("cost N --comply 2026-01-20")).capBinds).toBeNull();
    expect(JSON.stringify((await session.type("cost N --comply 2026-01-20")).cards)).toContain("The order sets no cap");
  });
});

interface Digested {
  readonly watched: number;
  readonly running: readonly { readonly theoretical: string }[];
  readonly corrected: readonly unknown[];
}

describe("digest", () => {
  const sums = ({ running }: Digested) => running.map(({ theoretical }) => theoretical);

  test("of a day as it was recorded by a moment leaves out what came later, and says that it does", async () => {
    const { ask, type } = await desk();
    const [now, then] = [await ask<Digested>("digest --on 2026-01-16"), await ask<Digested>(`digest --on 2026-01-16 --known-at ${FIRST}`)];
    expect([sums(now), sums(then)]).toEqual([["1500.00"], ["33100.00"]]);
    expect(await ask<Digested>("digest --on 2026-01-16 --known-at 2026-01-14T12:00:00Z")).toMatchObject({ watched: 0, running: [] });
    const { cards } = await type(`digest --on 2026-01-16 --known-at ${FIRST}`);
    expect(JSON.stringify(cards)).toContain("what was recorded since is left out");
  });

  test("agrees with show of the day before, as it was recorded by the same moment", async () => {
    const { ask } = await desk();
    const amounts = async (at: string) => {
      const shown = await Promise.all(["SAN-2025-001", "SAN-2025-002"].map((ref) => ask<Asked>(`show ${ref} --on 2026-01-15${at}`)));
      const running = shown.flatMap(({ items }) => items).filter(({ state }) => state === "accruing");
      return running.reduce((sum, { theoretical }) => sum + Number(theoretical.amount), 0).toFixed(2);
    };
    for (const at of ["", ` --known-at ${FIRST}`])
      expect(sums(await ask<Digested>(`digest --on 2026-01-16${at}`))).toEqual([await amounts(at)]);
  });

  test("who may know of a matter is asked of now, whatever was recorded by then", async () => {
    const { ask } = await desk();
    await ask("visibility SAN-2025-001 --to restricted");
    expect(await ask<Digested>(`digest --on 2026-01-16 --known-at ${FIRST}`)).toMatchObject({ watched: 2 });
    const reader = { place: "slack:T1/C1" as Place, person: "slack:T1/U1" as PersonRef, personName: "ana" };
    expect(await ask<Digested>(`digest --on 2026-01-16 --known-at ${FIRST}`, reader)).toMatchObject({ watched: 1 });
  });
});

interface Asked {
  readonly items: readonly { readonly state: string; readonly theoretical: { readonly amount: string } }[];
}

test("whatever answers about a day answers as it was recorded by a moment, too", () => {
  const has = (name: string) =>
    COMMANDS.filter(({ access, options }) => access === "reads" && options.some((option) => option.name === name)).map(({ verb }) => verb);
  expect(has("on").toSorted()).toEqual(["chart", "cost", "digest", "export", "history", "list", "show", "why"]);
  expect(has("known-at")).toEqual(has("on"));
});
