import { describe, expect, test } from "vitest";
import { formDesk, textOf } from "./form-desk.ts";
import { DESK, guardedDesk, PEOPLE } from "./guarded-desk.ts";

describe("role", () => {
  test("is given by an administrator to a person who is mentioned or known, counts from the next word, and is taken back", async () => {
    const desk = await guardedDesk();
    expect(await desk.told("reader", `ack ${DESK}`)).toContain("needs the role editor");
    expect(await desk.told("admin", `role ${PEOPLE.reader} is editor`)).toContain(`@reader (${PEOPLE.reader}) is an editor from now on`);
    expect(await desk.told("reader", `ack ${DESK}`)).not.toContain("needs the role");
    expect(await desk.told("admin", "role @reader is default")).toContain("has the role of everybody again: reader");
    expect(await desk.told("reader", `ack ${DESK}`)).toContain("needs the role editor");
    expect(await desk.told("admin", "role reader is none")).toContain("is turned away");
    expect(await desk.told("reader", "list")).toContain("no role at this desk is yours");
  });

  test("shows who may do what, whoever gave it", async () => {
    const desk = await guardedDesk();
    const text = await desk.told("admin", "role");
    expect(text).toContain("Everybody of the company to whom no role is given: reader");
    expect(text).toMatch(/Administrators of the configuration\n.*@admin.*administrator/);
    expect(text).toMatch(/@approver.*approver.*by @admin, Wed 1 May 2024/);
    expect(text).toMatch(/@none.*no role/);
    expect(await desk.told("admin", "role @editor")).toContain(`@editor (${PEOPLE.editor}): editor`);
  });

  test("brings a guest in, and them alone", async () => {
    const desk = await guardedDesk();
    await desk.as("guest", "list");
    await desk.as("admin", `role ${PEOPLE.guest} is reader`);
    expect(await desk.told("guest", `show ${DESK}`)).toContain("EUR 100");
    expect(await desk.told("stranger", `show ${DESK}`)).toContain("No matter");
  });

  test("of an administrator of the configuration is changed there alone", async () => {
    const desk = await guardedDesk();
    await desk.as("admin", "help");
    expect(await desk.told("admin", "role me is reader")).toContain("an administrator by CUREWATCH_ADMINS");
    expect(await desk.told("admin", "role")).toContain("Administrators of the configuration");
  });

  test("is given to nobody by the words of somebody who bears another's name, or whom the desk has never met", async () => {
    const desk = await guardedDesk();
    await desk.type("mine", { person: "slack:T1/UOTHER" as never, personName: "Editor" });
    expect(await desk.told("admin", "role editor is admin")).toMatch(
      /Several people are called editor: slack:T1\/UEDITOR, slack:T1\/UOTHER/i,
    );
    expect(await desk.told("admin", "role slack:T1/CNEVER is admin")).toContain("nobody of that name is known");
    expect(await desk.told("admin", "role @nobody is admin")).toContain("nobody of that name is known");
  });

  test("takes a whole line or none", async () => {
    const desk = await guardedDesk();
    expect(await desk.told("admin", "role @editor is")).toContain("Missing: ROLE");
    expect(await desk.told("admin", "role @editor approver")).toContain("role @editor is approver");
    expect(await desk.told("admin", "role @editor is king")).toContain("king");
  });

  test("is given on the command line by reference before anybody has typed a word, where nobody administers", async () => {
    const desk = await guardedDesk();
    expect(await desk.terminal("role slack:T1/UNEVER is admin")).toMatchObject({
      person: "slack:T1/UNEVER",
      role: "admin",
      before: null,
      holds: "admin",
    });
    expect(textOf(await desk.type("role", { person: "slack:T1/UNEVER" as never, personName: "late" }))).toContain("Who may do what");
  });

  test("and whoever gave it stand in the trail, with no name in it", async () => {
    const desk = await guardedDesk();
    await desk.as("admin", "role @reader is approver");
    const [trace] = (await desk.desk.store.trail.latest(10)).filter(({ action }) => action === "role");
    expect(trace).toMatchObject({
      by: await desk.id("admin"),
      verb: "role",
      detail: { person: await desk.id("reader"), role: "approver" },
    });
    expect(JSON.stringify(trace)).not.toContain("reader");
  });

  test("can be filled in", async () => {
    const desk = await guardedDesk();
    const told = await desk.submit(
      "role",
      { person: [PEOPLE.reader], role: ["editor"] },
      { person: PEOPLE.admin as never, personName: "admin" },
    );
    expect("cards" in told && textOf(told)).toContain("is an editor from now on");
  });
});

test("a desk without administrators lets all of its company record, and no guest", async () => {
  const desk = await formDesk(undefined, { kindOf: (person) => (person.endsWith("G") ? "guest" : "member") });
  expect(textOf(await desk.type("list"))).not.toContain("needs the role");
  expect(textOf(await desk.type("register CNIL X-1 Firma --kind notice"))).toContain("X-1");
  const guest = { person: "slack:T1/UG" as never, personName: "gus" };
  expect(textOf(await desk.type("register CNIL X-2 Firma --kind notice", guest))).toContain("yours is that of a guest");
  expect(textOf(await desk.type("show X-1", guest))).toContain("No matter X-1 is known");
});
