import { describe, expect, test } from "vitest";
import { guardedDesk, INTERNAL, PEOPLE, PUBLIC, SHARED, UNTOLD } from "./guarded-desk.ts";

describe("what a watch names", () => {
  test("is shown to the desk's own people, and to guests and strangers as a count", async () => {
    const desk = await guardedDesk();
    await desk.as("editor", "watch respondent:Exemple tag:merger");
    for (const who of ["reader", "editor", "admin"] as const)
      expect(await desk.told(who, "watches"), who).toContain("respondent:Exemple tag:merger");
    for (const who of ["guest", "stranger"] as const) {
      const told = await desk.told(who, "watches");
      expect(told, who).toContain("2 filters, not shown here");
      expect(told, who).not.toMatch(/Exemple|merger/);
    }
  });

  test("is not shown where others read the answer", async () => {
    const desk = await guardedDesk();
    for (const place of [SHARED, UNTOLD]) {
      await desk.as("editor", "watch respondent:Exemple", place);
      expect(await desk.told("editor", "watches", place)).toContain("respondent:Exemple");
      for (const line of ["watches --here", "settings --here", "watch respondent:Exemple --here"])
        expect(await desk.told("editor", line, place), line).not.toContain("Exemple");
    }
    expect(await desk.told("editor", "watches --here", INTERNAL)).not.toContain("not shown");
  });

  test("a watch of everything is called that wherever it is shown", async () => {
    const desk = await guardedDesk();
    await desk.as("editor", "watch");
    expect(await desk.told("guest", "watches")).toContain("every matter");
  });
});

describe("matters that are looked up to be put where everybody reads", () => {
  test.each([
    [INTERNAL, [PUBLIC, "CNIL:DESK-2024-002"]],
    [SHARED, [PUBLIC]],
    [UNTOLD, [PUBLIC]],
  ] as const)("are those that everybody in %s may see, whatever whoever looks may", async (place, keys) => {
    const desk = await guardedDesk();
    const asking = desk.asking({ person: PEOPLE.editor, personName: "editor", place } as never);
    const found = await desk.door.lookUp({ ...asking, passing: true, of: "matter", query: "", most: 10 });
    expect(found.map(({ value }) => value).sort()).toEqual([...keys].sort());
  });
});
