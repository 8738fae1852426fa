import { describe, expect, test } from "vitest";
import { formDesk, textOf } from "./form-desk.ts";
import { DESK, type GuardedDesk, guardedDesk, INTERNAL, PEOPLE, PUBLIC, SECRET, SHARED, UNTOLD, type Who } from "./guarded-desk.ts";

const LEFT_OUT = "Everybody here reads the answer, so it knows only what all of them may see: ask in a direct message";
const EMPTY = "register is empty";

/** What they are told where all who are in the place listen to every answer. */
async function heard({ type }: GuardedDesk, who: Who, text: string, place = SHARED, language: "en" | "fr" = "en"): Promise<string> {
  const asking = { person: PEOPLE[who] as never, personName: who, place, overheard: true as const, language };
  return textOf(await type(text, asking));
}

describe("an answer that tells how many, where others than the desk's people read it", () => {
  test.each([
    ["editor", "list"],
    ["editor", "list state:closed"],
    ["editor", "proposals"],
    ["editor", "undelivered"],
    ["editor", "mine"],
    ["admin", "hold"],
  ] as const)("says to the %s that it leaves out what not all may see, whatever there is: %s", async (who, line) => {
    const desk = await guardedDesk();
    for (const place of [SHARED, UNTOLD]) expect(await heard(desk, who, line, place)).toContain(LEFT_OUT);
    expect(await heard(desk, who, line, SHARED, "fr")).toContain("demandez en message direct");
    expect(await heard(desk, who, line, INTERNAL)).not.toContain(LEFT_OUT);
    expect(await desk.told(who, line, "alone")).not.toContain(LEFT_OUT);
  });

  test("is the same whether the desk has one matter that is not public or none", async () => {
    const desk = await guardedDesk();
    const before = await heard(desk, "editor", "list");
    await desk.as("editor", `register CNIL MORE-2024-009 "Firma" --kind sanction --decided 2024-01-02`);
    expect(await heard(desk, "editor", "list")).toBe(before);
    expect(before).toContain(PUBLIC.slice("CNIL:".length));
    for (const key of [DESK, SECRET]) expect(before).not.toContain(key.slice("CNIL:".length));
  });

  test("says nothing of it to who sees no more than the place", async () => {
    expect(await heard(await guardedDesk(), "guest", "list")).not.toContain(LEFT_OUT);
  });
});

describe("a register of which nothing may be shown is not called empty", () => {
  async function deskWithoutPublic(): Promise<GuardedDesk> {
    const desk = await guardedDesk();
    await desk.as("editor", `visibility ${PUBLIC} --to desk --confirmed 1`);
    return desk;
  }

  test("in a place that is shared, neither to the desk nor to others", async () => {
    const desk = await deskWithoutPublic();
    for (const place of [SHARED, UNTOLD]) {
      expect(await heard(desk, "editor", "list", place)).toBe(`No public matter is known here\n${LEFT_OUT}`);
      expect(await heard(desk, "guest", "list", place)).toBe("No public matter is known here");
    }
    expect(await desk.told("guest", "list", "alone")).toBe("No public matter is known here");
    expect(await heard(desk, "editor", "list state:closed")).toContain(LEFT_OUT);
  });

  test("where the company listens and restricted matters alone are recorded, to nobody, let in or not", async () => {
    const desk = await formDesk();
    await desk.type(`register CNIL ${SECRET.slice("CNIL:".length)} "Firma" --kind sanction --decided 2024-01-02 --visibility restricted`);
    const listed = async (person: string) => textOf(await desk.type("list", { person: person as never, overheard: true }));
    const [own, others] = [await listed("slack:T1/U1"), await listed("slack:T1/U2")];
    expect(own).not.toContain(EMPTY);
    expect(own).toContain(LEFT_OUT);
    expect(others).toBe(own);
  });
});

describe("a digest that is asked for in a place", () => {
  test("ends as the one that is sent there: it is told of public matters alone, and why", async () => {
    const desk = await guardedDesk();
    expect(await heard(desk, "editor", "digest")).toMatch(/shared with people of another company: it is told of public matters alone/);
    expect(await heard(desk, "editor", "digest", UNTOLD)).toContain("told of public matters alone until somebody confirms");
    expect(await heard(desk, "editor", "digest --here")).toContain("told of public matters alone");
  });

  test("says nothing of it where it holds all of the desk's", async () => {
    const desk = await guardedDesk();
    for (const place of [SHARED, INTERNAL, "alone"] as const)
      expect(await desk.told("editor", "digest", place)).not.toContain("public matters alone");
    expect(await heard(desk, "editor", "digest", INTERNAL)).not.toContain("public matters alone");
  });
});
