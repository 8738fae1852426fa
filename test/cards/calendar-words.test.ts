import { expect, test } from "vitest";
import { calendarNamed, calendarText } from "../../src/cards/calendar-words.ts";
import { findingText } from "../../src/cards/findings.ts";
import { calendarOf, calendarVersions } from "../../src/law/calendar.ts";
import { LANGUAGES } from "../../src/time/wording.ts";

test.each(LANGUAGES)("every table of holidays has a name of its own (%s), in English the one that it bears", (language) => {
  const ids = calendarVersions().map(([id]) => id);
  const names = ids.map((id) => calendarText(language, id));
  expect(new Set(names).size).toBe(ids.length);
  expect(names.filter((name, index) => name === ids[index])).toEqual([]);
  if (language === "en") expect(names).toEqual(ids.map((id) => calendarOf(id)!.name));
});

test("a step that skips holidays names the place in the reader's language, and one that is not known as it stands", () => {
  const step = { code: "rolled", args: { skipped: ["2027-01-01"], day: "2027-01-04", calendar: "France (metropolitan)" } };
  expect(findingText("fr", step)).toContain("selon le calendrier France métropolitaine");
  expect(findingText("en", step)).toContain("under the calendar of France (metropolitan)");
  expect(calendarNamed("fr", "Atlantis")).toBe("Atlantis");
});
