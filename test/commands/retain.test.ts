import { describe, expect, test } from "vitest";
import { ADMINISTERED, formDesk, KOUROU, textOf } from "./form-desk.ts";

describe("retain", () => {
  test("lists what is due with the line that erases it, and erases nothing by itself", async () => {
    const desk = await formDesk("2030-05-01T09:00:00.000Z", ADMINISTERED);
    const told = async (line: string) => textOf(await desk.type(line));
    await desk.type(KOUROU);
    const { length } = await desk.desk.store.ledger.read("CNIL:SAN-2023-018");
    expect(await told(`closed SAN-2023-018 --on 2024-11-07 --confirmed ${length}`)).toContain("Recorded");
    expect(await told("retain")).toMatch(/Nothing is due for review.*Closed matters stay without end/s);
    await desk.type("policy --retain P5Y");
    const due = await told("retain");
    expect(due).toMatch(/1 matter is due for review.*Closed matters stay 5 years.*SAN-2023-018.*closed on/s);
    expect(due).toContain("erase CNIL:SAN-2023-018 --all --because retention");
    expect(await desk.desk.store.privacy.erasures()).toEqual([]);
    await desk.type("hold SAN-2023-018");
    expect(await told("retain")).toMatch(/Nothing is due for review.*1 matter is held and not due/s);
  });
});
