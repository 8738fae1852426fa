import { describe, expect, test } from "vitest";
import { amountsHidden, withoutAmounts } from "../../src/cards/amounts.ts";
import { changeText } from "../../src/cards/change-words.ts";
import { cardWithoutAmounts, masked } from "../../src/cards/masked-card.ts";
import { matterCard } from "../../src/cards/matter-card.ts";
import { rateText } from "../../src/cards/penalty-words.ts";
import { money, writeAmount } from "../../src/law/money.ts";
import type { EventOf } from "../../src/matter/events.ts";
import { standingNow } from "../../src/matter/standing.ts";
import type { Card } from "../../src/ports/card.ts";
import { day } from "../../src/time/day.ts";
import { given, orderWith } from "../support/given.ts";
import { fc, SEED } from "../support/seeded.ts";
import { cardsOf, digitsIn, priced } from "./unseen-amounts.ts";

const RUNS = 150;

describe(`where amounts are not shown (seed ${SEED}; CUREWATCH_TEST_SEED repeats it)`, () => {
  test("no card of any matter holds a sum, a rate or a cap of it, in either language", { timeout: 60_000 }, () => {
    let shown = 0;
    fc.assert(
      fc.property(priced, fc.constantFrom("en" as const, "fr" as const), ({ matter, on, used, typed }, language) => {
        const standing = standingNow(matter, on);
        const sums = standing.items.flatMap(({ theoretical, open, fixed, paid, oneMoreDay, refundDue, theoreticalMax }) =>
          [theoretical, open, fixed, paid, oneMoreDay, refundDue, theoreticalMax].filter((sum) => sum !== null && sum.minor > 9_999_999n),
        );
        const fines = standing.fines.flatMap(({ amount, refundDue }) =>
          [amount, refundDue].filter((sum) => sum !== null && sum.minor > 9_999_999n),
        );
        const digits = [...used.map(String), ...[...sums, ...fines].map((sum) => writeAmount(sum!).replace(/\.00$/, ""))];
        const open = cardsOf(language, matter, on).map(digitsIn).join("\n");
        shown += digits.filter((one) => open.includes(one)).length;
        const reckoned = withoutAmounts(() => cardsOf(language, matter, on));
        // What somebody typed is masked afterwards; the same number may be both.
        const apart = digits.filter((one) => typed.every((other) => !String(other).includes(one)));
        expectNone(apart, reckoned);
        const cards = reckoned.map((card) => masked(language, card));
        expectNone([...digits, ...typed.map(String)], cards);
        expect(JSON.stringify(cards)).not.toContain('"kind":"chart"');
      }),
      { numRuns: RUNS },
    );
    // Else nothing would have been hidden.
    expect(shown).toBeGreaterThan(RUNS);
  });

  function expectNone(digits: readonly string[], cards: readonly Card[]): void {
    for (const text of cards.map(digitsIn)) for (const one of digits) if (text.includes(one)) throw new Error(`${one} stands in ${text}`);
  }
});

describe("a card without amounts", () => {
  const matter = given(orderWith({ order: "Answer, or pay EUR 150 a day; 2 500,50 € were paid and 4 % of the turnover is the most" }));
  const standing = standingNow(matter, day("2024-03-20"));

  test("says that they are not shown, keeps days and counts, and hides what people typed like a sum", () => {
    const text = JSON.stringify(cardWithoutAmounts("en", () => matterCard("en", standing, day("2024-03-20"))));
    expect(text).toContain("Amounts are not shown here");
    expect(text).toContain(
      "Answer, or pay amount not shown here a day; amount not shown here were paid and amount not shown here of the turnover",
    );
    expect(text).toContain("6 Mar 2024");
    expect(text).not.toMatch(/EUR|€|\b150\b|2.?500/);
    expect(JSON.stringify(cardWithoutAmounts("fr", () => matterCard("fr", standing, day("2024-03-20"))))).toContain(
      "Les montants ne sont pas affichés ici",
    );
  });

  test("tells no part of a turnover", () => {
    const penalty = { per: "turnover-day", turnover: { annual: "1000000000", percent: "4.7", year: 2024 } };
    const owed = standingNow(given(orderWith({ penalty })), day("2024-02-01"));
    const make = () => matterCard("en", owed, day("2024-02-01"));
    expect(JSON.stringify(make())).toContain("4.7 % of the average daily turnover");
    expect(JSON.stringify(withoutAmounts(make))).not.toContain("4.7");
    expect(withoutAmounts(() => rateText("en", owed.facts.items![0]!.penalty!, null))).toBe("amount not shown here");
  });

  test.each([
    ["EUR 1,150", "amount not shown here"],
    ["1 150 €", "amount not shown here"],
    ["$5 million and £20k", "amount not shown here and amount not shown here"],
    ["500 000 euros par jour", "amount not shown here par jour"],
    ["2,5 millions d'euros", "amount not shown here"],
    ["46 days since 6 March 2024 (SAN-2024-018)", "46 days since 6 March 2024 (SAN-2024-018)"],
    ["article 83(5) and 1,200 matters", "article 83(5) and 1,200 matters"],
  ])("turns %j into %j", (typed, shown) => {
    const card: Card = {
      title: typed,
      tone: "calm",
      blocks: [{ kind: "actions", actions: [{ label: "Pay", command: `paid X --amount ${typed}` }] }],
    };
    const hidden = masked("en", card);
    expect(hidden.title).toBe(shown);
    expect(hidden.blocks).toEqual(card.blocks);
  });
});

describe("withoutAmounts", () => {
  test("holds for all that the work waits for, and for nothing that runs beside it or after it", async () => {
    const seen: boolean[] = [];
    const beside = async () => {
      await Promise.resolve();
      return amountsHidden();
    };
    const [within, without] = await Promise.all([withoutAmounts(async () => [amountsHidden(), await beside()]), beside()]);
    seen.push(...within, without, amountsHidden());
    expect(seen).toEqual([true, true, false, false]);
  });

  test("ends with work that throws", () => {
    expect(() =>
      withoutAmounts(() => {
        throw new Error("a fault");
      }),
    ).toThrow("a fault");
    expect(amountsHidden()).toBe(false);
  });
});

test("a correction of any term of a penalty does not tell what it was or is", () => {
  const set = {
    "items.a.penalty.turnover.percent": "4",
    "items.a.penalty.cap.units": "77",
    "items.a.cure": { period: "P77D" },
    notified: "2024-01-07",
  };
  const was = { "items.a.penalty.turnover.percent": "3", "items.a.penalty.cap.units": "66", notified: "2024-01-05" };
  const event = { type: "corrected", on: day("2024-03-01"), event: "registered", set, because: "" } as unknown as EventOf<"corrected">;
  const text = withoutAmounts(() => changeText("en", event, "EUR", was));
  expect(text).not.toMatch(/[3467]{2}|\b[34]\b/);
  expect(text).toContain("7 Jan 2024");
  expect(changeText("en", event, "EUR", was)).toMatch(/66.*77/);
});

test("no amount is put in words but by the function that asks whether it may be", async () => {
  const { say } = await import("../../src/cards/say.ts");
  expect(withoutAmounts(() => say("en", "money.plain", { sum: money(15_000n, "EUR") }))).toBe("amount not shown here");
  expect(say("en", "money.plain", { sum: money(15_000n, "EUR") })).toBe("EUR 150");
});
