import { describe, expect, test } from "vitest";
import type { PersonRef } from "../../src/ports/chat.ts";
import type { Language } from "../../src/time/wording.ts";
import { ADMINISTERED, ANA, type FormDesk, formDesk, KOUROU } from "./form-desk.ts";

const BOB = { person: "slack:T1/U2" as PersonRef, personName: "bob" };

/** What the buttons that ask first say on both of theirs, by the line that they are an answer to. */
async function askedBy(desk: FormDesk, language: Language, line: string): Promise<readonly (string | undefined)[]> {
  const { cards } = await desk.type(line, { language });
  const actions = cards.flatMap(({ blocks }) => blocks).flatMap((block) => (block.kind === "actions" ? block.actions : []));
  return actions.flatMap(({ label, confirm, decline }) => (confirm === undefined ? [] : [label, decline]));
}

describe("a button that asks before it does anything", () => {
  test.each([
    ["snooze SAN-2023-018 until 2024-03-01", ["Put off all the same", "Cancel"], ["Reporter quand même", "Annuler"]],
    ["erase SAN-2023-018 --all --because request", ["Erase", "Cancel"], ["Effacer", "Annuler"]],
    [`erase person ${BOB.person} --because request`, ["Erase", "Cancel"], ["Effacer", "Annuler"]],
  ])("says in the reader's language how to leave it undone: %s", async (line, english, french) => {
    const desk = await formDesk("2024-02-01T09:00:00.000Z", ADMINISTERED);
    await desk.type(KOUROU);
    await desk.desk.store.people.idOf(BOB.person, BOB.personName);
    expect(await askedBy(desk, "en", line)).toEqual(english);
    expect(await askedBy(desk, "fr", line)).toEqual(french);
  });

  test("says so too where it confirms that a place is internal", async () => {
    const desk = await formDesk("2024-02-01T09:00:00.000Z", { admins: [ANA], audience: () => ({ kind: "unknown" }) });
    await desk.type(KOUROU);
    expect(await askedBy(desk, "fr", "settings")).toEqual(["Il est interne", "Annuler"]);
  });
});
