import { expect, test } from "vitest";
import { sessionOfTest } from "../support/session.ts";

const LINE = "accrue --rate 100 --after 2024-01-01 --through 2024-02-10 --currency EUR";
const TURNOVER = "accrue --per turnover-day --after 2024-01-01 --through 2024-02-10 --currency EUR --turnover-annual 1000 --percent 5";

test.each([
  ["a cap of no units", `${LINE} --per day --cap-units 0`, 1, "cap-zero"],
  ["a cap of no units in two digits", `${LINE} --per week --cap-units 00`, 1, "cap-zero"],
  ["no violations", `${LINE} --per violation --count 0`, 2, "value-invalid"],
  ["no units", `${LINE} --per unit-day --count 0`, 2, "value-invalid"],
  ["a year before those that have a turnover", `${TURNOVER} --year 0`, 1, "year"],
  ["a year after them", `${TURNOVER} --year 99999`, 1, "year"],
  ["a number below nothing", `${LINE} --per day --cap-units -1`, 2, "value-invalid"],
  ["a number that cannot be kept exactly", `${LINE} --per day --cap-units 9007199254740993`, 2, "value-invalid"],
  ["a period of nothing", "deadline --from 2024-01-01 --rule cure --period P0D", 2, "value-invalid"],
  ["a period below nothing", "deadline --from 2024-01-01 --rule cure --period P-1D", 2, "value-invalid"],
  ["a period that cannot be kept exactly", "deadline --from 2024-01-01 --rule cure --period P9007199254740993D", 2, "value-invalid"],
])("%s is refused, as in a file", async (_name, line, status, code) => {
  const session = await sessionOfTest();
  expect(await session.type(line)).toMatchObject({ status, json: { error: { code } } });
});

test("a cap of one unit and the years of turnover that a file may name are taken", async () => {
  const session = await sessionOfTest();
  expect(await session.ask(`${LINE} --per day --cap-units 1`)).toMatchObject({ units: 1, capReached: "2024-01-02" });
  for (const year of [1900, 2200]) expect(await session.type(`${TURNOVER} --year ${year}`)).toMatchObject({ status: 0 });
});
