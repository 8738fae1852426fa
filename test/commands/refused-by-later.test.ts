import { describe, expect, test } from "vitest";
import type { PersonRef, Place } from "../../src/ports/chat.ts";
import type { Instant } from "../../src/time/instant.ts";
import type { Language } from "../../src/time/wording.ts";
import { ORDER } from "../support/given.ts";
import { sessionOfTest, type Typist } from "../support/session.ts";
import { textOf } from "./places.ts";

const LOCAL: Typist = { place: "console:terminal" as Place, person: "console:me" as PersonRef, personName: "me" };

/** What is said of a line on SAN-2024-001, of which those events are recorded. */
async function said(events: readonly object[], line: string, language: Language = "en") {
  const session = await sessionOfTest();
  const brought = await session.bring({ ...ORDER, events });
  expect(brought.answer.error).toBeUndefined();
  session.clock.set("2026-01-15T09:00:00.000Z" as Instant);
  const answered = await session.type(line.replace(" ", " SAN-2024-001 "), { ...LOCAL, language });
  return { text: textOf(answered).replace(/[\u00a0\u202f]/g, " "), json: answered.json as { readonly error: { readonly code: string } } };
}

const CLAIM = { on: "2024-04-20", type: "complied" };
const REJECTED = { on: "2024-04-25", type: "rejected" };

describe("an event that would make a later one impossible", () => {
  test("is not told to be recorded: the later one is named, and what to do", async () => {
    const { text, json } = await said([CLAIM, REJECTED], "complied --on 2024-03-20");
    expect(json.error.code).toBe("claim-stands");
    expect(text).toContain(
      "It would stand before e1 (complied of Sat 20 Apr 2024), which could then not be made: give it a day after that one, or correct e1 first",
    );
    expect(text).not.toMatch(/claimed already|20 Mar/);
  });

  test("in French", async () => {
    const { text } = await said([CLAIM, REJECTED], "complied --on 2024-03-20", "fr");
    expect(text).toContain("Cet événement précéderait e1 (");
    expect(text).not.toMatch(/déjà déclarée|20 mars/);
  });

  test.each([
    ["an end before a claim", [CLAIM], "withdrawn --on 2024-03-20", "item-ended"],
    ["a stay before a stay", [{ on: "2024-04-20", type: "stayed" }], "stayed --on 2024-03-20", "stay-inside-stay"],
    ["a rejection before the rejection", [{ on: "2024-03-10", type: "complied" }, REJECTED], "rejected --on 2024-03-20", "no-claim"],
  ])("says the same of %s", async (_, events, line, code) => {
    const { text, json } = await said(events, line);
    expect(json.error.code).toBe(code);
    expect(text).toMatch(/It would stand before e\d \(\w+ of \w{3} 2\d Apr 2024\), which could then not be made/);
  });

  test("names what a correction would make impossible, with the reason", async () => {
    const { text, json } = await said([CLAIM, REJECTED], "corrected --on 2024-05-01 --event e1 --void --because misread");
    expect(json.error.code).toBe("no-claim");
    expect(text).toContain("e2 (rejected of Thu 25 Apr 2024) could then not stand: There is no claim of compliance that could be rejected");
  });

  test("names it where a file brings the earlier one", async () => {
    const session = await sessionOfTest();
    await session.bring({ ...ORDER, events: [CLAIM, REJECTED] });
    const { answer } = await session.bring({ ...ORDER, events: [{ on: "2024-03-20", type: "complied" }, CLAIM, REJECTED] });
    expect(answer.error?.text).toContain("e1 (complied of Sat 20 Apr 2024) could then not stand: Compliance is claimed already");
  });

  test("is refused as before where it makes no sense itself", async () => {
    const { text } = await said([CLAIM], "complied --on 2024-04-25");
    expect(text).toContain("complied of Thu 25 Apr 2024: Compliance is claimed already, on Sat 20 Apr 2024");
  });
});
