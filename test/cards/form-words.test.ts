import { expect, test } from "vitest";
import { choiceOf } from "../../src/cards/form-words.ts";
import { WORDS } from "../../src/cards/say.ts";
import { problemsAt } from "../../src/commands/form-problems.ts";
import { COMMANDS } from "../../src/commands/index.ts";
import { RULES } from "../../src/law/rules/index.ts";
import { LANGUAGES } from "../../src/time/wording.ts";

/** The shortest of the platforms' limits: a title in Slack. */
const LONGEST_TITLE = 24;

test.each(LANGUAGES)("every form's title stands whole above the form (%s)", (language) => {
  const titles = Object.entries(WORDS[language]).filter(([key]) => key.startsWith("form.title."));
  expect(titles.length).toBeGreaterThan(40);
  expect(titles.filter(([, title]) => title.length > LONGEST_TITLE)).toEqual([]);
});

test.each(LANGUAGES)("every rule for counting can be chosen by what it is (%s)", (language) => {
  for (const { id } of RULES) {
    const { label } = choiceOf(language, "register", "rule", id);
    expect(label).toContain(`(${id})`);
    expect(label.length).toBeGreaterThan(id.length + 10);
    expect(label).not.toContain("…");
  }
});

const REGISTER = COMMANDS.find(({ verb }) => verb === "register")!;
const SNOOZE = COMMANDS.find(({ verb }) => verb === "snooze")!;

test("what is wrong at a field is said without the name that the value has in a typed line", () => {
  const wrong = [
    { at: "rate", code: "value-invalid", args: { name: "rate", got: '"1.000,50"', allowed: "150, 150.50, unknown" } },
    { at: "because", code: "required", args: { field: "because" } },
  ];
  expect(problemsAt("en", wrong, REGISTER)).toEqual({
    fields: { rate: '"1.000,50" cannot be read; write 150, 150.50, unknown', because: "Fill this in" },
    other: null,
  });
  expect(problemsAt("fr", wrong, REGISTER).fields.because).toBe("À remplir");
});

test("a form whose box means it says to tick the box, not what to type", () => {
  const args = { ref: "SAN-2026-001", day: "2026-03-01", deadline: "2026-02-01", what: "expiry", line: "snooze X until Y --past-expiry" };
  const { fields } = problemsAt("en", [{ at: "past-expiry", code: "snooze-past-expiry", args }], SNOOZE);
  expect(fields["past-expiry"]).toBe(
    "SAN-2026-001 would be put off until Sun 1 Mar 2026, past a deadline: end of the time to comply, Sun 1 Feb 2026. If that is meant, tick this box",
  );
});

test("every sentence for forms alone belongs to a refusal that has one for typed lines, with nothing to type in it", () => {
  const forms = Object.keys(WORDS.en).filter((key) => /^said\..*-form$/.test(key));
  expect(forms.length).toBeGreaterThan(5);
  for (const language of LANGUAGES)
    for (const key of forms) {
      expect(Object.keys(WORDS[language])).toContain(key.replace(/-form$/, ""));
      expect(WORDS[language][key as keyof typeof WORDS.en]).not.toMatch(/--|: true|\(from\)|\(for\)|\{line\}/);
    }
});
