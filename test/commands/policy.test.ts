import { describe, expect, test } from "vitest";
import { textOf } from "./form-desk.ts";
import { guardedDesk, PEOPLE, PUBLIC } from "./guarded-desk.ts";

describe("policy", () => {
  test("is shown and changed by administrators alone, and each change stands in the trail with who made it", async () => {
    const desk = await guardedDesk();
    expect(await desk.told("admin", "policy")).toMatch(/How this desk wants it\n.*reader/s);
    expect(await desk.told("approver", "policy")).toContain("policy needs the role admin; yours is approver");
    await desk.as("admin", "policy --pending-hours 48 --retain P5Y");
    await desk.as("admin", "policy --pending-hours 48");
    const traces = (await desk.desk.store.trail.latest(20)).filter(({ action }) => action === "policy");
    expect(traces.map(({ by, detail }) => [by, detail])).toEqual([[await desk.id("admin"), { pendingHours: 48, retain: "P5Y" }]]);
    expect(await desk.desk.store.access.policy()).toMatchObject({ pendingHours: 48, retain: "P5Y" });
  });

  test("--role sets what everybody of the company may do, but not those to whom a role was given", async () => {
    const desk = await guardedDesk();
    await desk.as("admin", "policy --role none");
    expect(await desk.told("reader", "list")).toContain("no role at this desk is yours");
    expect(await desk.told("editor", "list")).toContain("DESK-2024-002");
    // Nobody of those who read in the channel is told of the desk's matters any more.
    expect(await desk.told("editor", "list --here")).not.toContain("DESK-2024-002");
    await desk.as("admin", "policy --role editor");
    expect(await desk.told("reader", `ack ${PUBLIC}`)).not.toContain("needs the role");
    expect(await desk.told("guest", `ack ${PUBLIC}`)).toContain("needs the role editor");
    await desk.as("admin", "policy --role default");
    expect(await desk.told("reader", `ack ${PUBLIC}`)).toContain("yours is reader");
  });

  test("--notes on says what notes bring with them, once", async () => {
    const desk = await guardedDesk();
    const warning = /Messages, acknowledgements and history may be discoverable.*keeps its own copies.*do not paste/;
    expect(await desk.told("admin", "policy --notes on")).toMatch(warning);
    expect(await desk.told("admin", "policy")).not.toMatch(warning);
    expect((await desk.desk.sights.policy()).notes).toBe(true);
  });

  test("--two-persons on says where nobody could approve", async () => {
    const desk = await guardedDesk();
    expect(await desk.told("admin", "policy --two-persons on")).not.toContain("can approve");
    await desk.as("admin", `role ${PEOPLE.approver} is reader`);
    expect(await desk.told("admin", "policy")).toContain("One person alone can approve");
  });

  test.each([
    ["--pending-hours 0", "0 hours are too few or too many"],
    ["--pending-hours 9000", "9000 hours are too few or too many"],
    ["--retain soon", "P5Y, P18M, off"],
    ["--retain PT72H", "P5Y, P18M, off"],
    ["--role admin", "none, reader, editor, approver, default"],
    ["--notes maybe", "on, off"],
  ])("%s is refused, and nothing changes", async (option, why) => {
    const desk = await guardedDesk();
    const before = await desk.desk.store.access.policy();
    expect(await desk.told("admin", `policy ${option}`)).toContain(why);
    expect(await desk.desk.store.access.policy()).toEqual(before);
  });

  test("can be filled in: what was left as it stood is not set", async () => {
    const desk = await guardedDesk();
    const admin = { person: PEOPLE.admin as never, personName: "admin" };
    const form = await desk.form("policy", {}, admin);
    const stood = Object.fromEntries(form.fields.map(({ name, initial = [] }) => [name, initial]));
    expect(stood).toMatchObject({ role: ["default"], notes: ["off"], "pending-hours": ["72"], retain: ["off"] });
    const told = await desk.door.submit({ ...desk.asking(admin), verb: "policy", values: { ...stood, "two-persons": ["on"] }, stood });
    expect("cards" in told && textOf(told)).toContain("Changed");
    expect(await desk.desk.sights.policy()).toMatchObject({ twoPersons: true, notes: false, pendingHours: 72 });
  });
});
