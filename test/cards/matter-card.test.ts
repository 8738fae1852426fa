import { describe, expect, test } from "vitest";
import { plainLines, plainText } from "../../adapters/chat/shared/plain.ts";
import type { Utterance } from "../../src/cards/contents.ts";
import { type MatterCardOptions, matterCard } from "../../src/cards/matter-card.ts";
import { utteranceCard } from "../../src/cards/utterance-card.ts";
import { standingNow } from "../../src/matter/standing.ts";
import { day } from "../../src/time/day.ts";
import { LANGUAGES } from "../../src/time/wording.ts";
import { matterOf, recordedOf } from "./kourou.ts";

const LIQUIDATED = {
  on: "2024-07-22",
  type: "liquidated",
  item: "dpo",
  from: "2024-02-19",
  to: "2024-04-04",
  amount: "6900",
  ref: "SAN-2024-009",
};
const COMPLIED = { on: "2024-09-17", type: "complied", item: "dpo" };
const CLOSED = { on: "2024-11-07", type: "closed", item: "dpo", ref: "SAN-2024-018" };
const ASSIGNED = { on: "2023-12-20", type: "assigned", to: "@ana" };
const OURS = { we: "respondent", fines: undefined };

function shown(
  facts: object,
  events: readonly object[],
  on: string,
  language: "en" | "fr" = "en",
  options: MatterCardOptions = {},
): string {
  const today = day(on);
  return plainText(matterCard(language, standingNow(matterOf(facts, events), today), today, options));
}

const TOMORROW = { day: day("2024-02-17"), left: 1 };

function spaced(text: string): string {
  return text.replace(/[\u00a0\u202f]/g, " ");
}

describe("the card of a matter", () => {
  test("says act and by when, state, money, assumptions, who and what comes next, buttons: in that order", () => {
    const today = day("2024-02-16");
    const card = matterCard("en", standingNow(matterOf(OURS, [ASSIGNED]), today), today, {
      readerZone: "America/Cayenne",
      reminder: TOMORROW,
    });
    expect(plainLines(card)).toEqual([
      "SAN-2023-018 · CNIL v. Commune de Kourou",
      "Comply and send the evidence by Sun 18 Feb 2024, 24:00 Paris (20:00 Cayenne) · last working day before: Fri 16 Feb · 2 days left",
      "The time to comply is running",
      "Then EUR 150 for each day of delay · fixed 0.00 · paid 0.00",
      "Assumed: no roll-over to the next working day (one case, inferred); if it rolled: Mon 19 Feb 2024",
      "@ana · next: 1 day left, Sat 17 Feb",
      "[Evidence sent: form complied CNIL:SAN-2023-018] [Why: why CNIL:SAN-2023-018] [History: history CNIL:SAN-2023-018] [Assign…: form assign CNIL:SAN-2023-018] [Record…: form record CNIL:SAN-2023-018]",
    ]);
    expect(card.tone).toBe("urgent");
  });

  test("promises no reminder where it is not known that one will be said: the deadline comes next", () => {
    expect(shown(OURS, [], "2024-02-16")).toContain("next: end of the time to comply, Sun 18 Feb 2024");
    expect(spaced(shown(OURS, [], "2024-02-16", "fr"))).toContain(
      "prochaine échéance : expiration du délai de mise en conformité (dim. 18 févr. 2024)",
    );
    expect(shown(OURS, [], "2024-02-16")).not.toMatch(/next: \d/);
  });

  test("says the same in French", () => {
    const lines = spaced(shown(OURS, [ASSIGNED], "2024-02-16", "fr", { reminder: TOMORROW })).split("\n");
    expect(lines.slice(0, 6)).toEqual([
      "SAN-2023-018 · CNIL c. Commune de Kourou",
      "Se conformer et envoyer les justificatifs au plus tard le dim. 18 févr. 2024, 24 h (Paris) · dernier jour ouvré avant l’échéance : ven. 16 févr. · 2 jours restants",
      "Le délai de mise en conformité court",
      "Ensuite, astreinte de 150 € par jour de retard · fixé 0,00 € · payé 0,00 €",
      "Hypothèse : pas de report au premier jour ouvré suivant (déduit d’un seul cas) ; avec report : lun. 19 févr. 2024",
      "@ana · prochain rappel : 1 jour restant, sam. 17 févr.",
    ]);
  });

  test("tells only those who can comply to comply", () => {
    for (const we of ["authority", "observer"]) {
      const text = shown({ we }, [], "2024-02-16");
      expect(text).toContain("Time to comply ends Sun 18 Feb 2024, 24:00 Paris");
      expect(text).not.toMatch(/Comply and send|Evidence sent/);
    }
    expect(shown({ we: "counsel" }, [], "2024-02-20")).toContain("Comply and send the evidence today");
  });

  test("a sum bears the regime's word, its last day, its currency and what is open", () => {
    expect(shown({}, [LIQUIDATED], "2024-08-01")).toContain(
      "Theoretical through Wed 31 Jul 2024: EUR 24,600 (164 days), not owed until the authority fixes it · still open EUR 17,700 · one more day adds EUR 150 · fixed EUR 6,900 · paid 0.00",
    );
  });

  test("a claim shows both sums and is never called closed", () => {
    const text = shown({}, [LIQUIDATED, COMPLIED], "2024-09-20");
    expect(text).toContain("if the claim is accepted EUR 31,800 (212 days); if it is refused EUR 32,100 (214 days)");
    expect(text).not.toMatch(/closed/i);
  });

  test("a matter that is closed says what of the fixed sum is not paid", () => {
    const text = shown({}, [LIQUIDATED, COMPLIED, CLOSED], "2025-01-01");
    expect(text).toContain("EUR 6,900 of the sum fixed is not recorded as paid");
    expect(text).toContain("Closed by the authority");
  });

  test("a cap says that the duty continues and that a new order may follow", () => {
    const capped = { items: [{ id: "dpo", cure: { period: "P2M" }, penalty: { rate: "150", per: "day", cap: { amount: "1500" } } }] };
    expect(shown(capped, [], "2024-04-01")).toContain("the duty continues, and a new order may follow");
  });

  test("a draft says what is missing and its earliest possible end, and counts nothing", () => {
    const text = shown({ notified: undefined }, [], "2024-01-10");
    expect(text).toContain("Complete this draft: the notification date is missing · at the earliest it ends Mon 12 Feb 2024");
    expect(text).toContain("Sums are not counted");
    expect(shown({ notified: undefined }, [], "2024-02-13")).toContain("at the earliest it ended Mon 12 Feb 2024");
  });

  test("an annulment after payment shows the refund that is due", () => {
    const events = [
      LIQUIDATED,
      { on: "2024-08-01", type: "paid", amount: "6900", for: "dpo" },
      { on: "2024-12-01", type: "annulled", matter: true },
    ];
    expect(shown({}, events, "2024-12-05")).toContain("A refund of EUR 6,900 is due");
  });

  test("what is known only up to a day is withheld after it, with the reason", () => {
    const text = shown({ knownThrough: "2024-03-01" }, [], "2024-04-10");
    expect(text).toContain("Sums after Fri 1 Mar 2024 are withheld");
    expect(text).not.toContain("Theoretical through");
  });

  test("a notification known within a window makes the sum a range", () => {
    const text = shown({ notified: { between: ["2023-12-18", "2023-12-20"] } }, [], "2024-03-01");
    expect(text).toMatch(/between EUR 1,350 and EUR 1,650 \(9 to 11 days\)/);
  });

  test("a formal notice is overdue and has no money", () => {
    const notice = { kind: "notice", ref: "MED-2021-134", fines: undefined, items: [{ id: "stop", cure: { period: "P2M" } }] };
    const text = shown(notice, [], "2024-03-01");
    expect(text).toContain("A formal notice has no money");
    expect(text).not.toContain("EUR");
  });

  test("several items are told apart, the most urgent on top", () => {
    const items = [
      { id: "later", cure: { until: "2024-06-30", because: "set" } },
      { id: "dpo", order: "Name an officer", cure: { period: "P2M" }, penalty: { rate: "150", per: "day" } },
    ];
    const lines = shown({ items, we: "respondent" }, [], "2024-03-01").split("\n");
    expect(lines.indexOf("dpo: Name an officer")).toBeLessThan(lines.indexOf("later"));
    expect(lines.at(-1)).toContain("[Evidence sent: form complied CNIL:SAN-2023-018]");
  });

  test("names and texts come out as themselves, and no message is left unfilled", () => {
    const hostile = "{name} <!channel> *b* '{x}' # [l](u)";
    const facts = { respondent: hostile, items: [{ id: "dpo", order: hostile, cure: { until: "2024-03-01", because: hostile } }] };
    for (const language of LANGUAGES) {
      const text = shown(facts, [{ ...ASSIGNED, to: hostile }], "2024-02-20", language);
      expect(text.split(hostile).length).toBeGreaterThan(2);
      expect(text.replaceAll(hostile, "")).not.toMatch(/[{}]/);
    }
  });
});

describe("what is said of a matter", () => {
  function said(over: Partial<Utterance>, on: string, events: readonly object[] = []): string {
    const today = day(on);
    const standing = standingNow(matterOf({ we: "respondent" }, events), today);
    const deadline = { day: day("2024-02-18"), what: "expiry" } as const;
    const base: Utterance = {
      kind: "reminder",
      stage: 0,
      reason: "stage-reached",
      standing,
      item: standing.items[0]!,
      deadline,
      today,
      lastWorkingDay: day("2024-02-16"),
      event: null,
      corrected: null,
    };
    return plainText(utteranceCard("en", { ...base, ...over }));
  }

  test("a reminder tells the real days left, whatever its stage", () => {
    expect(said({ stage: 3 }, "2024-02-16")).toContain("last working day before: Fri 16 Feb · 2 days left");
    expect(said({ stage: 1 }, "2024-02-17")).toContain("1 day left");
    expect(said({ stage: 0 }, "2024-02-18")).toContain("ends today");
  });

  test("a reminder that comes late says when it ended", () => {
    expect(said({ stage: 0 }, "2024-02-20")).toContain(
      "Time ended Sun 18 Feb 2024, 24:00 Paris (2 days ago). Comply and send the evidence today",
    );
  });

  test("a correction says what was recorded, what holds now and why", () => {
    const event = recordedOf({ on: "2024-08-21", type: "corrected", event: "e1", set: { amount: "6000" }, because: "typed wrongly" });
    const text = said({ kind: "correction", event, corrected: recordedOf(LIQUIDATED) }, "2024-08-22", [LIQUIDATED]);
    expect(text).toContain("Recorded then: Periodic penalty fixed (liquidated) at EUR 6,900");
    expect(text).toContain("Holds now: the amount is EUR 6,000");
    expect(text).toContain("Because: typed wrongly");
  });

  test("every figure of a total stands beside what it assumes", () => {
    const text = said({ kind: "total", stage: null, deadline: null }, "2024-03-03");
    expect(text).toMatch(/Theoretical through Sat 2 Mar 2024: EUR 1,950 \(13 days\)[^\n]*\nAssumed: no roll-over.*EUR 1,800/);
  });

  test("each kind has words in both languages, with nothing left unfilled", () => {
    const today = day("2024-03-03");
    const standing = standingNow(matterOf({}), today);
    for (const language of LANGUAGES) {
      for (const kind of ["reminder", "total", "cap-near", "cap-reached", "overdue", "correction", "event"] as const) {
        const card = utteranceCard(language, {
          kind,
          stage: null,
          reason: "stage-reached",
          standing,
          item: standing.items[0]!,
          deadline: null,
          today,
          lastWorkingDay: null,
          event: recordedOf(LIQUIDATED),
          corrected: null,
        });
        expect(plainText(card)).not.toMatch(/[{}]/);
        expect(card.blocks.length).toBeGreaterThan(2);
      }
    }
  });
});
