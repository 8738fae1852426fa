import { describe, expect, test } from "vitest";
import { matchKeys } from "../../src/matter/key.ts";
import { type FormDesk, formDesk, textOf } from "./form-desk.ts";

/** One decision of which one matter names its addressee and the other none, and a reference that reads like both together. */
const KEYS = ["CNIL:A-1", "CNIL:A-1/google", "ICO:A-1", "CNIL:A-1-GOOGLE"];

async function desk(): Promise<FormDesk> {
  const made = await formDesk();
  await made.type("register CNIL A-1 X --kind sanction");
  await made.type("register CNIL A-1 X --kind sanction --addressee google");
  return made;
}

describe("the key of a matter", () => {
  test.each([
    ["CNIL:A-1", ["CNIL:A-1"]],
    ["cnil: a 1", ["CNIL:A-1"]],
    ["CNIL:A-1/google", ["CNIL:A-1/google"]],
    ["CNIL:A-1-GOOGLE", ["CNIL:A-1-GOOGLE"]],
    ["A-1", ["CNIL:A-1", "CNIL:A-1/google", "ICO:A-1"]],
    ["A-1/google", ["CNIL:A-1/google", "CNIL:A-1-GOOGLE"]],
  ])("%s means %j", (name, keys) => {
    expect(matchKeys(name, KEYS)).toEqual(keys);
  });

  test("where every matter of a reference has an addressee leaves open which is meant", () => {
    expect(matchKeys("CNIL:A-1", ["CNIL:A-1/google", "CNIL:A-1/meta"])).toEqual(["CNIL:A-1/google", "CNIL:A-1/meta"]);
  });

  test("opens what a button names, and records of what was chosen, whatever else bears its reference", async () => {
    const { type, submit, found, desk: opened } = await desk();
    expect(await found("matter", "")).toEqual(["CNIL:A-1", "CNIL:A-1/google"]);
    for (const key of await found("matter", "")) {
      expect(textOf(await type(`show ${key}`))).not.toContain("can mean several");
      await submit("note", { ref: [key], on: ["2024-04-01"], text: [key] });
    }
    const notes = (await opened.register.all()).map(({ key, events }) => [key, events.map(({ event }) => event)]);
    expect(notes).toMatchObject([
      ["CNIL:A-1", [{ text: "CNIL:A-1" }]],
      ["CNIL:A-1/google", [{ text: "CNIL:A-1/google" }]],
    ]);
    expect(textOf(await type("show A-1"))).toContain("A-1 can mean several matters: CNIL:A-1, CNIL:A-1/google");
  });
});
