import { describe, expect, test } from "vitest";
import { ADMINISTERED, type FormDesk, formDesk, KOUROU, textOf } from "./form-desk.ts";

const OFF = "Notes are off here. An administrator turns them on with policy --notes on.";
const WARNING = "may be discoverable";

async function desk(): Promise<FormDesk> {
  const made = await formDesk("2024-05-01T09:00:00.000Z", { ...ADMINISTERED, notes: false });
  await made.type(KOUROU);
  return made;
}

describe("notes are off until the desk turns them on", () => {
  test.each([
    'note SAN-2023-018 --on 2024-04-30 --text "Counsel has been asked"',
    'paid SAN-2023-018 --on 2024-04-30 --amount 100 --for dpo --note "by transfer"',
    'corrected SAN-2023-018 --on 2024-04-30 --event e1 --set note=seen --because "forgotten"',
    'corrected SAN-2023-018 --on 2024-04-30 --event e1 --set text=seen --because "forgotten"',
  ])("%s is refused with the warning, and nothing is recorded", async (line) => {
    const { type, head } = await desk();
    const before = await head();
    const said = textOf(await type(line));
    expect(said).toContain(OFF);
    expect(said).toContain(WARNING);
    expect(await head()).toBe(before);
  });

  test("the form of a note is refused likewise, as a shortcut opens it, and other forms do not ask for one", async () => {
    const { door, asking, form } = await desk();
    const answer = await door.form({ ...asking(), verb: "note", values: { text: ["what the channel said"] } });
    expect("cards" in answer ? textOf(answer) : "a form").toContain(OFF);
    const fields = async () => (await form("paid", { ref: ["SAN-2023-018"] })).fields.map(({ name }) => name);
    expect(await fields()).not.toContain("note");
    expect(await fields()).toContain("source");
  });

  test("a note that is submitted all the same is refused", async () => {
    const { problems } = await desk();
    expect((await problems("note", { ref: ["SAN-2023-018"], on: ["2024-04-30"], text: ["seen"] })).other).toContain(OFF);
  });

  test("once they are on, all of it is taken; a reason always was", async () => {
    const { type, form } = await desk();
    expect(textOf(await type('extended SAN-2023-018 --on 2024-02-01 --until 2024-08-01 --because "granted" --confirmed 1'))).not.toContain(
      OFF,
    );
    expect(textOf(await type("policy --notes on"))).toContain("discoverable");
    expect(textOf(await type('note SAN-2023-018 --on 2024-04-30 --text "Counsel has been asked"'))).toContain("Recorded");
    expect((await form("paid", { ref: ["SAN-2023-018"] })).fields.map(({ name }) => name)).toContain("note");
  });
});
