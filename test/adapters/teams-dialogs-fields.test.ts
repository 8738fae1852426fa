import { describe, expect, test } from "vitest";
import { inputOf } from "../../adapters/chat/teams/form-inputs.ts";
import { valuesIn } from "../../adapters/chat/teams/form-values.ts";
import type { Choice, Field, FieldKind } from "../../src/ports/form.ts";
import { fc, SEED } from "../support/seeded.ts";

const OPTIONS: readonly Choice[] = ["a,b", "c d", "é%2C"].map((value) => ({ value, label: value.toUpperCase() }));

function shown(kind: FieldKind, values: readonly string[] = [], more: Partial<Field> = {}): Readonly<Record<string, unknown>> {
  const field = { name: "on:more", label: "The field", required: false, kind, ...more };
  return inputOf(field, { values, choices: [] }) as unknown as Readonly<Record<string, unknown>>;
}

/** What comes back of an input that nobody touched. */
function untouched(kind: FieldKind, values: readonly string[]): readonly string[] {
  const input = shown(kind, values);
  return valuesIn({ [String(input.id)]: input.value ?? "" })["on:more"] ?? [];
}

const KINDS: readonly FieldKind[] = [
  { type: "text", longest: 5 },
  { type: "text", longest: 500, lines: true },
  { type: "day" },
  { type: "time" },
  { type: "number", decimals: true },
  { type: "number", decimals: false },
  { type: "choice", many: false, options: OPTIONS },
  { type: "lookup", of: "matter", many: false, shown: [] },
  { type: "person" },
  { type: "place" },
];

describe("an input of a dialog", () => {
  test(`that nobody touched hands back what stood in it, whatever it is (CUREWATCH_TEST_SEED=${SEED})`, () => {
    const days = fc.constantFrom(
      "2024-02-19",
      "0024-1-1",
      "14:05",
      "24:00",
      "12",
      "007",
      "0.10",
      "1e3",
      "99999999999999999999",
      "a,b",
      "yes",
    );
    const value = fc.oneof(fc.string({ unit: "grapheme", minLength: 1 }), days).filter((text) => text.trim() !== "");
    fc.assert(
      fc.property(fc.constantFrom(...KINDS), value, (kind, one) => {
        expect([kind.type, untouched(kind, [one])]).toEqual([kind.type, [one]]);
      }),
      { numRuns: 2_000 },
    );
    fc.assert(
      fc.property(fc.array(value, { maxLength: 5 }), (values) => {
        expect(untouched({ type: "choice", many: true, options: OPTIONS }, values)).toEqual(values);
      }),
    );
  });

  test("is a date, a time or a whole number where its value is one, and else a text", () => {
    expect(shown({ type: "day" }, ["2024-02-19"])).toMatchObject({ type: "Input.Date", value: "2024-02-19" });
    expect(shown({ type: "day" }, ["tomorrow"])).toMatchObject({ type: "Input.Text", value: "tomorrow" });
    expect(shown({ type: "time" }, ["07:45"])).toMatchObject({ type: "Input.Time", value: "07:45" });
    expect(shown({ type: "number", decimals: false }, ["30"])).toMatchObject({ type: "Input.Number", value: 30 });
    expect(shown({ type: "number", decimals: true }, ["0.10"])).toMatchObject({ type: "Input.Text", value: "0.10" });
  });

  test("is ticked or not, and says nothing where it is not", () => {
    const ticked = shown({ type: "flag", yes: "Yes" }, ["yes"]);
    expect(ticked).toMatchObject({ type: "Input.Toggle", title: "The field", value: "yes" });
    expect(valuesIn({ [String(ticked.id)]: "yes" })).toEqual({ "on:more": ["yes"] });
    for (const value of ["no", "false", "", undefined]) expect(valuesIn({ [String(ticked.id)]: value })).toEqual({});
  });

  test("that is a list can be emptied again, has what stands in it, and is searched where it is long", () => {
    const list = shown({ type: "choice", many: false, options: OPTIONS }, ["other"]);
    expect(list).toMatchObject({ type: "Input.ChoiceSet", style: "compact", value: "other" });
    expect((list.choices as readonly Choice[]).map(({ value }) => value)).toEqual(["", "a,b", "c d", "é%2C", "other"]);
    const required = shown({ type: "choice", many: false, options: OPTIONS }, [], { required: true });
    expect(required).toMatchObject({ isRequired: true, errorMessage: "The field" });
    expect((required.choices as readonly unknown[]).length).toBe(3);
    const long = Array.from({ length: 20 }, (_, value) => ({ value: String(value), label: String(value) }));
    expect(shown({ type: "choice", many: false, options: long })).toMatchObject({ style: "filtered" });
    expect(shown({ type: "choice", many: true, options: long }, ["1", "2"])).toMatchObject({ isMultiSelect: true, value: "1,2" });
  });

  test("reads nothing else of what a press sends: neither the command nor what another app adds", () => {
    expect(valuesIn({ command: "x", form: { one: 1 }, "one:on": "2024-02-19", "many:w": "a%2Cb,%E0%A4", other: "z" })).toEqual({
      on: ["2024-02-19"],
      w: ["a,b", "%E0%A4"],
    });
  });
});
