import { beforeEach, describe, expect, test } from "vitest";
import { COMMANDS } from "../../src/commands/index.ts";
import { ROLES, type Role } from "../../src/ports/access.ts";
import type { Answer } from "../../src/ports/chat.ts";
import type { Lookup } from "../../src/ports/form.ts";
import {
  ABSENT,
  KINDS,
  type Kind,
  MATTERS,
  maySee,
  openWorld,
  PEOPLE,
  type Person,
  PLACES,
  placeSees,
  seesAmounts,
  type Where,
  type World,
} from "./access-world.ts";

const ROLE_OF: Readonly<Record<Person, Role>> = {
  ...{ "turned-away": "none", reader: "reader", editor: "editor", approver: "approver", admin: "admin", "let-in": "approver" },
  ...{ guest: "none", stranger: "none", unknown: "none" },
};

/** An address of one's own is another each time, and what is told about a person grows with each look. */
const DIFFERS: ReadonlySet<string> = new Set(["feed", "about"]);

/** Every example of every command that a chat takes, about the matter of that reference. */
function linesAbout(ref: string): readonly string[] {
  return COMMANDS.filter(({ terminalOnly }) => terminalOnly !== true).flatMap(({ examples }) =>
    examples.map((line) => line.replaceAll(/\b(CNIL:)?(SAN-2023-018|MED-2021-134)\b/g, ref)),
  );
}

/** The whole answer, but for ids and addresses that are drawn at random: they may hold any digits. */
function all(answer: unknown): string {
  return JSON.stringify(answer)
    .replaceAll(/\bf[0-9a-f]{8}\b/g, "FEED")
    .replaceAll(/\/feed\/[\w-]+/g, "/feed/SECRET");
}

/** The same text, whichever of the references it was about. */
function unnamed(text: string): string {
  return text.replaceAll(/SAN-2023-90[123]|SAN-2023-999/g, "REF");
}

function verbOf(line: string) {
  return COMMANDS.find(({ verb }) => verb === line.split(" ")[0])!;
}

/** Words and sums of a matter that stand in a text, its reference too unless the asker has typed it. */
function leaksOf(kind: Kind, text: string, typed = ""): readonly string[] {
  const { ref, marks } = MATTERS[kind];
  return [...marks, ...(typed.includes(ref) ? [] : [ref])].filter((mark) => text.includes(mark));
}

let world: World;
beforeEach(async () => {
  world = await openWorld();
});

/** Whether the answer to a person in a place may tell of a matter; `read` where everybody there reads it. */
function mayTell(person: Person, where: Where, kind: Kind, read: boolean): boolean {
  return maySee(person, kind) && (!read || placeSees(where, person, kind));
}

describe("every way in, for every person, in every place", () => {
  for (const person of PEOPLE) {
    for (const where of PLACES) {
      test(`${person} in ${where}: no typed line tells of a matter that they may not know, or can be told from one about no matter`, async () => {
        let before = await world.state();
        /** What is answered where no matter is meant, for as long as nothing is written; an audit tells of each look. */
        const ofNone = new Map<string, unknown>();
        for (const kind of KINDS) {
          const lines = linesAbout(MATTERS[kind].ref);
          for (const line of lines) {
            const { verb, access, who, whoAlone = who } = verbOf(line);
            for (const way of ["private", "overheard", "here"] as const) {
              const read = way !== "private";
              const hidden = !mayTell(person, where, kind, read);
              // What may be done changes the world: the ways of those who may are another test's.
              const isWrite = access === "writes" && !(ROLES.indexOf(ROLE_OF[person]) < ROLES.indexOf(where === "own" ? whoAlone : who));
              if (isWrite && (!hidden || verb === "register" || !line.includes("SAN-2023-90"))) continue;
              const text = way === "here" ? `${line} --here` : line;
              const over = world.as(person, where, way === "overheard" ? { overheard: true } : {});
              const answer = await world.type(text, over);
              const told = all(answer);
              for (const other of KINDS)
                if (!mayTell(person, where, other, read)) expect(leaksOf(other, told, line), `${text}\n${told}`).toEqual([]);
              if (!seesAmounts(person, where, read)) for (const other of KINDS) expect(told, text).not.toMatch(MATTERS[other].marks[1]);
              const after = await world.state();
              const blind = person === "admin" && (verb === "admit" || verb === "dismiss");
              if (hidden && !blind) expect(after, text).toBe(before);
              if (after !== before) ofNone.clear();
              before = after;
              if (!hidden) continue;
              const absent = text.replaceAll(MATTERS[kind].ref, ABSENT);
              const asked = `${way} ${absent}`;
              if (verb === "audit" || !ofNone.has(asked)) ofNone.set(asked, await world.type(absent, over));
              if (!DIFFERS.has(verb)) expect(unnamed(told), text).toBe(unnamed(all(ofNone.get(asked))));
            }
          }
        }
      });

      test(`${person} in ${where}: no form, list of choices, Home or welcome tells of one either`, async () => {
        for (const kind of KINDS) {
          const { ref, key, marks } = MATTERS[kind];
          const hidden = !mayTell(person, where, kind, false);
          for (const { verb, terminalOnly, positionals } of COMMANDS) {
            if (terminalOnly === true || !positionals.some((one) => one.kind === "matter")) continue;
            const form = await world.door.form({ ...world.asking(world.as(person, where)), verb, values: { ref: [ref] } });
            if (hidden) expect(leaksOf(kind, all(form), ref), `${verb} ${all(form)}`).toEqual([]);
          }
          for (const of of ["matter"] as readonly Lookup[]) {
            for (const query of ["", ref, marks[0], "SAN"]) {
              const found = await world.door.lookUp({ ...world.asking(world.as(person, where)), of, query, most: 20 });
              expect(all(found).includes(key), `${query}`).toBe(!hidden && all(found).includes(key));
            }
            const named = await world.found(of, ref, 20, world.as(person, where));
            expect(named.includes(key)).toBe(!hidden);
          }
          for (const seen of [
            await world.door.home(world.asking(world.as(person, where))),
            await world.door.welcome(world.asking(world.as(person, where))),
          ])
            if (hidden) expect(leaksOf(kind, all(seen)), all(seen)).toEqual([]);
        }
      });

      test(`${person} in ${where}: a submitted form does no more than a typed line`, async () => {
        for (const kind of KINDS) {
          const hidden = !mayTell(person, where, kind, false);
          const weak = ROLES.indexOf(ROLE_OF[person]) < ROLES.indexOf("editor");
          if (!hidden && !weak) continue;
          const before = await world.state();
          for (const [verb, values] of [
            ["complied", { ref: [MATTERS[kind].key], on: ["2024-04-01"] }],
            ["assigned", { ref: [MATTERS[kind].key], on: ["2024-04-01"], "to:name": ["ana"] }],
            ["ack", { ref: [MATTERS[kind].key] }],
          ] as const) {
            const told = await world.submit(verb, values, world.as(person, where));
            if (!maySee(person, kind)) expect(leaksOf(kind, all(told), MATTERS[kind].ref), all(told)).toEqual([]);
          }
          expect(await world.state()).toBe(before);
        }
      });
    }
  }

  test("what may be seen is seen: the matrix does not pass because nothing is told", async () => {
    for (const person of PEOPLE) {
      for (const kind of KINDS) {
        const answer: Answer = await world.type(`show ${MATTERS[kind].ref}`, world.as(person, "channel"));
        expect(all(answer).includes(MATTERS[kind].marks[0]), `${person} ${kind}`).toBe(maySee(person, kind));
        const sums = all(answer).includes(MATTERS[kind].marks[1]) || all(answer).includes(MATTERS[kind].marks[2]);
        expect(sums, `${person} ${kind} sums`).toBe(maySee(person, kind) && person !== "guest" && person !== "stranger");
      }
    }
  });
});
