import { expect, test } from "vitest";
import { plainText } from "../../adapters/chat/shared/plain.ts";
import { costCard } from "../../src/cards/cost-card.ts";
import { money } from "../../src/law/money.ts";
import { standingNow } from "../../src/matter/standing.ts";
import { day } from "../../src/time/day.ts";
import { sessionOfTest } from "../support/session.ts";
import { matterOf } from "./kourou.ts";

const STANDING = standingNow(matterOf({}), day("2024-04-05"));
const FIRST = day("2024-02-19");

function told(comply: string, adds: bigint | null, capReached: string | null = null): string {
  const after = day(comply);
  const scenario = { comply: after, units: 1, theoretical: money(0n, "EUR"), capReached: capReached === null ? null : day(capReached) };
  const next = { after, adds: adds === null ? null : money(adds, "EUR"), first: FIRST };
  return plainText(costCard("en", STANDING, [scenario], next));
}

test("what one more day adds is said with the day after which it counts", () => {
  expect(told("2024-04-10", 15_000n)).toContain("One more day after Wed 10 Apr 2024 adds EUR 150");
});

test("that nothing is added is said with its reason: the cap, or that nothing runs yet; of a longer period that is under way nothing is said", () => {
  expect(told("2024-04-10", 0n, "2024-04-01")).toContain("One more day adds nothing; the duty continues");
  expect(told("2024-02-10", 0n)).toContain("Nothing runs before Mon 19 Feb 2024");
  expect(told("2024-04-10", 0n)).not.toMatch(/adds nothing|Nothing runs/);
  expect(told("2024-04-10", null)).not.toContain("One more day");
});

const FACTS = "--kind sanction --decided 2026-01-02 --notified 2026-01-10 --item erase --rate 100 --per day";

test.each([
  ["before the first day of penalty", "--period P10D", "2026-01-15", "0.00"],
  ["on the last day of the time to comply, with the penalty yet to begin", "--period P10D", "2026-01-20", "100.00"],
  ["while the penalty is yet to begin today", "--period P10D", "2026-02-10", "100.00"],
  ["once a cap will have been reached", "--period P1D --cap-amount 900", "2026-03-01", "0.00"],
])("cost says what the day after adds, not what today adds: %s", async (_, period, comply, amount) => {
  const { type } = await sessionOfTest();
  await type(`register CNIL SAN-2026-001 "Example SA" ${FACTS} ${period}`);
  const { json } = await type(`cost SAN-2026-001 --comply ${comply}`);
  expect(json).toMatchObject({ oneMoreDay: { amount } });
});
