import { expect, test } from "vitest";
import { plainLines } from "../../adapters/chat/shared/plain.ts";
import { digestOf } from "../../src/alerts/digest.ts";
import { digestCard } from "../../src/cards/digest-card.ts";
import { liveCard } from "../../src/cards/live-card.ts";
import { matterCard } from "../../src/cards/matter-card.ts";
import { utteranceCard } from "../../src/cards/utterance-card.ts";
import { standingNow } from "../../src/matter/standing.ts";
import type { Card } from "../../src/ports/card.ts";
import { day } from "../../src/time/day.ts";
import type { Instant } from "../../src/time/instant.ts";
import { given, ORDER } from "../support/given.ts";
import { reminderOn } from "./said.ts";

const ON = "2024-12-30";

/** EUR 100 a day from 6 March 2024: 29,000 are full on Friday 20 December. */
const cappedBy = (cap: object) => ({ ...ORDER, items: [{ ...ORDER.items[0], penalty: { rate: "100", per: "day", cap } }] });

function told(card: Card): string {
  return plainLines(card)
    .join("\n")
    .replace(/[\u00a0\u202f]/g, " ");
}

function cards(
  language: "en" | "fr",
  cap: object,
): { readonly matter: string; readonly live: string; readonly said: string; readonly digest: string } {
  const matter = given(cappedBy(cap));
  const today = day(ON);
  const standing = standingNow(matter, today);
  const utterance = { ...reminderOn(ON), kind: "cap-reached", stage: null, reason: "cap-reached", deadline: null } as const;
  const digest = digestOf({
    ...{ matters: [matter], day: today, form: "daily", zone: "Europe/Paris", at: "09:00", now: `${ON}T08:00:00.000Z` as Instant },
    ...{ before: null, unwatched: 0, undelivered: [], head: "0".repeat(64), emptyWatches: [] },
  });
  return {
    matter: told(matterCard(language, standing, today)),
    live: told(liveCard(language, { standing, today, said: [], acknowledged: undefined, snoozed: undefined })),
    said: told(utteranceCard(language, { ...utterance, standing, item: standing.items[0]! })),
    digest: told(digestCard(language, digest)),
  };
}

test("a calendar year's cap is told as that year's, and from when on it runs again, wherever it is told", () => {
  const en = cards("en", { perYear: "29000" });
  const sentence =
    "The cap of 2024 was reached on Fri 20 Dec 2024; the penalty runs again from Wed 1 Jan 2025 on, up to the cap of the new year. The duty continues, and a new order may follow";
  for (const card of [en.matter, en.live, en.said]) {
    expect(card).toContain(sentence);
    expect(card).not.toContain("the sum stands");
  }
  expect(en.digest).toContain(
    "Cap of 2024 reached Fri 20 Dec; it runs again from Wed 1 Jan on. The duty continues, and a new order may follow",
  );
  const fr = cards("fr", { perYear: "29000" });
  for (const card of [fr.matter, fr.live, fr.said]) {
    expect(card).toContain(
      "Le plafond de 2024 a été atteint le ven. 20 déc. 2024 ; l’astreinte court de nouveau à partir du mer. 1er janv. 2025",
    );
    expect(card).not.toContain("n’augmente plus");
  }
  expect(fr.digest).toContain(
    "Plafond de 2024 atteint le ven. 20 déc. ; l’astreinte court de nouveau à partir du mer. 1er janv. L’obligation",
  );
});

test("one under an order that ends with the year, and a cap for the whole, are told as standing", () => {
  for (const cap of [{ amount: "29000" }, { perYear: "29000", until: "2024-12-31" }, { perYear: "29000", amount: "29000" }]) {
    const { matter, said, digest } = cards("en", cap);
    expect(matter + said).toContain(
      "The cap was reached on Fri 20 Dec 2024: the sum stands, the duty continues, and a new order may follow",
    );
    expect(digest).toContain("Cap reached Fri 20 Dec; the duty continues");
  }
});

test("violations do not come with the days: one more day adds none of them", () => {
  const order = { ...ORDER, items: [{ ...ORDER.items[0], penalty: { rate: "100", per: "violation" } }] };
  const standing = standingNow(given(order, { on: "2024-03-20", type: "violation", count: 8 }), day("2024-03-20"));
  expect(told(matterCard("en", standing, day("2024-03-20")))).not.toContain("one more day adds");
});

test("a day on which it would have ended bears its year where that is far from today", () => {
  const matter = given({
    decided: "2025-09-25",
    notified: "2025-09-29",
    items: [{ id: "a", cure: { period: "P2M", from: "notified", rule: "cure" }, penalty: { rate: "100", per: "day" } }],
  });
  const today = day("2026-11-23");
  const digest = digestOf({
    ...{ matters: [matter], day: today, form: "daily", zone: "Europe/Paris", at: "09:00", now: "2026-11-23T08:00:00.000Z" as Instant },
    ...{ before: null, unwatched: 0, undelivered: [], head: "0".repeat(64), emptyWatches: [] },
  });
  const said = told(digestCard("en", digest));
  expect(said).toContain("time ended Sat 29 Nov 2025, 24:00 Paris");
  expect(said).toContain("else Mon 1 Dec 2025");
});
