import { describe, expect, test } from "vitest";
import { plainLines } from "../../adapters/chat/shared/plain.ts";
import { digestOf } from "../../src/alerts/digest.ts";
import { withoutAmounts } from "../../src/cards/amounts.ts";
import { digestCard } from "../../src/cards/digest-card.ts";
import { matterCard } from "../../src/cards/matter-card.ts";
import type { Matter } from "../../src/matter/history.ts";
import { standingNow } from "../../src/matter/standing.ts";
import { day } from "../../src/time/day.ts";
import type { Instant } from "../../src/time/instant.ts";
import type { Language } from "../../src/time/wording.ts";
import { matterOf } from "../cards/kourou.ts";

function digestLines(matters: readonly Matter[], on: string, language: Language = "en"): readonly string[] {
  const contents = digestOf({
    matters,
    ...{ day: day(on), form: "daily", zone: "Europe/Paris", at: "09:00", now: `${on}T08:00:00.000Z` as Instant, before: null },
    ...{ unwatched: 0, undelivered: [], head: "0".repeat(64), emptyWatches: [] },
  });
  return plain(digestCard(language, contents));
}

function plain(card: Parameters<typeof plainLines>[0]): readonly string[] {
  return plainLines(card).map((line) => line.replace(/[\u00a0\u202f]/g, " "));
}

const FINED = { items: undefined, fines: [{ id: "fine", amount: "5000", due: "2024-03-12" }] };
const PART = { on: "2024-03-01", type: "paid", amount: "1500", for: "fine" };

describe("a line about a fine has its sum", () => {
  test("once its day has passed: what is left of it", () => {
    expect(digestLines([matterOf(FINED)], "2024-03-13")[2]).toContain(
      ": the fine was due on Tue 12 Mar and is not recorded as paid: EUR 5,000",
    );
    expect(digestLines([matterOf(FINED, [PART])], "2024-03-13")[2]).toContain(
      ": the fine was due on Tue 12 Mar and is not recorded as paid in full: EUR 3,500 left of EUR 5,000",
    );
    expect(digestLines([matterOf(FINED)], "2024-03-13", "fr")[2]).toMatch(/enregistrée comme payée : 5 000 €/);
    expect(digestLines([matterOf(FINED, [PART])], "2024-03-13", "fr")[2]).toMatch(/payée en totalité : reste 3 500 € sur 5 000 €/);
  });

  test("and on the day itself is due today, not in default", () => {
    expect(digestLines([matterOf(FINED)], "2024-03-12")[2]).toContain(
      ": The fine is due today, Tue 12 Mar: EUR 5,000, not recorded as paid",
    );
    expect(digestLines([matterOf({ ...FINED, we: "counsel" }, [PART])], "2024-03-12")[2]).toContain(
      ": Pay the fine today, Tue 12 Mar: EUR 3,500",
    );
    expect(digestLines([matterOf(FINED)], "2024-03-12", "fr")[2]).toContain(
      "Amende exigible aujourd’hui, mar. 12 mars : 5 000 €, non enregistrée comme payée",
    );
    expect(digestLines([matterOf(FINED)], "2024-03-11")[2]).toContain("Fine due Tue 12 Mar: EUR 5,000 not recorded as paid");
  });

  test("on the matter's own card too", () => {
    const lines = plain(matterCard("en", standingNow(matterOf(FINED, [PART]), day("2024-03-12")), day("2024-03-12")));
    expect(lines[1]).toBe("The fine is due today, Tue 12 Mar 2024: EUR 3,500, not recorded as paid");
  });
});

/** EUR 500 a day is forfeited on four days from Wednesday 6 March; six weeks later each is to be paid. */
const DUTCH = {
  authority: "AP",
  notified: "2024-01-05",
  fines: undefined,
  items: [{ id: "a", cure: { period: "P2M" }, penalty: { rate: "500", per: "day", cap: { until: "2024-03-09" } } }],
};

describe("sums that are forfeited by law", () => {
  test("are due with what of them is not paid", () => {
    const dutch = matterOf(DUTCH);
    expect(digestLines([dutch], "2024-04-17")[2]).toMatch(
      /payment due Wed 17 Apr\. Forfeited and not paid: EUR 500 whose time ends that day, EUR 2,000 in all through Tue 16 Apr$/,
    );
    expect(digestLines([dutch], "2024-04-17", "fr")[2]).toMatch(
      /échéance de paiement mer\. 17 avr\. Encouru de plein droit et non payé : 500 € dont c’est le terme, 2 000 € en tout au mar\. 16 avr\.$/,
    );
    const paid = matterOf(DUTCH, [{ on: "2024-04-02", type: "paid", amount: "1500", for: "a" }]);
    expect(digestLines([paid], "2024-04-20").join("\n")).toMatch(/payment due .*Forfeited and not paid through Fri 19 Apr: EUR 500\n/);
    expect(withoutAmounts(() => digestLines([dutch], "2024-04-17")[2])).toMatch(/payment due Wed 17 Apr$/);
  });

  test("are told apart by whether their day is this one, was before or comes after", () => {
    const runs = matterOf({ ...DUTCH, items: [{ ...DUTCH.items[0]!, penalty: { rate: "500", per: "day" } }] });
    // Of Saturday 16, Sunday 17 and Monday 18 March six weeks end on Monday 29 April.
    expect(digestLines([runs], "2024-04-29")[2]).toMatch(
      /payment due Mon 29 Apr\. .*: EUR 1,500 whose time ends that day, EUR 5,000 whose time has ended, EUR 27,000 in all through Sun 28 Apr$/,
    );
    expect(digestLines([runs], "2025-03-10").join("\n")).toMatch(
      /time-bar Mon 10 Mar\. .*: EUR 500 whose time ends that day, EUR 2,000 whose time has ended, EUR 184,500 in all through Sun 9 Mar/,
    );
  });

  test("are counted facts, and no assumption", () => {
    const standing = standingNow(matterOf(DUTCH), day("2024-04-18"));
    const lines = plain(matterCard("en", standing, day("2024-04-18")));
    expect(lines.filter((line) => /forfeited/.test(line) && line.startsWith("Assumed"))).toEqual([]);
    expect(lines.join("\n")).toContain("Payment due: 3 sums are forfeited");
    expect(lines.join("\n")).toContain("Payment due: one sum, forfeited Wed 6 Mar 2024, has had its day and is not paid: EUR 500");
    expect(lines.join("\n")).toContain("Time-bar: 4 sums are forfeited");
    const french = plain(matterCard("fr", standing, day("2024-04-18"))).join("\n");
    expect(french).toContain("Échéance de paiement : 3 sommes sont acquises");
    expect(french).not.toMatch(/Hypothèse : .*somme/);
  });
});

test("a payment clock of the file says what of the sum fixed is not paid", () => {
  const clocks = [{ id: "pay", kind: "payment", until: "2024-08-02", because: "letter" }];
  const facts = { items: [{ id: "dpo", cure: { period: "P2M", rule: "cure" }, penalty: { rate: "150", per: "day" }, clocks }] };
  const fixed = { on: "2024-07-22", type: "liquidated", item: "dpo", amount: "6900", from: "2024-02-19", to: "2024-04-04" };
  expect(digestLines([matterOf(facts, [fixed])], "2024-08-01").join("\n")).toMatch(
    /payment due Fri 2 Aug\. EUR 6,900 of the sum fixed is not recorded as paid/,
  );
});

describe("a rate that is not known", () => {
  const unknown = (per: string) =>
    matterOf({ items: [{ id: "dpo", cure: { period: "P2M", rule: "cure" }, penalty: { rate: "unknown", per } }] });

  test("stands in sentences", () => {
    expect(digestLines([unknown("day")], "2024-02-18")[2]).toContain(
      "Then a penalty of unknown amount for each day of delay, from Mon 19 Feb",
    );
    expect(digestLines([unknown("month")], "2024-03-18")[2]).toContain(
      "A penalty of unknown amount for each completed month of delay runs from Mon 19 Feb",
    );
    expect(digestLines([unknown("day")], "2024-02-18", "fr")[2]).toContain(
      "Ensuite, astreinte d’un montant inconnu par jour de retard à partir du lun. 19 févr.",
    );
    expect(digestLines([unknown("day")], "2024-03-18", "fr")[2]).toContain(
      "Astreinte d’un montant inconnu par jour de retard, depuis le lun. 19 févr.",
    );
  });
});
