import { describe, expect, test } from "vitest";
import { plainLines } from "../../adapters/chat/shared/plain.ts";
import { type DigestAsk, digestOf } from "../../src/alerts/digest.ts";
import type { DigestContents } from "../../src/cards/contents.ts";
import { digestCard } from "../../src/cards/digest-card.ts";
import type { Matter } from "../../src/matter/history.ts";
import { addDays, day, daysBetween } from "../../src/time/day.ts";
import type { Instant } from "../../src/time/instant.ts";
import { matterOf } from "../cards/kourou.ts";

const TODAY = day("2024-03-11");

function digest(matters: readonly Matter[], over: Partial<DigestAsk> = {}): DigestContents {
  return digestOf({
    ...{ matters, day: TODAY, form: "daily", zone: "Europe/Paris", at: "09:00", now: "2024-03-11T08:00:00.000Z" as Instant },
    ...{ before: null, unwatched: 0, undelivered: [], head: "0".repeat(64), emptyWatches: [] },
    ...over,
  });
}

function lines(contents: DigestContents, language: "en" | "fr" = "en"): readonly string[] {
  return plainLines(digestCard(language, contents)).map((line) => line.replace(/[\u00a0\u202f]/g, " "));
}

/** A matter whose time ends that many days from today, with those clocks and fines. */
function ending(ref: string, days: number, facts: object = {}): Matter {
  const cure = { until: addDays(TODAY, days), because: "set" };
  return matterOf({ ref, items: [{ id: "dpo", cure, penalty: { rate: "1", per: "day" } }], ...facts });
}

/** A matter whose time ends today at that hour in Paris. */
function endingToday(time: string, ref: string): Matter {
  const cure = { period: "PT72H", from: "notified", rule: "cure" };
  const items = [{ id: "dpo", cure, penalty: { rate: "1", per: "day" } }];
  return matterOf({ ref, decided: "2024-03-08", notified: `2024-03-08T${time}`, items });
}

describe("a time that ends at an hour of the day", () => {
  const matters = ["08:30", "08:40", "08:50", "10:00", "17:00", "18:00"].map((time, index) => endingToday(time, `H-${index}`));

  test("is overdue in the heading once that hour has come, as its line says", () => {
    const said = lines(digest(matters));
    expect(said[1]).toBe("ACT NOW 6 · 3 periods end within 3 days · 3 overdue");
    expect(said.filter((line) => line.includes("time ended"))).toHaveLength(3);
    expect(said.filter((line) => line.includes("time ends"))).toHaveLength(3);
    expect(digestCard("en", digest(matters.slice(0, 1))).tone).toBe("overdue");
    expect(digestCard("en", digest(matters.slice(4))).tone).toBe("urgent");
  });

  test("has ended or not by the hour of a digest whose day is over", () => {
    const past = lines(digest(matters, { now: "2024-03-20T08:00:00.000Z" as Instant }));
    expect(past.slice(1)).toEqual(lines(digest(matters)).slice(1));
  });
});

describe("what is to be acted on now", () => {
  test("has the orders whose cap was reached: the duty goes on", () => {
    const penalty = { rate: "150", per: "day", cap: { amount: "1500" } };
    const items = [{ id: "dpo", cure: { period: "P2M", rule: "cure" }, penalty }];
    const contents = digest([matterOf({ items, we: "respondent" })]);
    expect(contents.actNow.map(({ item }) => item?.state)).toEqual(["capped"]);
    expect(lines(contents)[2]).toMatch(
      /^- Commune de Kourou SAN-2023-018: time ended Sun 18 Feb, 24:00 Paris\. Cap reached Wed 28 Feb; the duty continues, and a new order may follow\. Comply and send the evidence today\./,
    );
    expect(lines(contents)[2]).not.toContain("runs from");
    expect(lines(contents, "fr")[2]).toContain("Plafond atteint le mer. 28 févr. ; l’obligation demeure");
    expect(digestCard("en", contents).tone).toBe("overdue");
  });

  test("has fines and related clocks due within three days, as it has periods", () => {
    const clock = (id: string, until: string, kind = "observations") => ({ id, kind, from: until, period: "P1D" });
    const items = [
      {
        id: "dpo",
        cure: { until: addDays(TODAY, 60), because: "set" },
        clocks: [clock("o", addDays(TODAY, 2)), clock("far", addDays(TODAY, 3), "appeal")],
      },
    ];
    const fines = [
      { id: "near", amount: "5000", due: addDays(TODAY, 1) },
      { id: "far", amount: "7", due: addDays(TODAY, 4) },
    ];
    const paid = { on: "2024-03-01", type: "paid", amount: "1000", for: "near" };
    const contents = digest([matterOf({ we: "respondent", items, fines }, [paid])]);
    expect(lines(contents).slice(1, 4)).toEqual([
      "ACT NOW 2",
      "- Commune de Kourou SAN-2023-018: Pay the fine: EUR 4,000 by Tue 12 Mar. assigned to nobody".replace(". assigned to nobody", ""),
      "- Commune de Kourou SAN-2023-018: observations due Thu 14 Mar",
    ]);
    expect(contents.upcoming.map(({ next }) => next?.what)).toEqual(["payment", "appeal"]);
    expect(digestCard("en", contents).tone).toBe("urgent");
    expect(lines(digest([matterOf({ items, fines })]))[2]).toContain("Fine due Tue 12 Mar: EUR 5,000 not recorded as paid");
  });

  test("has a time to comply that an appeal still holds back, counted among those that end", () => {
    // The appeal may be brought through Tue 12 Mar, and the time ends two days later.
    const items = [{ id: "dpo", cure: { period: "P2D", from: { appeal: "P28D" }, rule: "cure" }, penalty: { rate: "1", per: "day" } }];
    const held = (ref: string) => matterOf({ ref, items, decided: "2024-02-01", notified: "2024-02-13", fines: undefined });
    const contents = digest([held("A-0")]);
    expect(contents.actNow.map(({ item }) => [item?.state, item?.expiry])).toEqual([["pending", "2024-03-14"]]);
    expect([contents.upcoming.length, contents.withinMonth]).toEqual([0, 1]);
    expect(lines(contents)[2]).toContain("A-0: time ends Thu 14 Mar, 24:00 Paris");
    expect(digestCard("en", contents).tone).toBe("urgent");
    const six = digest(["A-0", "A-1", "A-2", "A-3", "A-4", "A-5"].map(held));
    expect(lines(six)[1]).toBe("ACT NOW 6 · 6 periods end within 3 days");
  });

  test("says above five lines what they are, and within how many days", () => {
    const fine = { fines: [{ id: "fine", amount: "1", due: addDays(TODAY, 1) }] };
    const late = { fines: [{ id: "fine", amount: "1", due: addDays(TODAY, -1) }] };
    const contents = digest([1, 2, 3, 3].map((days, index) => ending(`A-${index}`, days, index === 0 ? fine : index === 1 ? late : {})));
    expect(lines(contents)[1]).toBe("ACT NOW 6 · 4 periods end within 3 days · 1 other deadline within 3 days · 1 fine unpaid");
    expect(lines(contents, "fr")[1]).toContain("4 délais expirent sous 3 jours · 1 autre échéance sous 3 jours");
  });
});

describe("the next 30 days", () => {
  test("count every deadline, and say how many of them stand above", () => {
    const contents = digest([ending("A-1", 1), ending("A-2", 3), ending("A-3", 7), ending("A-4", 30), ending("A-5", 90)]);
    expect(lines(contents)).toContain("NEXT 30 DAYS 4 (2 above) · 7 days 3 · 90 days 5");
    expect(contents.upcoming).toHaveLength(2);
    expect(lines(contents, "fr")).toContain("30 PROCHAINS JOURS 4 (dont 2 ci-dessus) · 7 jours : 3 · 90 jours : 5");
    const near = lines(digest([ending("A-1", 1)]));
    expect(near).toContain("NEXT 30 DAYS 1 (1 above) · 7 days 1 · 90 days 1");
  });
});

test("what cannot be counted has a claim whose rate nobody knows", () => {
  const items = [{ id: "dpo", cure: { period: "P2M", rule: "cure" }, penalty: { rate: "unknown", per: "day" } }];
  const claimed = matterOf({ items }, [{ on: "2024-03-01", type: "complied", item: "dpo" }]);
  expect(digest([claimed]).cannotCount).toHaveLength(1);
  expect(digest([claimed]).stands).toEqual([]);
});

test("a correction is told in words, with what was recorded before", () => {
  const events = [
    { on: "2024-02-20", type: "rate-changed", item: "dpo", rate: "200" },
    { on: "2024-03-11", type: "corrected", event: "e1", set: { on: "2024-02-21", rate: "250" }, because: "typed wrongly" },
    {
      on: "2024-03-11",
      type: "corrected",
      event: "registered",
      set: { "fines.fine.amount": "6000", notified: "2023-12-19" },
      because: "x",
    },
  ];
  const contents = digest([matterOf({}, events)]);
  const said = lines(contents).filter((line) => line.includes("Mon 11 Mar:"));
  expect(said[0]).toContain(
    "Event e1 corrected: the day is Wed 21 Feb 2024 (it was Tue 20 Feb 2024), the rate is EUR 250 (it was EUR 200) · because: typed wrongly",
  );
  expect(said[1]).toContain(
    "Corrected: the amount of the fine (fine) is EUR 6,000 (it was EUR 5,000), the notification date is Tue 19 Dec 2023 (it was Mon 18 Dec 2023)",
  );
  const french = lines(contents, "fr").find((line) => line.includes("Rectification"));
  expect(french).toContain("le montant de l’amende (fine) : 6 000 € (auparavant 5 000 €)");
});

describe("dates of sums that are forfeited by law, one of which comes nearly every day", () => {
  const item = { id: "a", cure: { period: "P2M" }, penalty: { rate: "500", per: "day" } };
  const dutch = (ref: string) => matterOf({ ref, authority: "AP", notified: "2022-11-05", fines: undefined, items: [item] });

  test("come after what else ends within three days, and before what has ended", () => {
    const ours = [dutch("AP-1"), ending("C-1", 3), dutch("AP-2"), ending("C-2", 0)];
    const contents = digest(ours);
    expect(contents.actNow.map(({ standing, due }) => [standing.facts.ref, due?.what ?? "expiry"])).toEqual([
      ["C-2", "expiry"],
      ["C-1", "expiry"],
      ["AP-1", "payment"],
      ["AP-1", "time-bar"],
      ["AP-2", "payment"],
      ["AP-2", "time-bar"],
      ["AP-1", "expiry"],
      ["AP-2", "expiry"],
    ]);
  });

  test("come last on their day among what is to be prepared", () => {
    const weekly = { ...item, penalty: { rate: "500", per: "week" } };
    const ours = [matterOf({ ref: "AP-1", authority: "AP", notified: "2023-11-19", fines: undefined, items: [weekly] })];
    const [first] = digest(ours).upcoming;
    const on = first!.next!.day;
    const days = daysBetween(TODAY, on);
    const upcoming = digest([...ours, ending("C-1", days)]).upcoming.filter(({ next }) => next!.day === on);
    expect(upcoming.map(({ standing }) => standing.facts.ref)).toEqual(["C-1", "AP-1"]);
  });
});
