import { expect, test } from "vitest";
import { sessionOfTest } from "../support/session.ts";

const LINE = "accrue --rate 5 --after 2024-01-01 --through 2024-03-01 --currency EUR";

test.each([
  ["--per day --stay 2024-01-10..2024-02-05 --stay 2024-01-15..2024-01-20", "stays-overlap"],
  ["--per day --stay 2024-01-10..2024-01-15 --stay 2024-01-15..2024-01-20", "stays-overlap"],
  ["--per violation", "violations-needed"],
  ["--per unit-day", "units-needed"],
  ["--per day --step 2023-12-31=7", "step-before-after"],
  ["--per day --step 2024-01-01=7", "step-before-after"],
  ["--per day --step 2024-01-10=7 --step 2024-01-10=9", "step-twice"],
  ["--per day --until 2024-01-01", "until-before-after"],
  ["--per day --cap-amount 0", "cap-zero"],
  ["--per day --cap-per-year 0.00", "cap-zero"],
])("accrue %s is refused as %s", async (rest, code) => {
  const session = await sessionOfTest();
  expect(await session.type(`${LINE} ${rest}`)).toMatchObject({ status: 1, json: { error: { code } } });
});

test("accrue takes stays that follow one another", async () => {
  const session = await sessionOfTest();
  expect(await session.type(`${LINE} --per day --stay 2024-01-10..2024-01-15 --stay 2024-01-16..2024-01-20`)).toMatchObject({
    status: 0,
    json: { units: 49 },
  });
});

test.each([
  ["--rate 5 --after 2024-01-02 --through 2024-01-01", "through-before-after"],
  ["--rate 0.00 --after 2024-01-01 --through 2024-03-01", "rate-zero"],
])("accrue per day %s is refused as %s", async (rest, code) => {
  const session = await sessionOfTest();
  expect(await session.type(`accrue --per day --currency EUR ${rest}`)).toMatchObject({ status: 1, json: { error: { code } } });
});

test.each([
  ["--turnover-annual 0 --percent 5", "turnover-zero"],
  ["--turnover-annual 1000 --percent 0.0", "percent-zero"],
  ["--turnover-annual 1000 --percent 100.1", "percent-over-100"],
])("accrue of a share of turnover %s is refused as %s", async (rest, code) => {
  const session = await sessionOfTest();
  const line = `accrue --per turnover-day --after 2024-01-01 --through 2024-03-01 --currency EUR --year 2023 ${rest}`;
  expect(await session.type(line)).toMatchObject({ status: 1, json: { error: { code } } });
});

test("accrue takes a rate that changes on the first day of delay, and a sum through the last day of the time to comply", async () => {
  const session = await sessionOfTest();
  expect(await session.ask(`${LINE} --per day --step 2024-01-02=7`)).toMatchObject({ units: 60, theoretical: { amount: "420.00" } });
  expect(await session.ask("accrue --per day --rate 5 --after 2024-01-01 --through 2024-01-01 --currency EUR")).toMatchObject({ units: 0 });
});
