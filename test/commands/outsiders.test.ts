import { describe, expect, test } from "vitest";
import { type GuardedDesk, guardedDesk, INTERNAL, PUBLIC, SHARED, UNTOLD } from "./guarded-desk.ts";

/** What only people of the desk may know of a public matter. */
const INSIDE = /Privileged|counsel's view|moved for|by hand since|@?\b(ben|editor|approver)\b|acknowledged|Not acknowledged/i;

/** A public matter on which the desk has worked: every line is recorded by its editor. */
async function worked(): Promise<GuardedDesk> {
  const desk = await guardedDesk();
  await desk.as("admin", "policy --notes on");
  const version = async () => (await desk.desk.register.matter(PUBLIC))!.version;
  for (const line of [
    `note ${PUBLIC} --on 2024-03-01 --text "Privileged: counsel's view is that we lose"`,
    `assign ${PUBLIC} to ben`,
    `assign ${PUBLIC} to ben --as owner`,
    `extended ${PUBLIC} --on 2024-03-01 --by P3M --because "moved for the auditors"`,
    `overridden ${PUBLIC} --on 2024-03-02 --item a --what expiry --value 2024-07-01 --because "by hand since counsel's view"`,
    `corrected ${PUBLIC} --on 2024-03-03 --event e4 --set "because=Privileged reason" --because "Privileged mistake"`,
    `corrected ${PUBLIC} --on 2024-03-03 --event e1 --set "text=Privileged again" --because "Privileged mistake"`,
    `ack ${PUBLIC}`,
  ]) {
    await desk.as("editor", line);
    await desk.as("editor", `${line} --confirmed ${await version()}`);
  }
  return desk;
}

const QUESTIONS = [`show ${PUBLIC}`, `history ${PUBLIC}`, `why ${PUBLIC}`, "list", "digest", "proposals", `cost ${PUBLIC}`];

describe("of a public matter", () => {
  test("the desk's own people read how the desk works on it", async () => {
    const desk = await worked();
    const history = await desk.told("reader", `history ${PUBLIC}`);
    for (const part of ["counsel's view", "moved for the auditors", "Assigned to ben", "editor", "Privileged reason"])
      expect(history).toContain(part);
    expect(await desk.told("reader", `show ${PUBLIC}`)).toContain("@ben");
    expect(await desk.told("reader", `why ${PUBLIC}`)).toContain("by hand since counsel's view");
  });

  test.each(["guest", "stranger"] as const)("a %s reads what is public, and nothing of that", async (who) => {
    const desk = await worked();
    for (const line of QUESTIONS) expect(await desk.told(who, line), line).not.toMatch(INSIDE);
    expect(await desk.told(who, `history ${PUBLIC}`)).toMatch(/extended by 3 months.*recorded/s);
    expect(await desk.told(who, `history ${PUBLIC}`)).toContain("what the desk keeps to itself is not shown");
    expect(await desk.told(who, `show ${PUBLIC}`)).toContain("1 Jul");
    expect(await desk.told(who, `why ${PUBLIC}`)).toContain("the reason is the desk’s own");
  });

  test.each([SHARED, UNTOLD])("an answer that is read in %s holds nothing of that", async (place) => {
    const desk = await worked();
    for (const line of QUESTIONS) expect(await desk.told("editor", `${line} --here`, place), line).not.toMatch(INSIDE);
    expect(await desk.told("editor", `history ${PUBLIC}`, place)).toMatch(INSIDE);
    expect(await desk.told("editor", `history ${PUBLIC} --here`, INTERNAL)).toMatch(INSIDE);
  });

  test("nobody outside the desk learns who has it by asking for the matters of somebody", async () => {
    const desk = await worked();
    for (const filter of ["assigned:ben", "owner:ben", "people:ben"]) {
      expect(await desk.told("reader", `list ${filter}`)).toContain("PUB-2024-001");
      expect(await desk.told("guest", `list ${filter}`)).not.toContain("PUB-2024-001");
    }
  });

  test("what waits for an approval is told to the desk alone", async () => {
    const desk = await worked();
    await desk.as("admin", "policy --two-persons on");
    const version = (await desk.desk.register.matter(PUBLIC))!.version;
    await desk.as("editor", `complied ${PUBLIC} --on 2024-04-10 --because "Privileged" --confirmed ${version}`);
    expect(await desk.told("reader", "proposals")).toContain("One change waits");
    for (const who of ["guest", "stranger"] as const) expect(await desk.told(who, "proposals")).toContain("Nothing waits");
  });
});
