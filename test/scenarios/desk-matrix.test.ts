import { afterAll, describe, expect, test } from "vitest";
import { STORE } from "../../adapters/index.ts";
import { COMMANDS } from "../../src/commands/index.ts";
import { atLeast } from "../../src/commands/permission.ts";
import type { Action } from "../../src/ports/card.ts";
import type { Answer } from "../../src/ports/chat.ts";
import type { Asking } from "../../src/ports/form.ts";
import { startPostgres } from "../support/postgres.ts";
import { ABSENT, COMMON, DESKS, type DeskName, type DeskWorld, HELD, openDeskWorld, other, PLACE, ROLES_HELD } from "./desk-world.ts";

/** DESK_MATRIX=postgres runs the same on PostgreSQL: a new database for each world. */
const postgres = process.env.DESK_MATRIX === "postgres" ? await startPostgres(["fsync=off", "full_page_writes=off"]) : null;
afterAll(() => postgres?.stop());

let empty: Promise<string> | null = null;

async function openWorld(): Promise<DeskWorld> {
  if (postgres === null) return openDeskWorld();
  empty ??= migrated(await postgres.database());
  return openDeskWorld(await postgres.database(await empty));
}

/** Made once, and copied for each world. */
async function migrated(url: string): Promise<string> {
  await (await STORE.open({ url })).close();
  return url;
}

const IN_CHATS = COMMANDS.filter(({ terminalOnly }) => terminalOnly !== true);
const REFERENCE = /\b(CNIL:)?(SAN-2023-018|MED-2021-134)\b/g;

/** Their answers hold a secret that is drawn, or are not about the matter that is named in them. */
const DIFFERS: ReadonlySet<string> = new Set(["feed", "about"]);

interface Line {
  readonly verb: string;
  readonly line: string;
  readonly mayRun: (role: (typeof ROLES_HELD)[number]) => boolean;
}

/** Every example of every command that a chat takes. */
const LINES: readonly Line[] = IN_CHATS.flatMap(({ verb, who, whoAlone = who, examples }) =>
  examples.map((line) => ({ verb, line, mayRun: (role) => atLeast(role, who) || atLeast(role, whoAlone) })),
);
const ABOUT_ONE = LINES.filter(({ line }) => line.search(REFERENCE) >= 0);
const ABOUT_NONE = LINES.filter(({ line }) => line.search(REFERENCE) < 0);

function about(line: string, ref: string): string {
  return line.replaceAll(REFERENCE, ref);
}

function all(answer: unknown): string {
  return JSON.stringify(answer)
    .replaceAll(/\bf[0-9a-f]{8}\b/g, "FEED")
    .replaceAll(/\/feed\/[\w-]+/g, "/feed/SECRET");
}

/** What only that desk holds and stands in a text that was not told of it. */
function leaksOf(desk: DeskName, text: string, typed = ""): readonly string[] {
  const { marks, refs } = HELD[desk];
  return [...marks, ...refs.filter((ref) => !typed.includes(ref))].filter((mark) => text.includes(mark));
}

/** Whoever it is, where they are, and the desk of that place. */
interface Cell {
  readonly home: DeskName;
  readonly role: (typeof ROLES_HELD)[number];
  readonly place: string;
  readonly at: DeskName;
}

const CELLS: readonly Cell[] = DESKS.flatMap((home) =>
  ROLES_HELD.flatMap((role) => [
    { home, role, place: PLACE[home], at: home },
    { home, role, place: "dm", at: home },
    { home, role, place: PLACE[other(home)], at: other(home) },
    // The firm's own people in the client's channel of their workspace.
    ...(home === "main" ? [{ home, role, place: PLACE.lent, at: "acme" as const }] : []),
  ]),
);

function named({ home, role, place }: Cell): string {
  return `${role} of ${home} in ${place}`;
}

async function opened({ home, role, place }: Cell): Promise<DeskWorld & { as(): Asking }> {
  const world = await openWorld();
  return { ...world, as: () => world.asking(home, role, place) };
}

describe("whoever asks, wherever they are", () => {
  test.each(CELLS.map((cell) => [named(cell), cell] as const))(
    "%s: no line tells of another desk's matter or changes anything there",
    async (_, cell) => {
      const { type, state, as } = await opened(cell);
      const { home, role, at } = cell;
      const elsewhere = other(at);
      const [ref] = HELD[elsewhere].refs;
      const there = await state(elsewhere);
      for (const { verb, line, mayRun } of ABOUT_ONE) {
        // It would be another matter of the same number, of this desk.
        if (verb === "register" && home === at && mayRun(role)) continue;
        const here = await state(at);
        const text = about(line, ref);
        const told = all(await type(text, as()));
        expect(leaksOf(elsewhere, told, text), `${text}\n${told}`).toEqual([]);
        if (verb !== "admit" && verb !== "dismiss") expect(await state(at), text).toBe(here);
        const absent = all(await type(about(line, ABSENT), as()));
        if (!DIFFERS.has(verb)) expect(told.replaceAll(ref, "REF"), text).toBe(absent.replaceAll(ABSENT, "REF"));
      }
      for (const { line } of [...ABOUT_ONE.map(({ line }) => ({ line: about(line, COMMON) })), ...ABOUT_NONE]) {
        const here = await state(at);
        const told = all(await type(line, as()));
        expect(leaksOf(elsewhere, told), `${line}\n${told}`).toEqual([]);
        if (home !== at) expect(await state(at), line).toBe(here);
      }
      expect(await state(elsewhere)).toBe(there);
    },
  );

  test.each(CELLS.map((cell) => [named(cell), cell] as const))(
    "%s: no form, list of choices, Home or welcome tells of one, and no submission changes one",
    async (_, cell) => {
      const { door, state, as } = await opened(cell);
      const elsewhere = other(cell.at);
      const [ref] = HELD[elsewhere].refs;
      const [there, here] = [await state(elsewhere), await state(cell.at)];
      for (const { verb } of IN_CHATS) {
        for (const [values, typed] of [
          [{ ref: [`CNIL:${ref}`] }, ref],
          [{}, ""],
        ] as const) {
          const form = all(await door.form({ ...as(), verb, values }));
          expect(leaksOf(elsewhere, form, typed), `${verb} ${form}`).toEqual([]);
        }
        if (verb === "register") continue;
        const values = { ref: [`CNIL:${ref}`], on: ["2024-04-01"], text: ["a note"], "to:name": ["ana"], amount: ["5"], for: ["fine"] };
        const told = all(await door.submit({ ...as(), verb, values }));
        expect(leaksOf(elsewhere, told, ref), `${verb} ${told}`).toEqual([]);
      }
      for (const of of ["matter", "person", "watch", "event", "item"] as const) {
        for (const query of ["", ref, HELD[elsewhere].marks[0], "SAN", elsewhere, "T"]) {
          const found = all(await door.lookUp({ ...as(), of: of as "matter", query, most: 50 }));
          expect(
            [...leaksOf(elsewhere, found), ...(found.includes(`${elsewhere} editor`) ? ["its people"] : [])],
            `${of} ${query}`,
          ).toEqual([]);
        }
      }
      for (const seen of [await door.home(as()), await door.welcome(as())]) expect(leaksOf(elsewhere, all(seen)), all(seen)).toEqual([]);
      expect(await state(elsewhere)).toBe(there);
      if (cell.home !== cell.at) expect(await state(cell.at)).toBe(here);
    },
  );
});

/** The buttons of an answer. */
function buttonsOf({ cards }: Pick<Answer, "cards">): readonly Action[] {
  return cards.flatMap(({ blocks }) => blocks.flatMap((block) => (block.kind === "actions" ? block.actions : [])));
}

describe("a button of one desk", () => {
  test.each(DESKS)("pressed in a place of the other, by whomever, tells and changes nothing of %s", async (of) => {
    const world = await openWorld();
    const administrator = () => world.asking(of, "admin", PLACE[of]);
    const [ref] = HELD[of].refs;
    const shown: Answer[] = [];
    for (const line of [
      "list",
      "digest",
      `show ${ref}`,
      `why ${ref}`,
      `history ${ref}`,
      `cost ${ref}`,
      "home",
      "watches",
      "mine",
      "proposals",
      "role",
    ])
      shown.push(await world.type(line, administrator()));
    shown.push({ ...(await world.door.home(administrator())), audience: "asker" });
    const buttons = new Set(shown.flatMap(buttonsOf).map(({ command }) => command));
    expect([...buttons].filter((command) => command.includes(ref)).length).toBeGreaterThan(5);
    const before = await world.state(of);
    for (const role of ROLES_HELD) {
      for (const home of DESKS) {
        for (const command of buttons) {
          const told = all(await world.type(command, world.asking(home, role, PLACE[other(of)])));
          expect(leaksOf(of, told, command), `${command}\n${told}`).toEqual([]);
        }
      }
    }
    expect(await world.state(of)).toBe(before);
  });
});

describe("the matrix can tell", () => {
  test("what is of the desk is told there, to those who may", async () => {
    const world = await openWorld();
    for (const home of DESKS) {
      for (const place of [PLACE[home], ...(home === "acme" ? [PLACE.lent] : [])]) {
        const told = all(await world.type(`show ${HELD[home].refs[0]}`, world.asking(home, "reader", place)));
        expect(leaksOf(home, told).length, place).toBeGreaterThan(1);
        const common = all(await world.type(`show ${COMMON}`, world.asking(home, "reader", place)));
        expect([common.includes(HELD[home].marks[0]), common.includes(HELD[other(home)].marks[0])]).toEqual([true, false]);
      }
    }
  });

  test("a matter of another desk is looked for as one that does not exist: not one look more is noted, at either desk", async () => {
    const world = await openWorld();
    for (const at of DESKS) {
      for (const role of ROLES_HELD) {
        const notes: number[][] = [];
        for (const ref of [HELD[other(at)].refs[0], ABSENT]) {
          const before = [await world.looks("main"), await world.looks("acme")];
          for (const line of [
            `show ${ref}`,
            `why ${ref}`,
            `paid ${ref} --on 2024-02-02 --amount 1 --for fine`,
            `note ${ref} --on 2024-04-30 --text x`,
          ])
            await world.type(line, world.asking(at, role, PLACE[at]));
          notes.push([(await world.looks("main")) - before[0]!, (await world.looks("acme")) - before[1]!]);
        }
        expect(notes[0], `${role} at ${at}`).toEqual(notes[1]);
        expect(notes[0]![at === "main" ? 1 : 0], "the other desk's trail").toBe(0);
      }
    }
  });

  test("an administrator of one desk is nobody at another, until that desk gives them something", async () => {
    const world = await openWorld();
    const firm = () => world.asking("main", "admin", PLACE.lent);
    for (const line of ["role", "policy --notes off", "audit", "verify", "operations here", "hold", "undelivered", "watch", "list tag:x"]) {
      const before = await world.state("acme");
      const told = all(await world.type(line, firm()));
      if (line !== "list tag:x") expect(told, line).toMatch(/another company|administrators|@acme admin|slack:T2/);
      expect(await world.state("acme"), line).toBe(before);
    }
    await world.type("role slack:T1/U-admin is editor", world.asking("acme", "admin", PLACE.acme));
    expect(all(await world.type(`show ${HELD.acme.refs[1]}`, firm()))).toContain("Ironvale");
    await world.type(`note ${HELD.acme.refs[1]} --on 2024-04-30 --text "written by the firm"`, firm());
    expect(all(await world.type(`history ${HELD.acme.refs[1]}`, firm()))).toContain("written by the firm");
    // At home nothing has changed, and the client's matters are not there.
    expect(leaksOf("acme", all(await world.type("list", world.asking("main", "admin", "dm"))))).toEqual([]);
  });
});
