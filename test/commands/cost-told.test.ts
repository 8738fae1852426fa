import { describe, expect, test } from "vitest";
import type { PersonRef, Place } from "../../src/ports/chat.ts";
import type { Instant } from "../../src/time/instant.ts";
import type { Language } from "../../src/time/wording.ts";
import { type Session, sessionOfTest, type Typist } from "../support/session.ts";
import { textOf } from "./places.ts";

const AT_TERMINAL: Typist = { place: "console:terminal" as Place, person: "console:me" as PersonRef, personName: "me" };

/** Notified on 15 January 2025: the month ends on Saturday 15 February; the 16th is the first day of delay, or the 18th if the end rolled to Monday. */
const ORDER = {
  ref: "SAN-2025-024",
  authority: "CNIL",
  respondent: "Exemple SA",
  kind: "sanction",
  decided: "2024-06-01",
  notified: "2025-01-15",
  items: [{ id: "a", cure: { period: "P1M", from: "notified", rule: "cure" }, penalty: { rate: "100", per: "day" } }],
};

/** Notified on 15 October 2024: two months end on 15 December; 1,000 a day, 10,000 a year, 25,500 in all. */
const YEARLY = {
  ...ORDER,
  decided: "2024-10-01",
  notified: "2024-10-15",
  items: [
    {
      id: "a",
      cure: { period: "P2M", from: "notified", rule: "cure" },
      penalty: { rate: "1000", per: "day", cap: { perYear: "10000", amount: "25500" } },
    },
  ],
};

async function sessionWith(order: object): Promise<Session> {
  const session = await sessionOfTest();
  await session.bring(order);
  session.clock.set("2026-06-01T09:00:00.000Z" as Instant);
  return session;
}

async function read(order: object, line: string): Promise<string> {
  return textOf(await (await sessionWith(order)).type(`cost SAN-2025-024 ${line}`));
}

describe("cost", () => {
  test("says under the figure what it rests on: 14 days through 1 March, 12 if the end rolled, 13 if the last did not count", async () => {
    const text = await read(ORDER, "--comply 2025-03-01 --on 2025-02-05");
    expect(text).toContain("EUR 1,400 · 14 days");
    expect(text).toContain(
      "Assumed: no roll-over to the next working day (one case, inferred); if it rolled: Mon 17 Feb 2025, and the sum would be EUR 1,200",
    );
    expect(text).toContain("Assumed: the day of compliance, Sat 1 Mar 2025, counts; if it did not, the sum would be EUR 1,300");
  });

  test("says it of each day: 12 and 22 days if the end rolled", async () => {
    const text = await read(ORDER, "--comply 2025-03-01 --comply 2025-03-11 --on 2025-02-05");
    expect(text).toMatch(/Sat 1 Mar 2025: .*roll.* EUR 1,200/);
    expect(text).toMatch(/Tue 11 Mar 2025: .*roll.* EUR 2,200/);
  });

  test("says no other sum of a day that costs nothing", async () => {
    const text = await read(ORDER, "--comply 2025-02-10 --on 2025-02-05");
    expect(text).toContain("if it rolled: Mon 17 Feb 2025");
    expect(text).not.toMatch(/sum would be|day of compliance/);
  });

  test("has the same in its JSON", async () => {
    const session = await sessionWith(ORDER);
    expect(await session.ask("cost SAN-2025-024 --comply 2025-03-01 --on 2025-02-05")).toMatchObject({
      scenarios: [
        {
          assumptions: [
            { item: "a", code: "no-roll-inferred-sum", sum: { amount: "1200.00", currency: "EUR" } },
            { item: "a", code: "end-day-counted", sum: { amount: "1300.00", currency: "EUR" } },
          ],
        },
      ],
    });
  });

  test("names the next year's cap as such, and not last year's that is past: ten days of January are full on the 10th", async () => {
    const text = await read(YEARLY, "--comply 2025-02-01 --on 2025-01-02");
    expect(text).toContain("the year's cap reached Fri 10 Jan 2025");
    expect(text).toContain("If nobody ever complied, the year's cap would be reached on Fri 10 Jan 2025");
    expect(text).not.toContain("25 Dec 2024");
  });

  test("names the year's cap of the day itself as reached, and then that of the next: the day of 10 January is over", async () => {
    const session = await sessionWith(YEARLY);
    // 20,000 by the end of 2025; the other 5,500 are full on the sixth day of 2026, which the cap for the whole ends for good.
    expect(await session.ask("cost SAN-2025-024 --comply 2025-02-01 --on 2025-01-10")).toMatchObject({ capBinds: "2026-01-06" });
  });

  test("says of a cap that was reached for good that it was", async () => {
    const capped = { ...ORDER, items: [{ ...ORDER.items[0], penalty: { rate: "100", per: "day", cap: { amount: "500" } } }] };
    const text = await read(capped, "--comply 2025-03-10 --on 2025-03-01");
    expect(text).toContain("The cap was reached on Thu 20 Feb 2025: the duty continues, and a new order may follow");
    expect(text).not.toContain("would be reached");
  });

  test("fills a cap in common anew where the end rolls: 10,200 are full a day later, on 9 April", async () => {
    // As it stands a has 27 days through 14 March, 2,700; then 300 a day, and 7,500 are 25 days: a 5,200, b 5,000.
    // If it rolled a has 25 days, 2,500; of 7,700 are 25 days full, and of the 200 left a takes its 100: a 5,100, b 5,100.
    const until = { until: "2025-03-14", because: "set in the order" };
    const items = [...ORDER.items, { id: "b", cure: until, penalty: { rate: "200", per: "day" } }];
    const text = await read({ ...ORDER, items, jointCap: { items: ["a", "b"], amount: "10200" } }, "--comply 2025-05-01 --on 2025-03-20");
    expect(text).toContain("EUR 10,200 · cap reached Tue 8 Apr 2025");
    expect(text).toMatch(/a: no roll-over .*Mon 17 Feb 2025, and the sum would be EUR 5,100/);
  });
});

/** a runs from 11 October 2026 at 500 a day up to 30,000; b, of an unknown rate a week, would from 11 December; c has no penalty. */
const THREE = {
  ...ORDER,
  decided: "2026-08-03",
  notified: "2026-08-10",
  items: [
    {
      id: "a",
      cure: { period: "P2M", from: "notified", rule: "cure" },
      penalty: { rate: "500", per: "day", cap: { amount: "30000" } },
    },
    { id: "b", cure: { period: "P4M", from: "notified", rule: "cure" }, penalty: { rate: "unknown", per: "week" } },
    { id: "c", cure: { period: "P3M", from: "notified", rule: "cure" } },
  ],
};

describe("cost of several items of which one has an unknown rate", () => {
  async function asked(line: string, order: object = THREE, language: Language = "en") {
    const session = await sessionOfTest();
    session.clock.set("2026-11-23T09:00:00.000Z" as Instant);
    await session.bring(order);
    const answered = await session.type(`cost SAN-2025-024 ${line}`, { ...AT_TERMINAL, language });
    return { text: textOf(answered), json: JSON.parse(JSON.stringify(answered.json)) };
  }

  test("counts what has not begun by the day as nothing: 52 days of a", async () => {
    const { text, json } = await asked("--comply 2026-12-01");
    expect(json.scenarios).toMatchObject([{ theoretical: { amount: "26000.00" }, capReached: null }]);
    expect(text).toContain("Tue 1 Dec 2026 · EUR 26,000");
    expect(text).toContain("a: EUR 26,000 (52 days)");
    expect(text).toContain("b: from Fri 11 Dec 2026, amount unknown");
  });

  test("says what each is that is known, whose cap it is, and of what the amount is unknown", async () => {
    const { text, json } = await asked("--comply 2026-12-31");
    expect(json.scenarios).toMatchObject([{ theoretical: null, capReached: "2026-12-09" }]);
    expect(json.oneMoreDay).toBeNull();
    expect(text).toContain("Thu 31 Dec 2026 · at least EUR 30,000");
    expect(text).toContain("a: EUR 30,000 (60 days) · cap reached Wed 9 Dec 2026");
    expect(text).toContain("b: from Fri 11 Dec 2026, amount unknown (3 weeks)");
    expect(text).not.toMatch(/2026 · amount unknown/);
    expect(text).toContain("a: If nobody ever complied, the cap would be reached on Wed 9 Dec 2026");
  });

  test("keeps the sum of one item of an unknown rate unknown, also while nothing has started", async () => {
    const { text, json } = await asked("--comply 2026-12-01", { ...THREE, items: [THREE.items[1]] });
    expect(json.scenarios).toMatchObject([{ units: 0, theoretical: null }]);
    expect(text).toContain("Tue 1 Dec 2026 · amount unknown");
  });

  test("does not take a draft's sum for nothing once it may have begun", async () => {
    const draft = { id: "b", cure: { period: "P2M", from: "published", rule: "cure" }, penalty: { rate: "50", per: "day" } };
    const { text, json } = await asked("--comply 2026-10-01 --comply 2026-11-30", { ...THREE, items: [THREE.items[0], draft] });
    expect(json.scenarios).toMatchObject([{ theoretical: { amount: "0.00" } }, { theoretical: null }]);
    expect(text).toMatch(/Mon 30 Nov 2026 · at least EUR 25,500/);
    expect(text).toContain("b: amount unknown");
  });

  test("says it in French", async () => {
    const { text } = await asked("--comply 2026-12-31", THREE, "fr");
    expect(text).toContain("au moins 30\u202f000\u00a0€");
    expect(text).toContain("b\u00a0: à compter du ven. 11 déc. 2026, montant inconnu");
  });
});
