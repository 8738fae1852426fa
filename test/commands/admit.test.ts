import { describe, expect, test } from "vitest";
import { textOf } from "./form-desk.ts";
import { DESK, type GuardedDesk, guardedDesk, PEOPLE, SECRET } from "./guarded-desk.ts";

async function letIn(desk: GuardedDesk): Promise<readonly string[]> {
  return [...((await desk.desk.store.access.admitted()).get(SECRET) ?? [])].sort();
}

describe("admit and dismiss", () => {
  test("let a person in on a restricted matter, and send them away, by whoever sees it", async () => {
    const desk = await guardedDesk();
    expect(await desk.told("reader", `show ${SECRET}`)).toContain("No matter");
    expect(await desk.told("editor", `admit ${SECRET} @reader`)).toContain(`@reader (${PEOPLE.reader}) is let in on ${SECRET}`);
    expect(await desk.told("reader", `show ${SECRET}`)).toContain("Let in: @editor, @reader");
    expect(await desk.told("editor", `dismiss ${SECRET} @reader`)).toContain("is not let in");
    expect(await desk.told("reader", `show ${SECRET}`)).toContain("No matter");
    expect(await desk.told("editor", `dismiss ${SECRET} me`)).toContain("it is told to nobody until somebody is let in");
    expect(await desk.told("editor", `show ${SECRET}`)).toContain("No matter");
  });

  test("are nobody's who does not see it: it is not known, and nothing is written", async () => {
    const desk = await guardedDesk();
    const before = await letIn(desk);
    for (const line of [`admit ${SECRET} me`, `dismiss ${SECRET} @editor`, "admit SECRET-2024-003 me"]) {
      expect(await desk.told("approver", line)).toMatch(/No matter (CNIL:)?SECRET-2024-003 is known/);
      expect(await desk.told("reader", line)).toContain("needs the role editor");
      expect(await desk.told("guest", line)).toContain("needs the role editor");
    }
    expect(await letIn(desk)).toEqual(before);
  });

  test("let an administrator in by the whole key alone, answered alike whether there is such a matter, and noted", async () => {
    const desk = await guardedDesk();
    expect(await desk.told("admin", `show ${SECRET}`)).toContain("No matter");
    expect(await desk.told("admin", "admit SECRET-2024-003 me")).toContain("No matter SECRET-2024-003 is known");
    const [there, absent] = [
      await desk.told("admin", `admit ${SECRET} @reader`),
      await desk.told("admin", "admit CNIL:ABSENT-2024-003 @reader"),
    ];
    expect(there).toContain("If there is a restricted matter of that key");
    expect(there.replace("SECRET", "ABSENT")).toBe(absent);
    await desk.as("admin", `admit ${SECRET} me`);
    expect(await desk.told("admin", `show ${SECRET}`)).toContain("Firma 003");
    const traces = (await desk.desk.store.trail.of(SECRET)).filter(
      ({ action, by, verb }) => action === "admitted" && verb === "admit" && by !== "",
    );
    expect(traces.map(({ detail }) => detail.person)).toEqual([await desk.id("reader"), await desk.id("admin")]);
    expect(traces.every(({ by }) => by.startsWith("p"))).toBe(true);
  });

  test("concern restricted matters alone", async () => {
    const desk = await guardedDesk();
    expect(await desk.told("editor", `admit ${DESK} @reader`)).toContain("DESK-2024-002 is not restricted");
    expect((await desk.desk.store.access.admitted()).has(DESK)).toBe(false);
  });

  test("let nobody in who has no role at the desk: a guest sees what is public still", async () => {
    const desk = await guardedDesk();
    await desk.as("guest", "list");
    await desk.as("editor", `admit ${SECRET} ${PEOPLE.guest}`);
    expect(await desk.told("guest", `show ${SECRET}`)).toContain("No matter");
  });
});

describe("who is let in without a word", () => {
  test("is whoever registers a restricted matter, and whom it is assigned to by reference", async () => {
    const desk = await guardedDesk();
    expect(await letIn(desk)).toEqual([await desk.id("editor")]);
    const [by, to] = [{ person: PEOPLE.editor as never, personName: "editor" }, PEOPLE.reader];
    const told = await desk.submit("assign", { ref: [SECRET], person: [to] }, by);
    expect("cards" in told && textOf(told)).toContain(`${SECRET} is restricted. Let in on it: @reader`);
    expect(await desk.told("reader", `show ${SECRET}`)).toContain("Firma 003");
  });

  test("is nobody by a name, which somebody else may take on", async () => {
    const desk = await guardedDesk();
    await desk.type("mine", { person: "slack:T1/UOTHER" as never, personName: "counsel" });
    await desk.as("editor", `assign ${SECRET} to counsel`);
    expect(textOf(await desk.type(`show ${SECRET}`, { person: "slack:T1/UOTHER" as never, personName: "counsel" }))).toContain("No matter");
  });

  test("is nobody of the terminal, which says so where nobody hears of a matter", async () => {
    const desk = await guardedDesk();
    const answer = await desk.terminal('register CNIL T-1 "Firma" --kind notice --visibility restricted');
    expect(answer).toMatchObject({ nobodyLetIn: ["CNIL:T-1"] });
    expect((await desk.desk.store.access.admitted()).has("CNIL:T-1")).toBe(false);
    expect(await desk.told("admin", "show T-1")).toContain("No matter T-1 is known");
    expect(await desk.terminal("show T-1")).toMatchObject({ visibility: "restricted", admitted: [] });
    expect(await desk.terminal("admit T-1 slack:T1/UREADER")).toMatchObject({ ref: "CNIL:T-1", admitted: true, changed: true });
    expect(await desk.told("reader", "show T-1")).toContain("Firma");
  });
});

describe("who was let in before a matter was restricted", () => {
  test("is named to whoever registers it: nobody is in without their knowing", async () => {
    const desk = await guardedDesk();
    await desk.as("admin", "admit CNIL:FUTURE-1 me");
    const told = await desk.told("editor", 'register CNIL FUTURE-1 "Firma" --kind notice --visibility restricted');
    expect(told).toContain("CNIL:FUTURE-1 is restricted. Let in on it: @editor");
    expect(told).toContain("Let in on CNIL:FUTURE-1 already, before it was restricted: @admin");
    expect(await desk.told("editor", 'register CNIL FUTURE-2 "Firma" --kind notice --visibility restricted')).not.toContain("already");
  });

  test("is named to whoever makes it restricted again", async () => {
    const desk = await guardedDesk();
    await desk.as("editor", `admit ${SECRET} @reader`);
    await desk.as("editor", `admit ${SECRET} @approver`);
    const version = async () => (await desk.desk.register.matter(SECRET))!.version;
    await desk.as("approver", `visibility ${SECRET} --on 2024-05-01 --to desk --confirmed ${await version()}`);
    const told = await desk.told("editor", `visibility ${SECRET} --on 2024-05-01 --to restricted --confirmed ${await version()}`);
    expect(told).toMatch(/already, before it was restricted: .*@reader.*/);
    expect(told).toMatch(/already, before it was restricted: .*@approver.*/);
  });
});

describe("the terminal, which sees everything,", () => {
  test("is told that a matter is not known, where an administrator must be told nothing", async () => {
    const desk = await guardedDesk();
    for (const verb of ["admit", "dismiss"])
      await expect(desk.terminal(`${verb} CNIL:NOPE ${PEOPLE.reader}`)).rejects.toThrow("No matter CNIL:NOPE is known");
    expect((await desk.desk.store.access.admitted()).has("CNIL:NOPE")).toBe(false);
  });

  test("is given the line by which somebody is let in on a matter that nobody hears of", async () => {
    const desk = await guardedDesk();
    await desk.terminal('register CNIL T-1 "Firma" --kind notice --visibility restricted');
    const named = { person: "console:local", personName: "command line", place: "console:terminal" } as never;
    expect(textOf(await desk.type("show T-1", named))).toContain("admit CNIL:T-1 PERSON");
    const told = await desk.type('register CNIL T-2 "Firma" --kind notice --visibility restricted', named);
    expect(textOf(told)).toContain("To let somebody in: admit CNIL:T-2 PERSON");
  });
});

test("a dismissal of somebody who was never let in says so, and names nobody as sent away", async () => {
  const desk = await guardedDesk();
  const told = await desk.told("editor", `dismiss ${SECRET} @reader`);
  expect(told).toContain(`@reader (${PEOPLE.reader}) was not let in on ${SECRET}: nothing has changed`);
  expect(told).not.toContain("any more");
});
