import { describe, expect, test } from "vitest";
import type { Instant } from "../../src/time/instant.ts";
import { type Session, sessionOfTest } from "../support/session.ts";
import { textOf } from "./places.ts";

/**
 * Notified between 10 September and 10 October 2023, one month, EUR 100 a day, 4,000 a calendar year, which are 40 days: from the earliest day the
 * delay begins on 11 October and the 40th day is 19 November, from the latest it begins on 11 November and the 40th day is 20 December; of 2024 it is
 * 9 February in both.
 */
const YEARLY = {
  ref: "SAN-2023-090",
  authority: "CNIL",
  respondent: "Exemple SA",
  kind: "sanction",
  decided: "2023-09-01",
  notified: { between: ["2023-09-10", "2023-10-10"] },
  items: [
    { id: "a", cure: { period: "P1M", from: "notified", rule: "cure" }, penalty: { rate: "100", per: "day", cap: { perYear: "4000" } } },
  ],
};

async function sessionWith(order: object): Promise<Session> {
  const session = await sessionOfTest();
  await session.bring(order);
  session.clock.set("2024-06-01T09:00:00.000Z" as Instant);
  return session;
}

describe("the days on which a calendar year's cap binds, of a notification known within a window", () => {
  test("are of one year where the cap is full from the earliest day and not from the latest", async () => {
    const session = await sessionWith(YEARLY);
    const line = "cost SAN-2023-090 --comply 2023-12-01 --on 2023-11-25";
    expect(textOf(await session.type(line))).toContain("the year's cap would be reached between Sun 19 Nov 2023 and Wed 20 Dec 2023");
    expect(await session.ask(line)).toMatchObject({ capBinds: "2023-11-19", capBindsLatest: "2023-12-20" });
  });

  test("are the next year's once the cap is full from both", async () => {
    const session = await sessionWith(YEARLY);
    const line = "cost SAN-2023-090 --comply 2024-01-10 --on 2023-12-22";
    expect(textOf(await session.type(line))).toContain("the year's cap would be reached on Fri 9 Feb 2024");
  });

  test("are both ahead before either is full", async () => {
    const session = await sessionWith(YEARLY);
    const line = "cost SAN-2023-090 --comply 2024-01-10 --on 2023-11-15";
    expect(await session.ask(line)).toMatchObject({ capBinds: "2023-11-19", capBindsLatest: "2023-12-20" });
  });
});
