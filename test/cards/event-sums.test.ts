import { describe, expect, test } from "vitest";
import { plainLines } from "../../adapters/chat/shared/plain.ts";
import { matterCard } from "../../src/cards/matter-card.ts";
import { utteranceCard } from "../../src/cards/utterance-card.ts";
import { standingNow } from "../../src/matter/standing.ts";
import { day } from "../../src/time/day.ts";
import { matterOf } from "./kourou.ts";

const TODAY = day("2024-04-10");
const CLAIMED = { on: "2024-03-01", type: "complied", item: "dpo" };
const FIXED = { on: "2024-04-08", type: "liquidated", item: "dpo", amount: "1000", from: "2024-02-19", to: "2024-02-29", ref: "L-1" };

/** The card of the last of those events, as it is told on TODAY. */
function told(events: readonly object[], facts: object = {}, language: "en" | "fr" = "en"): readonly string[] {
  const matter = matterOf(facts, events);
  const standing = standingNow(matter, TODAY);
  const event = matter.events.at(-1)!;
  const item = standing.items.length === 1 ? standing.items[0]! : null;
  const rest = { stage: null, deadline: null, lastWorkingDay: null, corrected: null, today: TODAY } as const;
  const card = utteranceCard(language, { kind: "event", reason: "event-recorded", ...rest, standing, item, event });
  return plainLines(card).map((line) => line.replace(/[\u00a0\u202f]/g, " "));
}

const NOT_YET = "Today's event is not in the sums yet: they go through Tue 9 Apr 2024";

describe("the card of an event of today", () => {
  test.each<readonly [string, readonly object[]]>([
    ["rejected", [CLAIMED, { on: TODAY, type: "rejected", item: "dpo" }]],
    ["accepted", [CLAIMED, { on: TODAY, type: "accepted", item: "dpo" }]],
    ["liquidated", [{ ...FIXED, on: TODAY }]],
    ["paid", [FIXED, { on: TODAY, type: "paid", amount: "1000", for: "dpo" }]],
    ["reduced", [FIXED, { on: TODAY, type: "reduced", for: "L-1", to: "500" }]],
  ])("says that %s is not in its sums yet, and on the next day no more", (_, events) => {
    expect(told(events)).toContain(NOT_YET);
    const yesterday = events.with(-1, { ...events.at(-1)!, on: "2024-04-09" });
    expect(told(yesterday).join("\n")).not.toContain("not in the sums");
    expect(told(events, {}, "fr")).toContain(
      "L’événement de ce jour n’est pas encore compris dans les montants : ils vont jusqu’au mar. 9 avr. 2024",
    );
  });

  test("says nothing of the sums where it changes none", () => {
    expect(told([{ on: TODAY, type: "intended", item: "dpo", amount: "1", from: "2024-02-19", to: "2024-02-20" }])).not.toContain(NOT_YET);
  });
});

const FINE_PAID = { on: "2024-03-01", type: "paid", amount: "5000", for: "fine" };

describe("a payment or a reduction carries the sums that it is about", () => {
  test("of a fine: what it is, what is paid, and what is to be refunded", () => {
    expect(told([{ on: "2024-04-09", type: "paid", amount: "2000", for: "fine" }])).toContain("Fine: EUR 5,000 · paid EUR 2,000");
    const reduced = { on: "2024-04-09", type: "reduced", for: "fine", to: "3000" };
    expect(told([FINE_PAID, reduced])).toContain("Fine: EUR 3,000 · paid EUR 5,000 · refund due EUR 2,000");
    const today = told([FINE_PAID, { ...reduced, on: TODAY }]);
    expect(today).toEqual(expect.arrayContaining(["Fine: EUR 5,000 · paid EUR 5,000", "A refund of EUR 2,000 is due", NOT_YET]));
    expect(
      told([
        { ...FINE_PAID, amount: "2000" },
        { ...reduced, on: TODAY },
      ]).join("\n"),
    ).not.toContain("refund");
  });

  test("of an item among several", () => {
    const items = ["one", "two"].map((id) => ({ id, cure: { period: "P2M", rule: "cure" }, penalty: { rate: "150", per: "day" } }));
    const paid = { on: "2024-04-09", type: "paid", amount: "700", for: "two" };
    const lines = told([{ ...FIXED, item: "two" }, paid], { items });
    expect(lines.find((line) => line.startsWith("two: "))).toMatch(/fixed EUR 1,000 · paid EUR 700$/);
    expect(lines.join("\n")).not.toContain("one: ");
  });

  test("of what an act has fixed, and no sums of others", () => {
    const items = ["one", "two"].map((id) => ({ id, cure: { period: "P2M", rule: "cure" }, penalty: { rate: "150", per: "day" } }));
    const lines = told(
      [
        { ...FIXED, item: "two" },
        { on: "2024-04-09", type: "reduced", for: "L-1", to: "400" },
      ],
      { items },
    );
    expect(lines.find((line) => line.startsWith("two: "))).toMatch(/fixed EUR 400 · paid 0.00$/);
  });
});

test("what a sum is for is said in words, by an id only where there are several", () => {
  expect(told([{ on: "2024-04-09", type: "paid", amount: "2000", for: "fine" }], {}, "fr")[1]).toBe(
    "Mar. 9 avr. 2024 : Paiement de 2 000 € pour l’amende",
  );
  expect(told([FIXED, { on: "2024-04-09", type: "paid", amount: "1", for: "dpo" }])[1]).toContain("Paid EUR 1 for the penalty");
  expect(told([FIXED, { on: "2024-04-09", type: "reduced", for: "L-1", to: "1" }])[1]).toContain(
    "Reduction of the sum fixed by L-1 to EUR 1",
  );
  const fines = ["a", "b"].map((id) => ({ id, amount: "10" }));
  expect(told([{ on: "2024-04-09", type: "paid", amount: "1", for: "b" }], { fines })[1]).toContain("Paid EUR 1 for the fine b");
});

test("a card says of a note of today that it is recorded, and of the sums nothing", () => {
  const events = [
    { on: TODAY, type: "note", text: "rang them" },
    { on: TODAY, type: "assigned", to: "@ana" },
    { on: TODAY, type: "paid", amount: "1", for: "fine" },
  ];
  const lines = plainLines(matterCard("en", standingNow(matterOf({}, events), TODAY), TODAY));
  expect(lines.filter((line) => line.startsWith("Recorded for today"))).toEqual([
    "Recorded for today: Note: rang them",
    "Recorded for today: Assigned to @ana",
    "Recorded for today, not yet in the sums: Paid EUR 1 for the fine",
  ]);
});
