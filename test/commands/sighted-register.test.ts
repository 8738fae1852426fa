import { describe, expect, test, vi } from "vitest";
import { openRegister, type Register } from "../../src/alerts/register.ts";
import { freshLooks } from "../../src/commands/looks.ts";
import { registerInSight } from "../../src/commands/sighted-register.ts";
import { PUBLIC_SIGHT, type Sight, WHOLE_SIGHT } from "../../src/matter/sight.ts";
import type { Place } from "../../src/ports/chat.ts";
import { textOf } from "./form-desk.ts";
import { DESK, EVERYBODY, guardedDesk, INTERNAL, PUBLIC, SECRET, SHARED, UNTOLD, type Who } from "./guarded-desk.ts";

const MEMBER: Sight = { any: true, desk: true, restricted: new Set(), amounts: true };

/** What each may see alone: the editor registered the restricted matter, so they are let in. */
const SEEN: Readonly<Record<Who, readonly string[]>> = {
  admin: [PUBLIC, DESK],
  approver: [PUBLIC, DESK],
  editor: [PUBLIC, DESK, SECRET],
  reader: [PUBLIC, DESK],
  none: [],
  guest: [PUBLIC],
  stranger: [PUBLIC],
  unknown: [],
};

async function registerOf(desk: Awaited<ReturnType<typeof guardedDesk>>, sight: Sight): Promise<Register> {
  return registerInSight(openRegister(desk.desk.store.ledger), async () => sight, freshLooks());
}

describe("a register in sight", () => {
  test("knows of a hidden matter in no way in which it can be asked", async () => {
    const desk = await guardedDesk();
    const register = await registerOf(desk, MEMBER);
    expect((await register.all()).map(({ key }) => key)).toEqual([PUBLIC, DESK]);
    expect(await register.matter(SECRET)).toBeNull();
    for (const name of [SECRET, "SECRET-2024-003", "secret 2024 003"]) expect(await register.named(name)).toEqual([]);
    expect((await register.some([SECRET, PUBLIC])).map(({ key }) => key)).toEqual([PUBLIC]);
    let given: readonly string[] = [];
    await register.record(
      (matters) => {
        given = [PUBLIC, DESK, SECRET].filter((key) => matters.has(key) && matters.get(key) !== undefined);
        return [];
      },
      { recordedAt: desk.desk.clock.now(), by: "p1", commandId: "look", via: "command" },
    );
    expect(given).toEqual([PUBLIC, DESK]);
  });

  test("refuses to record what is hidden, and says no more than that it cannot be registered", async () => {
    const desk = await guardedDesk();
    const register = await registerOf(desk, MEMBER);
    const head = await desk.head();
    const [matter] = await openRegister(desk.desk.store.ledger).named(SECRET);
    const stamp = { recordedAt: desk.desk.clock.now(), by: "p1", commandId: "c", via: "command" } as const;
    expect(await register.record(() => [{ key: SECRET, facts: matter!.facts, events: [] }], stamp)).toEqual({
      refused: "not-yours-to-register",
      args: {},
    });
    expect(await desk.head()).toBe(head);
  });

  test("copies nothing where nothing is hidden", async () => {
    const desk = await guardedDesk();
    const base = openRegister(desk.desk.store.ledger);
    const all = await base.all();
    const same = { ...base, all: async () => all };
    expect(await registerInSight(same, async () => WHOLE_SIGHT, freshLooks()).all()).toBe(all);
    expect(await registerInSight(same, async () => PUBLIC_SIGHT, freshLooks()).all()).not.toBe(all);
  });
});

describe("what is hidden and what is not there", () => {
  const QUESTIONS = ["show", "why", "history", "chart", "audit"];
  const WRITES = [
    "ack REF",
    "snooze REF until 2024-06-01",
    "assign REF to me",
    "paid REF --on 2024-04-01 --amount 5 --for a",
    "admit REF me",
    "closed REF --on 2024-04-01",
  ];

  test("are told in the same words, with as many looks into the register and the tables", async () => {
    const desk = await guardedDesk();
    const ABSENT = "CNIL:ABSENT-2024-003";
    // As near to nothing else as the other.
    const askers: readonly Who[] = ["approver", "guest", "admin"];
    const lines = [...QUESTIONS.map((verb) => `${verb} REF`), "cost REF --comply 2024-06-01", ...WRITES];
    for (const who of askers)
      for (const line of lines) {
        // What was read of the access tables is kept: asked once before.
        await desk.told(who, line.replace("REF", "CNIL:BEFORE-2024-003"));
        if (who === "admin" && line.startsWith("admit")) continue;
        const [hidden, absent] = [
          await counted(desk, () => desk.told(who, line.replace("REF", SECRET))),
          await counted(desk, () => desk.told(who, line.replace("REF", ABSENT))),
        ];
        expect(hidden.told.replaceAll("SECRET", "ABSENT"), `${who}: ${line}`).toBe(absent.told);
        expect(hidden.calls, `${who}: ${line}`).toEqual(absent.calls);
        expect(hidden.told).not.toContain("Firma 003");
      }
  });

  test("are alike on a form, in what may be chosen, and in what may have been meant", async () => {
    const desk = await guardedDesk();
    for (const who of ["approver", "reader", "guest"] as const) {
      expect(await desk.found("matter", "secret", 10, placed(desk, who))).toEqual([]);
      expect(await desk.found("matter", "Firma 003", 10, placed(desk, who))).toEqual([]);
      for (const line of [
        "SECRET-2024-003",
        "shw SECRET-2024-003",
        "show SECRET-2024-00",
        "why",
        "show Firma",
        "form show SECRET-2024-003",
        "list",
        "digest",
        "list respondent:003",
      ]) {
        const answer = await desk.as(who, line);
        const text = JSON.stringify([answer.cards, answer.form ?? null]).replaceAll(
          line.includes("SECRET-2024-003") ? "SECRET-2024-003" : line,
          "",
        );
        expect(text, `${who}: ${line}`).not.toMatch(/SECRET-2024-003|Firma 003/);
      }
      expect(textOf(await desk.door.home(desk.asking(placed(desk, who))))).not.toMatch(/SECRET|Firma 003/);
    }
  });
});

describe("a matter is seen", () => {
  test.each(EVERYBODY)("by %s as far as they may, wherever they ask alone", async (who) => {
    const desk = await guardedDesk();
    for (const place of [INTERNAL, SHARED, UNTOLD, "alone"] as const)
      for (const key of [PUBLIC, DESK, SECRET]) {
        const shown = (await desk.told(who, `show ${key}`, place)).includes(`Firma ${key.slice(-3)}`);
        expect(shown, `${who} ${key} in ${place}`).toBe(SEEN[who].includes(key));
      }
  });

  test.each([
    [INTERNAL, [PUBLIC, DESK]],
    [SHARED, [PUBLIC]],
    [UNTOLD, [PUBLIC]],
  ] as const)("in %s, read by everybody there, as far as all of them may", async (place, seen) => {
    const desk = await guardedDesk();
    for (const [over, here] of [
      [{}, " --here"],
      [{ overheard: true }, ""],
      [{ passing: true }, ""],
    ] as const)
      for (const key of [PUBLIC, DESK, SECRET]) {
        const answer = await desk.type(`show ${key}${here}`, { ...placed(desk, "editor"), place: place as Place, ...over });
        expect(textOf(answer).includes(`Firma ${key.slice(-3)}`), `${key} ${JSON.stringify(over)}`).toBe(
          (seen as readonly string[]).includes(key),
        );
      }
  });

  test("without amounts by guests, and where a place is shared", async () => {
    const desk = await guardedDesk();
    expect(await desk.told("reader", `show ${PUBLIC}`)).toMatch(/EUR 100/);
    expect(await desk.told("guest", `show ${PUBLIC}`)).not.toMatch(/EUR|5,700/);
    expect(await desk.told("editor", `show ${PUBLIC} --here`, SHARED)).not.toMatch(/EUR|5,700/);
    expect(await desk.told("editor", `show ${PUBLIC}`, SHARED)).toMatch(/EUR 100/);
    await desk.as("admin", "policy --shared-amounts on");
    expect(await desk.told("guest", `show ${PUBLIC}`)).toMatch(/EUR 100/);
  });

  test("restricted, in an answer that is announced in words that name nothing, and is offered to nobody else", async () => {
    const desk = await guardedDesk();
    for (const line of [`show ${SECRET}`, "list", `why ${SECRET}`, "digest"]) {
      const { cards } = await desk.as("editor", line);
      expect(JSON.stringify(cards), line).toContain("SECRET-2024-003");
      for (const card of cards) expect(card.discreet ?? "", line).toMatch(/^[^0-9]+$/);
      expect(JSON.stringify(cards), line).not.toContain("--here");
    }
    expect((await desk.as("editor", `show ${DESK}`)).cards.every(({ discreet }) => discreet === undefined)).toBe(true);
  });
});

function placed(desk: Awaited<ReturnType<typeof guardedDesk>>, who: Who) {
  return desk.asking({ person: `slack:T1/U${who.toUpperCase()}` as never, personName: who });
}

/** What is told, and how often each of the register's and the tables' questions was asked. */
async function counted({ desk }: Awaited<ReturnType<typeof guardedDesk>>, work: () => Promise<string>) {
  const spied = [
    desk.store.ledger,
    desk.store.people,
    desk.store.access,
    desk.store.attention,
    desk.store.subscriptions,
    desk.store.deliveries,
    desk.register,
  ].flatMap((part) =>
    Object.keys(part).flatMap((name) => (typeof (part as never)[name] === "function" ? [vi.spyOn(part as never, name as never)] : [])),
  );
  try {
    const told = await work();
    return { told, calls: spied.map((spy) => (spy as unknown as { mock: { calls: unknown[] } }).mock.calls.length) };
  } finally {
    for (const spy of spied) (spy as unknown as { mockRestore(): void }).mockRestore();
  }
}

test("what is seen of all matters follows what is recorded, for each sight apart", async () => {
  const desk = await guardedDesk();
  const { register } = desk.desk;
  const guest = () => registerInSight(register, async () => PUBLIC_SIGHT, freshLooks()).all();
  expect((await guest()).map(({ key }) => key)).toEqual([PUBLIC]);
  expect((await registerInSight(register, async () => MEMBER, freshLooks()).all()).map(({ key }) => key)).toEqual([PUBLIC, DESK]);
  await desk.as("approver", `visibility ${DESK} --on 2024-05-01 --to public --confirmed 1`);
  expect((await guest()).map(({ key }) => key)).toEqual([PUBLIC, DESK]);
});
