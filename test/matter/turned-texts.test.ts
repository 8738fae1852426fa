import { describe, expect, test } from "vitest";
import { asOf } from "../../src/matter/corrected-facts.ts";
import { decideEvent } from "../../src/matter/decide.ts";
import type { MatterEvent, RecordedEvent } from "../../src/matter/events.ts";
import { address, line, prose } from "../../src/matter/fields.ts";
import type { Matter } from "../../src/matter/history.ts";
import { given, TODAY } from "../support/given.ts";
import { sessionOfTest } from "../support/session.ts";

const NAMES = ["חברת דוגמה בע״מ", "شركة المثال", "Exemple\u200E 12", "\u200Fא", "\u061C١٢"];

function codesOf(schema: typeof prose, text: string): readonly string[] {
  return schema.safeParse(text).error?.issues.map(({ message }) => message) ?? [];
}

describe("what turns the writing direction round", () => {
  test.each(["202A", "202B", "202C", "202D", "202E", "2066", "2067", "2068", "2069"])(
    "U+%s is refused in one line as other control characters are, ended or not, and in an address",
    (code) => {
      const turn = String.fromCharCode(Number.parseInt(code, 16));
      for (const text of [`Evil ${turn}000,9 RUE`, `Evil ${turn}000,9\u202C RUE`, `Evil ${turn}000,9\u2069 RUE`])
        expect(codesOf(line(300), text)).toEqual(["text-line"]);
      expect(codesOf(address, `https://cnil.fr/${turn}x`)).toEqual(["address"]);
    },
  );

  test.each([
    ["none", "They agreed", true],
    ["an isolate that is ended", "They wrote \u2067שלום\u2069 and left", true],
    ["an embedding that is ended", "\u202Babc\u202C 9", true],
    ["one within another", "\u2067a \u202Ab\u202C c\u2069", true],
    ["one that is not ended", "Evil \u202E000,9 RUE", false],
    ["one that is ended on another line", "Evil \u202E000,9\n\u202C RUE", false],
    ["an end of nothing", "9\u202C", false],
    ["one that is ended by the end of another", "\u2067a\u202C", false],
    ["two that are ended crosswise", "\u2067a\u202Bb\u2069c\u202C", false],
  ])("in a text of several lines: %s", (_, text, isTaken) => {
    expect(codesOf(prose, text)).toEqual(isTaken ? [] : ["text-turned"]);
  });

  test.each(NAMES)("%j stays as it was typed", (name) => {
    for (const schema of [line(300), prose]) expect(schema.parse(name)).toBe(name);
  });
});

const EVIL = "Evil \u202E000,9 RUE";

/** A matter as it may stand in a register from before such characters were refused. */
function standing(respondent: string, ...sets: readonly object[]): Matter {
  const matter = given({});
  const events = sets.map(
    (set, index): RecordedEvent => ({
      ...{ id: `e${index + 1}`, event: correction(set) as MatterEvent, order: index + 1, recordedAt: "2024-03-10T12:00:00.000Z" },
      ...{ by: "slack:T1/U1", via: "command", initial: false },
    }),
  );
  return { ...matter, facts: { ...matter.facts, respondent }, events };
}

function correction(set: object): object {
  return { on: "2024-03-10", type: "corrected", event: "registered", because: "mistyped", set };
}

describe("a register in which one stands from before", () => {
  test("still takes corrections of the matter: the day of notification is the corrected one", () => {
    const { facts } = asOf(standing(EVIL, { notified: "2024-01-08" }), TODAY);
    expect(facts).toMatchObject({ notified: "2024-01-08", respondent: "Evil 000,9 RUE" });
    expect(decideEvent(standing(EVIL), correction({ notified: "2024-01-08" }) as MatterEvent, TODAY)).toBeNull();
  });

  test("still takes a correction that itself set such a name", () => {
    const { facts } = asOf(standing("Exemple SA", { notified: "2024-01-08", respondent: EVIL }), TODAY);
    expect(facts).toMatchObject({ notified: "2024-01-08", respondent: "Evil 000,9 RUE" });
  });

  test("takes no new one, typed or corrected, and says at which place", async () => {
    const session = await sessionOfTest();
    const register = (respondent: string) =>
      `register CNIL SAN-2026-002 "${respondent}" --kind sanction --decided 2026-01-02 --notified 2026-01-05`;
    const said = async (line: string) => JSON.stringify(await session.type(line));
    expect(await said(register(EVIL))).toContain("respondent: Write one line of text, without control characters");
    await session.ask(register("חברת דוגמה בע״מ"));
    expect(await said(`corrected SAN-2026-002 --on 2026-01-06 --event registered --set "respondent=${EVIL}" --because mistyped`)).toContain(
      "turn the direction of writing",
    );
    expect(await said(`note SAN-2026-002 --on 2026-01-06 --text "${EVIL}"`)).toContain("text: It holds invisible characters");
  });
});
