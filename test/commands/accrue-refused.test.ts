import { expect, test } from "vitest";
import { sessionOfTest } from "../support/session.ts";

const LINE = "accrue --rate 5 --after 2024-01-01 --through 2024-03-01 --currency EUR";

test.each([
  ["--per day --stay 2024-01-10..2024-02-05 --stay 2024-01-15..2024-01-20", "stays-overlap"],
  ["--per day --stay 2024-01-10..2024-01-15 --stay 2024-01-15..2024-01-20", "stays-overlap"],
  ["--per violation", "violations-needed"],
  ["--per unit-day", "units-needed"],
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
