import { describe, expect, test } from "vitest";
import { plainLines } from "../../adapters/chat/shared/plain.ts";
import { digestOf } from "../../src/alerts/digest.ts";
import type { DigestContents } from "../../src/cards/contents.ts";
import { digestCard } from "../../src/cards/digest-card.ts";
import { digestJson } from "../../src/commands/digest-json.ts";
import { knownAt, type Matter } from "../../src/matter/history.ts";
import { dayIn, type Instant } from "../../src/time/instant.ts";
import { matterOf } from "../cards/kourou.ts";

function digestAt(matters: readonly Matter[], on: string, before: DigestContents | null = null): DigestContents {
  const now = `${on}T08:00:00.000Z` as Instant;
  return digestOf({
    matters: matters.flatMap((matter) => knownAt(matter, now) ?? []),
    ...{ day: dayIn("Europe/Paris", now), form: "daily", zone: "Europe/Paris", at: "09:00", now },
    before: before === null ? null : { through: before.through, at: before.at },
    ...{ unwatched: 0, undelivered: [], head: "0".repeat(64), emptyWatches: [] },
  });
}

function lines(contents: DigestContents, language: "en" | "fr" = "en"): readonly string[] {
  return plainLines(digestCard(language, contents)).map((line) => line.replace(/[\u00a0\u202f]/g, " "));
}

function metered(ref: string, penalty: object, events: readonly object[] = [], facts: object = {}): Matter {
  return matterOf({ ref, items: [{ id: "dpo", cure: { period: "P2M", rule: "cure" }, penalty }], ...facts }, events);
}

const CAPPED = metered("C-1", { rate: "150", per: "day", cap: { amount: "3150" } });
const CLAIM = { on: "2024-03-01", type: "complied", item: "dpo" };

describe("what no longer runs", () => {
  test("is told with what it ran to, beside what the digest before had counted", () => {
    const before = digestAt([CAPPED], "2024-03-10");
    const digest = digestAt([CAPPED], "2024-03-11", before);
    expect(lines(digest)).toContain("RUNNING in EUR: nothing any more · 1 matter no longer runs: 3,150 (3,000 in the last digest)");
    expect(lines(digest, "fr").join("\n")).toContain("1 affaire ne court plus : 3 150 € (3 000 € dans le dernier récapitulatif)");
    const [was, now] = [before, digest].map((one) => digestJson(one, "en"));
    expect(now?.stopped).toEqual([{ currency: "EUR", matters: 1, theoretical: was?.running[0]?.theoretical, ranTo: "3150.00" }]);
    expect(lines(digestAt([CAPPED], "2024-03-11")).join("\n")).toContain("3,150 (3,000 before)");
  });
});

describe("what stands without running", () => {
  test("has a line: the regime's word, its day, what is open, fixed and paid", () => {
    const fixed = { on: "2024-03-20", type: "liquidated", item: "dpo", amount: "1000", from: "2024-02-19", to: "2024-02-28" };
    const paid = { on: "2024-03-21", type: "paid", amount: "400", for: "dpo" };
    const digest = digestAt([metered("C-1", { rate: "150", per: "day", cap: { amount: "3150" } }, [fixed, paid])], "2024-03-25");
    expect(lines(digest)).toContain(
      "STANDING in EUR, not running · 1 matter · through yesterday: theoretical 3,150 (not owed until the authority fixes it), still open 1,650, fixed 1,000, paid 400",
    );
    expect(lines(digest)).toContain("RUNNING: nothing");
  });

  test("a sum that had run stands though the matter was referred to another; a notice without a penalty has no line", () => {
    const referred = { on: "2024-03-05", type: "referred", to: "SAN-2024-100" };
    const digest = digestAt([metered("C-4", { rate: "150", per: "day" }, [CLAIM, referred])], "2024-03-25");
    expect(lines(digest).find((line) => line.startsWith("STANDING"))).toContain("theoretical, if the claim is accepted 1,800");
    const notice = matterOf({ ref: "C-5", items: [{ id: "dpo", cure: { period: "P2M", rule: "cure" } }] }, [CLAIM, referred]);
    expect(digestAt([notice], "2024-03-25").stands).toEqual([]);
  });

  test("claims under one cap come to no more than the cap together if they are refused", () => {
    const items = ["a", "b"].map((id) => ({ id, cure: { period: "P2M", rule: "cure" }, penalty: { rate: "150", per: "day" } }));
    const claims = ["a", "b"].map((item) => ({ ...CLAIM, item }));
    const matter = matterOf({ ref: "C-6", items, jointCap: { items: ["a", "b"], amount: "4500" } }, claims);
    const [part] = digestJson(digestAt([matter], "2024-03-25"), "en").stands[0]!.parts;
    expect(part).toMatchObject({ theoretical: "3600.00", ifRefused: "4500.00" });
  });

  test("of a claim both sums stand, apart from what is not conditional; a debt by law is never called open", () => {
    const claimed = metered("C-2", { rate: "150", per: "day" }, [CLAIM]);
    const dutch = metered("C-3", { rate: "100", per: "day", cap: { amount: "500" } }, [], { authority: "AP" });
    const digest = digestAt([CAPPED, claimed, dutch], "2024-03-25");
    const said = lines(digest).find((line) => line.startsWith("STANDING"));
    expect(said).toContain("3 matters");
    expect(said).toContain("theoretical, if the claim is accepted 1,800, if it is refused 5,250 (not owed until the authority fixes it)");
    expect(said).toContain("forfeited 500 (owed by law as it runs), paid 0.00");
    expect(said).not.toContain("forfeited 500 (owed by law as it runs), still open");
    expect(lines(digest, "fr").find((line) => line.startsWith("SANS COURIR"))).toContain(
      "1 800 € si la conformité est admise, 5 250 € si elle est refusée",
    );
    expect(digestJson(digest, "en").stands[0]?.parts.find(({ conditional }) => conditional)).toMatchObject({
      theoretical: "1800.00",
      ifRefused: "5250.00",
    });
  });

  test("is not silence: a digest of nothing else says it", () => {
    const digest = digestAt([metered("C-2", { rate: "150", per: "day" }, [CLAIM])], "2024-03-25");
    expect(lines(digest).join("\n")).not.toContain("nothing runs");
  });

  test("does not have what ended for good, nor what is still running", () => {
    const closed = metered("C-4", { rate: "150", per: "day" }, [CLAIM, { on: "2024-03-05", type: "closed" }]);
    expect(digestAt([closed, matterOf({})], "2024-03-25").stands).toEqual([]);
  });
});

describe("periods longer than a day", () => {
  test("name the day at whose end the next is complete, and what it adds", () => {
    const weekly = metered("W-1", { rate: "5000", per: "week" });
    // From 18 Feb: complete at the end of 25 Feb, 3 Mar …
    const digest = digestAt([weekly], "2024-02-27");
    expect(digest.running[0]).toMatchObject({ perDay: { minor: 0n }, next: { day: "2024-03-03", sum: { minor: 500000n } } });
    expect(lines(digest).find((line) => line.startsWith("RUNNING"))).toContain("1 matter · +5,000 at the end of Sun 3 Mar · theoretical");
    expect(lines(digest, "fr").find((line) => line.startsWith("EN COURS"))).toContain("affaire · +5 000 € à la fin du dim. 3 mars");
    // On the last day of a period it is that day's end, and no daily rate.
    expect(digestAt([weekly], "2024-03-03").running[0]).toMatchObject({ perDay: { minor: 0n }, next: { day: "2024-03-03" } });
    expect(digestAt([weekly], "2024-03-04").running[0]?.next?.day).toBe("2024-03-10");
  });

  test("stand beside daily ones of the currency, the soonest first, those of one day added", () => {
    const monthly = metered("M-1", { rate: "900", per: "month" });
    const weekly = ["W-1", "W-2"].map((ref) => metered(ref, { rate: "5000", per: "week" }));
    const digest = digestAt([matterOf({}), monthly, ...weekly], "2024-02-27");
    expect(lines(digest).join("\n")).toContain("4 matters · +150 a day, and another +10,000 at the end of Sun 3 Mar ·");
    expect(digestAt([monthly], "2024-02-27").running[0]?.next).toMatchObject({ day: "2024-03-18", sum: { minor: 90000n } });
  });

  test("that a cap ends name no further one", () => {
    const capped = metered("W-1", { rate: "5000", per: "week", cap: { until: "2024-03-02" } });
    expect(digestAt([capped], "2024-02-27").running[0]?.next).toBeNull();
  });
});

test("the currency with most matters comes first", () => {
  const pounds = ["P-1", "P-2"].map((ref) => metered(ref, { rate: "1", per: "day" }, [], { currency: "GBP" }));
  expect(digestAt([matterOf({}), ...pounds], "2024-03-10").running.map(({ currency }) => currency)).toEqual(["GBP", "EUR"]);
});
