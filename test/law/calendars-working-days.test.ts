import { describe, expect, test } from "vitest";
import {
  addWorkingDays,
  type Calendar,
  calendarOf,
  calendarVersions,
  daysSkipped,
  isWorkingDay,
  nextWorkingDay,
} from "../../src/law/calendar.ts";
import { addDays, type Day, day } from "../../src/time/day.ts";

const FR = calendarOf("FR")!;
const ENDS = { refused: "calendar-ends", args: { calendar: "France (metropolitan)", day: "2040-12-31" } };
const BEGINS = { refused: "calendar-begins", args: { calendar: "France (metropolitan)", day: "2000-01-01" } };

/** The working days of a table from its last to its first, found by looking at each day. */
function walked(calendar: Calendar): readonly Day[] {
  const found: Day[] = [];
  for (let on = calendar.coversUntil; on >= calendar.coversFrom; on = addDays(on, -1)) if (isWorkingDay(calendar, on)) found.push(on);
  return found;
}

describe("working days are looked up, not walked to", () => {
  test.each(calendarVersions().map(([id]) => id))("in %s every day moves to the working day that a walk finds", (id) => {
    const calendar = calendarOf(id)!;
    const left = [...walked(calendar)];
    const wrong: unknown[] = [];
    for (let on = calendar.coversFrom; on <= left[0]!; on = addDays(on, 1)) {
      if (left.at(-1)! < on) left.pop();
      if (nextWorkingDay(calendar, on) !== left.at(-1)) wrong.push([on, nextWorkingDay(calendar, on), left.at(-1)]);
    }
    expect(wrong).toEqual([]);
  });

  test.each([1, 2, 3, 5, 10, 30, 250, 2000])("%i working days end where a walk of so many ends", (count) => {
    const ascending = [...walked(FR)].reverse();
    const wrong: unknown[] = [];
    let place = 0;
    for (let on = day("2000-01-01"); on < "2004-01-01"; on = addDays(on, 1)) {
      while (ascending[place]! <= on) place++;
      const expected = ascending[place + count - 1];
      if (addWorkingDays(FR, on, count) !== expected) wrong.push([on, addWorkingDays(FR, on, count), expected]);
    }
    expect(wrong).toEqual([]);
  });

  test("a table answers only for the days that it covers", () => {
    expect(nextWorkingDay(FR, day("2040-12-31"))).toBe("2040-12-31");
    expect(nextWorkingDay(FR, day("2041-01-01"))).toEqual(ENDS);
    expect(nextWorkingDay(FR, day("2199-01-01"))).toEqual(ENDS);
    expect(nextWorkingDay(FR, day("1999-12-31"))).toEqual(BEGINS);
    expect(addWorkingDays(FR, day("2040-12-30"), 1)).toBe("2040-12-31");
    expect(addWorkingDays(FR, day("2040-12-30"), 2)).toEqual(ENDS);
    expect(addWorkingDays(FR, day("2040-12-31"), 1)).toEqual(ENDS);
    expect(addWorkingDays(FR, day("2055-12-31"), 1)).toEqual(ENDS);
    expect(addWorkingDays(FR, day("1999-12-31"), 1)).toBe("2000-01-03");
    expect(addWorkingDays(FR, day("1999-12-30"), 1)).toEqual(BEGINS);
  });

  test("a table that ends on a weekend has no working day after its last one", () => {
    const cut = { ...FR, coversUntil: day("2024-03-31") };
    expect(nextWorkingDay(cut, day("2024-03-29"))).toBe("2024-03-29");
    expect(nextWorkingDay(cut, day("2024-03-30"))).toMatchObject({ refused: "calendar-ends", args: { day: "2024-03-31" } });
  });

  test("what is skipped is named day by day", () => {
    expect(daysSkipped(day("2024-03-30"), day("2024-04-02"))).toEqual(["2024-03-30", "2024-03-31", "2024-04-01"]);
    expect(daysSkipped(day("2024-04-02"), day("2024-04-02"))).toEqual([]);
  });
});
