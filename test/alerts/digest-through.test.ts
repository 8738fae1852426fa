import { expect, test } from "vitest";
import { plainLines } from "../../adapters/chat/shared/plain.ts";
import { digestOf } from "../../src/alerts/digest.ts";
import type { DigestContents } from "../../src/cards/contents.ts";
import { digestCard } from "../../src/cards/digest-card.ts";
import { digestJson } from "../../src/commands/digest-json.ts";
import type { Matter } from "../../src/matter/history.ts";
import { standingOn } from "../../src/matter/standing.ts";
import { addDays, day } from "../../src/time/day.ts";
import { dayIn, type Instant } from "../../src/time/instant.ts";
import { matterOf } from "../cards/kourou.ts";

const TOKYO = "Asia/Tokyo";
const CURE = { until: "2024-03-05", because: "set" };

function metered(authority: string, cap: object = {}): Matter {
  const items = [{ id: "a", cure: CURE, penalty: { rate: "100", per: "day", ...cap } }];
  return matterOf({ ref: authority, authority, notified: "2024-01-05", decided: "2024-01-02", fines: undefined, items });
}

function digestAt(matters: readonly Matter[], now: Instant, before: DigestContents | null = null): DigestContents {
  return digestOf({
    matters,
    ...{ day: dayIn(TOKYO, now), form: "daily", zone: TOKYO, at: "09:00", now },
    before: before === null ? null : { through: addDays(before.day, -1), at: before.at },
    ...{ unwatched: 0, undelivered: [], head: "0".repeat(64), emptyWatches: [] },
  });
}

function sums(contents: DigestContents, language: "en" | "fr" = "en"): readonly string[] {
  const lines = plainLines(digestCard(language, contents)).map((line) => line.replace(/[\u00a0\u202f]/g, " "));
  return lines.filter((line) => /^(?:RUNNING|STANDING|EN COURS) /.test(line));
}

test("where an authority's day has not come yet, the digest names the day through which the sum runs, which is what show --on says of it", () => {
  const matter = metered("FTC");
  // 09:00 in Tokyo on the 8th is 19:00 in New York on the 7th.
  const eighth = digestAt([matter], "2024-03-08T00:00:00.000Z" as Instant);
  expect(sums(eighth)).toEqual([
    "RUNNING in USD · 1 matter · +100 a day · court-set through Wed 6 Mar 100 (+100), only what the court sets will be owed",
  ]);
  expect(sums(eighth, "fr").join("\n")).toContain("au mer. 6 mars : 100");
  const json = digestJson(eighth, "en");
  expect([json.through, json.running[0]?.through]).toEqual(["2024-03-06", "2024-03-06"]);
  expect(eighth.running[0]!.theoretical).toEqual(standingOn(matter, day(json.through)).totals.theoretical);
  const ninth = digestAt([matter], "2024-03-09T00:00:00.000Z" as Instant, eighth);
  expect(sums(ninth).join("\n")).toContain("through Thu 7 Mar 200 (+100)");
  // At 14:30 it is the 8th in New York as well; the digest of 09:00 a day ago had counted nothing yet.
  const later = digestAt([matter], "2024-03-08T05:30:00.000Z" as Instant);
  expect(sums(later).join("\n")).toContain("court-set through yesterday 200 (+200)");
  expect(digestJson(later, "en").through).toBe("2024-03-07");
});

test("what stands without running names its day as well", () => {
  const capped = digestAt([metered("FTC", { cap: { amount: "100" } })], "2024-03-09T00:00:00.000Z" as Instant);
  expect(sums(capped).join("\n")).toContain("STANDING in USD, not running · 1 matter · through Thu 7 Mar: ");
  const json = digestJson(capped, "en");
  expect([json.through, json.stands[0]?.through]).toEqual(["2024-03-07", "2024-03-07"]);
});

test("of authorities in one currency of which some have not come as far, both days are named", () => {
  // 08:30 in Tokyo is 00:30 in Paris and 23:30 in Dublin.
  const now = "2024-03-07T23:30:00.000Z" as Instant;
  const both = digestAt([metered("CNIL"), metered("DPC")], now);
  expect(sums(both).join("\n")).toContain("through Wed 6 Mar (in part yesterday) 300 (+100)");
  expect(sums(both, "fr").join("\n")).toContain("au mer. 6 mars (pour partie au jeu. 7 mars) : 300");
  expect(digestJson(both, "en").running[0]?.through).toBe("2024-03-06");
  expect(sums(digestAt([metered("CNIL")], now)).join("\n")).toContain("through yesterday 200 (+100)");
});
