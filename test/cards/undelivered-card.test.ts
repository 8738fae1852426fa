import { describe, expect, test } from "vitest";
import { plainLines } from "../../adapters/chat/shared/plain.ts";
import { deadLetterCard } from "../../src/cards/dead-letter-card.ts";
import { undeliveredLine } from "../../src/cards/digest-lines.ts";
import { narrowedCard } from "../../src/cards/narrowed-card.ts";
import { refusalCard } from "../../src/cards/refusal-card.ts";
import { placeSpan, sayText } from "../../src/cards/say-text.ts";
import { escalationCard, escalationText } from "../../src/cards/subscription-card.ts";
import { escalatedElsewhereCard, operationsCard, undeliveredCard } from "../../src/cards/undelivered-card.ts";
import { refuse } from "../../src/law/finding.ts";
import type { Place } from "../../src/ports/chat.ts";
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
  expect(lines("en", false)).toContain("[Try again: undelivered --again slack:T1/C2]");
  expect(lines("fr", false)).toContain("appuyez sur « Retenter » ou tapez undelivered --again LIEU");
  expect(lines("fr", false)).toContain("[Retenter: undelivered --again slack:T1/C2]");
  expect(lines("en", true)).not.toContain("Try again");
});

test("of several places that were given up each button stands under the place that it is for", () => {
  const all = ["slack:T1/C2", "slack:T1/C3"].map((place) => ({ ...GIVEN_UP, place, retried: false }));
  const { blocks } = undeliveredCard("en", all, { zone: "UTC", again: null });
  const labels = blocks.flatMap((block) => (block.kind === "actions" ? block.actions : [])).map(({ label }) => label);
  expect(labels).toEqual(["Try again", "Try again"]);
  expect(blocks.slice(-4)).toMatchObject([
    { text: [{ place: "slack:T1/C2" }] },
    { actions: [{ command: "undelivered --again slack:T1/C2" }] },
    { text: [{ place: "slack:T1/C3" }] },
    { actions: [{ command: "undelivered --again slack:T1/C3" }] },
  ]);
});

describe("a place is one for the reader's platform to name, wherever it stands in a sentence:", () => {
  const PLACE = "slack:T1/C2";
  const escalation = { to: PLACE, afterMinutes: 30, name: null };
  const line = { ...GIVEN_UP, retried: true };
  const letter = deadLetterCard("en", [{ ...line, retried: false }], PLACE);
  test.each([
    ["what was not delivered", undeliveredCard("en", [line], { zone: "UTC", again: { place: PLACE, revived: 1, isKnown: true } }), 2],
    ["what somebody has typed", undeliveredCard("en", [], { zone: "UTC", again: { place: PLACE, revived: 0, isKnown: false } }), 0],
    ["a dead letter, but for the line to type", letter, 1],
    ["a line of the digest", undeliveredLine("en", line), 1],
    ["an escalation", escalationCard("en", escalation, []), 1],
    ["one in French", escalationText("fr", escalation), 1],
    ["one to somebody who is known by name", escalationText("en", { ...escalation, name: "@ana" }), 0],
    ["one that goes to another desk's place", escalatedElsewhereCard("en", { from: PLACE as Place, to: "slack:T1/C3" as Place }), 2],
    ["who hears of it", operationsCard("fr", "operations.elsewhere", PLACE as Place), 1],
    ["a place that is told nothing", narrowedCard("en", { place: PLACE, because: "guests", matters: [], more: false }), 1],
    ["a refusal", refusalCard("en", refuse("escalate-cycle", { place: PLACE })), 1],
    ["a place that nobody knows", refusalCard("en", refuse("place-unknown", { place: PLACE })), 0],
  ])("%s", (_what, said, n) => {
    expect(JSON.stringify(said).match(/\{"place":"slack:T1\/C\d"\}/g) ?? []).toHaveLength(n);
  });

  test("and no title, which nothing but words can stand in, has it", () => {
    expect([letter.title, escalationCard("en", escalation, []).title].join()).not.toContain("slack:");
  });
});

test("what somebody typed is never taken for the mark of a place", () => {
  const typed = "\uFFFE0\uFFFF \uFFFE";
  const said = sayText("en", "dead-letter.line", { ref: typed }, { message: placeSpan("slack:T1/C2") });
  expect(said).toEqual([{ place: "slack:T1/C2" }, ` of ${typed}`]);
});

test("those who administer are people, whose names nobody can take", () => {
  const refusal = {
    ...refuse("role-none", { admins: ["@ana", "slack:T1/U3"] }),
    people: { "@ana": "slack:T1/U1", "slack:T1/U3": "slack:T1/U3" },
  };
  const [block] = refusalCard("en", refusal).blocks;
  expect(block).toEqual({
    kind: "text",
    text: [
      expect.stringContaining("Administrators: "),
      { person: "slack:T1/U1", name: "@ana" },
      ", ",
      { person: "slack:T1/U3", name: "slack:T1/U3" },
    ],
  });
});
