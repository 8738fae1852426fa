import { expect, test } from "vitest";
import { plainLines } from "../../adapters/chat/shared/plain.ts";
import { undeliveredCard } from "../../src/cards/undelivered-card.ts";
import type { Instant } from "../../src/time/instant.ts";
import type { Language } from "../../src/time/wording.ts";

const GIVEN_UP = {
  ...{ place: "slack:T1/C2", ref: "SAN-2023-018", kind: "reminder", reason: "channel_not_found" },
  at: "2024-02-18T08:00:00.000Z" as Instant,
};

function lines(language: Language, retried: boolean): string {
  const card = undeliveredCard(language, [{ ...GIVEN_UP, retried }], { zone: "Europe/Paris", again: null });
  return plainLines(card)
    .join("\n")
    .replace(/[\u00a0\u202f]/g, " ");
}

test("what is given up waits for somebody: which button, or what is to be typed, is said", () => {
  expect(lines("en", false)).toContain(
    "What is given up is not tried again by itself. Once its cause is mended, press Try again or type undelivered --again PLACE",
  );
  expect(lines("en", false)).toContain("[Try again: slack:T1/C2");
  expect(lines("fr", false)).toContain("appuyez sur « Retenter » ou tapez undelivered --again LIEU");
  expect(lines("fr", false)).toContain("[Retenter : slack:T1/C2");
  expect(lines("en", true)).not.toContain("Try again");
});
