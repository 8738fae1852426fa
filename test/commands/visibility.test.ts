import { describe, expect, test } from "vitest";
import { visibilityOf } from "../../src/matter/sight.ts";
import { textOf } from "./form-desk.ts";
import { DESK, type GuardedDesk, guardedDesk, PEOPLE, PUBLIC, SECRET, type Who } from "./guarded-desk.ts";

const NARROWER = `visibility ${DESK} --on 2024-05-01 --to restricted`;
const WIDER = `visibility ${DESK} --on 2024-05-01 --to public`;

async function visibility(desk: GuardedDesk, key: string): Promise<string> {
  return visibilityOf((await desk.desk.register.matter(key))!);
}

/** Types a line and, where it is asked whether it is meant, presses the button that means it. */
async function meant(desk: GuardedDesk, who: Who, line: string): Promise<string> {
  const answer = await desk.as(who, line);
  const confirming = answer.cards.flatMap(({ blocks }) =>
    blocks.flatMap((block) => (block.kind === "actions" ? block.actions.filter(({ command }) => command.includes("--confirmed")) : [])),
  );
  return confirming[0] === undefined ? textOf(answer) : desk.told(who, confirming[0].command);
}

describe("a matter", () => {
  test("is made restricted by an editor, who is let in with whom it is assigned to; nobody else sees it any more", async () => {
    const desk = await guardedDesk();
    await desk.submit("assign", { ref: [DESK], person: [PEOPLE.reader] }, { person: PEOPLE.editor as never, personName: "editor" });
    expect(await meant(desk, "editor", NARROWER)).toContain("Let in on it: @editor, @reader");
    expect(await visibility(desk, DESK)).toBe("restricted");
    for (const who of ["editor", "reader"] as const) expect(await desk.told(who, `show ${DESK}`)).toContain("Firma 002");
    for (const who of ["admin", "approver", "guest"] as const) expect(await desk.told(who, `show ${DESK}`)).toContain("No matter");
  });

  test("is made more visible by an approver alone: by the event, by its correction, and by taking it out", async () => {
    const desk = await guardedDesk();
    expect(await meant(desk, "editor", WIDER)).toContain("visibility needs the role approver; yours is editor");
    await meant(desk, "editor", NARROWER);
    await desk.as("editor", `admit ${DESK} @approver`);
    const { id } = (await desk.desk.register.matter(DESK))!.events.at(-1)!;
    // Told at once, and not once it was asked whether it is meant.
    for (const change of ["--void", "--set to=public"])
      expect(textOf(await desk.as("editor", `corrected ${DESK} --on 2024-05-01 --event ${id} ${change} --because mistake`))).toContain(
        "needs the role approver",
      );
    expect(await visibility(desk, DESK)).toBe("restricted");
    await meant(desk, "approver", `corrected ${DESK} --on 2024-05-01 --event ${id} --void --because mistake`);
    expect(await visibility(desk, DESK)).toBe("desk");
    await meant(desk, "approver", WIDER);
    expect(await visibility(desk, DESK)).toBe("public");
    expect(await desk.told("guest", `show ${DESK}`)).toContain("Firma 002");
  });

  test("is not made visible, nor hidden, by correcting what it is registered with: it would be read nowhere", async () => {
    const desk = await guardedDesk();
    const line = `corrected ${PUBLIC} --on 2024-05-01 --event registered --set visibility=restricted --because mistake`;
    expect(await meant(desk, "editor", line)).toContain("visibility REF --to says it anew");
    expect(await visibility(desk, PUBLIC)).toBe("public");
  });

  test("is registered a second time by nobody who does not see it, in words that tell nothing of it", async () => {
    const desk = await guardedDesk();
    const line = 'register CNIL SECRET-2024-003 "Somebody" --kind notice';
    const told = await desk.told("approver", line);
    expect(told).toContain("A matter of that number cannot be registered by you here");
    expect(told).not.toContain("Firma");
    expect((await desk.desk.register.matter(SECRET))!.facts.respondent).toBe("Firma 003");
  });
});
