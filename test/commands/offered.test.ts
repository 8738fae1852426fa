import { describe, expect, test } from "vitest";
import type { Card } from "../../src/ports/card.ts";
import type { PersonRef, Place } from "../../src/ports/chat.ts";
import { formDesk, textOf } from "./form-desk.ts";
import { DESK, guardedDesk, PEOPLE, type Who } from "./guarded-desk.ts";

function commandsOf(cards: readonly Card[]): readonly string[] {
  return cards.flatMap(({ blocks }) =>
    blocks.flatMap((block) => (block.kind === "actions" ? block.actions.map(({ command }) => command) : [])),
  );
}

describe("what one person alone is shown offers nothing that would be refused to them:", () => {
  const homeAt = async (who: Who) => {
    const { door, asking } = await guardedDesk();
    const person = PEOPLE[who] as PersonRef;
    return (await door.home({ ...asking(), person, personName: who, place: person as string as Place })).cards;
  };

  test("the home of a reader has no form to register, and of a guest none for a digest of their own either", async () => {
    const of = { editor: await homeAt("editor"), reader: await homeAt("reader"), guest: await homeAt("guest") };
    expect(commandsOf(of.editor)).toEqual(expect.arrayContaining(["form register", "list", "form mine"]));
    expect(commandsOf(of.reader)).not.toContain("form register");
    expect(commandsOf(of.reader)).toEqual(expect.arrayContaining(["list", "help", "form mine"]));
    expect(commandsOf(of.guest).filter((line) => /register|mine/.test(line))).toEqual([]);
    expect(textOf({ cards: of.reader })).not.toMatch(/- assign/);
    expect(textOf({ cards: of.reader })).toContain("Commands to try");
    expect(textOf({ cards: of.guest })).not.toContain("No digest of your own");
  });

  test("a card that a reader has asked for can be read on, and not acted upon", async () => {
    const { as } = await guardedDesk();
    const [editor, reader] = [await as("editor", `show ${DESK}`), await as("reader", `show ${DESK}`)];
    expect(commandsOf(editor.cards)).toEqual(expect.arrayContaining([`form record ${DESK}`, `why ${DESK}`]));
    expect(commandsOf(reader.cards).filter((line) => /^(form|ack|snooze)/.test(line))).toEqual([]);
    expect(commandsOf(reader.cards)).toEqual(expect.arrayContaining([`why ${DESK}`, `history ${DESK}`]));
  });

  test("one that everybody in the place reads keeps its buttons, whoever asked", async () => {
    const { as } = await guardedDesk();
    const answer = await as("reader", `show ${DESK} --here`);
    expect(answer.audience).toBe("place");
    expect(commandsOf(answer.cards)).toContain(`form record ${DESK}`);
  });

  test("where nobody administers the desk, all is offered to everybody of the company", async () => {
    const { door, asking } = await formDesk();
    const { cards } = await door.home(asking());
    expect(commandsOf(cards)).toContain("form register");
    expect(textOf({ cards })).toContain("Three commands to try");
  });
});
