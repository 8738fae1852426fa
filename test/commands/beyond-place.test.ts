import { describe, expect, test } from "vitest";
import { textOf } from "./form-desk.ts";
import { DESK, guardedDesk, INTERNAL, PEOPLE, SHARED, UNTOLD } from "./guarded-desk.ts";

const order = (visibility: string) =>
  `register CNIL NEW-2024-009 "Whisper Ltd" --kind sanction --decided 2024-01-02 --notified 2024-01-05 --item a --period P2M --rate 100 --per day --visibility ${visibility}`;

describe("an answer that a place reads", () => {
  test.each([
    ["restricted", SHARED],
    ["desk", SHARED],
    ["restricted", UNTOLD],
    ["desk", UNTOLD],
    ["restricted", INTERNAL],
  ] as const)("about a %s matter that was just registered goes to its asker alone, in %s", async (visibility, place) => {
    const desk = await guardedDesk();
    const answer = await desk.as("editor", `${order(visibility)} --here`, place);
    expect(answer.audience).toBe("asker");
    expect(textOf(answer)).toContain("NEW 2024 009".replaceAll(" ", "-"));
  });

  test("about a matter that was just made restricted goes to its asker alone", async () => {
    const desk = await guardedDesk();
    const answer = await desk.as("editor", `visibility ${DESK} --on 2024-05-01 --to restricted --confirmed 1 --here`, INTERNAL);
    expect(answer.audience).toBe("asker");
  });

  test("is the place's where everybody there may see what was registered", async () => {
    const desk = await guardedDesk();
    expect((await desk.as("editor", `${order("desk")} --here`, INTERNAL)).audience).toBe("place");
    const other = await guardedDesk();
    expect((await other.as("approver", `${order("public")} --here`, SHARED)).audience).toBe("place");
  });

  test.each([SHARED, INTERNAL])("names nothing of a restricted matter that was registered in the hearing of %s", async (place) => {
    const desk = await guardedDesk();
    const asking = desk.asking({ person: PEOPLE.editor, personName: "editor", place } as never);
    const answer = await desk.door.onCommand({ ...asking, overheard: true, text: order("restricted") });
    expect(answer.audience).toBe("asker");
    expect(textOf(answer)).toContain("Not everybody who reads here may see what it is about");
    expect(JSON.stringify(answer)).not.toMatch(/NEW|Whisper|restricted/);
    expect(await desk.told("editor", "show NEW-2024-009", "alone")).toContain("Whisper Ltd");
  });
});
