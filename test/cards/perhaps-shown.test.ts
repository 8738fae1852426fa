import { describe, expect, test } from "vitest";
import { plainLines } from "../../adapters/chat/shared/plain.ts";
import type { Undelivered } from "../../src/cards/contents.ts";
import { deadLetterCard } from "../../src/cards/dead-letter-card.ts";
import { undeliveredLine } from "../../src/cards/digest-lines.ts";
import { undeliveredCard } from "../../src/cards/undelivered-card.ts";
import { undeliveredWhy } from "../../src/cards/undelivered-why.ts";
import type { Instant } from "../../src/time/instant.ts";
import type { Language } from "../../src/time/wording.ts";

const PLACE = "slack:T1/C2";
const REFUSED = {
  ...{ place: PLACE, ref: "SAN-1", kind: "reminder", reason: "The channel is archived. (is_archived)", retried: false },
  at: "2024-02-18T08:00:00.000Z" as Instant,
};
const BROKE = { ...REFUSED, reason: "The connection to Slack broke (ECONNRESET); the message may have been shown. (9 attempts)" };
const FAULT = { ...REFUSED, reason: "internal fault 1f2e3d4c (9 attempts)" };

function plain(lines: readonly string[]): readonly string[] {
  return lines.map((line) => line.replace(/[\u00a0\u202f]/g, " "));
}

describe("over a message of which nobody can tell whether it was shown", () => {
  test.each([[BROKE], [FAULT], [{ ...REFUSED, reason: "503", perhapsShown: true }]])("no heading says that it was not: %j", (one) => {
    const letter = (language: Language) => plain(plainLines(deadLetterCard(language, [one], PLACE))).slice(0, 2);
    expect(letter("en")).toEqual(["1 message may not have been delivered", "It may not have been delivered to slack:T1/C2"]);
    expect(letter("fr")).toEqual(["1 message n’a peut-être pas été remis", "Il n’a peut-être pas été remis à slack:T1/C2"]);
  });

  test("nor over one among others of which it is known", () => {
    const [title] = plainLines(deadLetterCard("en", [REFUSED, BROKE], PLACE));
    expect(title).toBe("2 messages may not have been delivered");
    const answer = undeliveredCard("fr", [REFUSED, BROKE], { zone: "UTC", again: null });
    expect(answer.title.replace(/[\u00a0\u202f]/g, " ")).toBe("2 messages n’ont peut-être pas été remis");
  });

  test("nobody is told to take it that it was not read", () => {
    const text = plainLines(deadLetterCard("en", [BROKE], PLACE)).join("\n");
    expect(text).not.toContain("Take it that nobody there has read");
    expect(text).toContain("It is not certain that anybody there has read it");
    expect(text).toContain("undelivered --again slack:T1/C2");
  });
});

test("what is known not to have been shown is said to be not delivered", () => {
  expect(undeliveredCard("en", [REFUSED], { zone: "UTC", again: null }).title).toBe("1 message was not delivered");
  expect(deadLetterCard("en", [REFUSED], PLACE).title).toBe("1 message was not delivered");
});

test("a line of a French digest says why in French, and not twice that it ends", () => {
  const line = (one: typeof REFUSED) => plain([JSON.stringify(undeliveredLine("fr", one))])[0]!;
  expect(line(BROKE)).toContain(
    "La connexion à Slack s’est rompue (ECONNRESET) ; le message a peut-être été affiché. (9 tentatives) ; l’envoi",
  );
  expect(line({ ...REFUSED, reason: "The bot token has ended, and no new one could be got from Slack and kept." })).toMatch(
    /Le jeton du robot a expiré[^.]* ; l’envoi n’est plus tenté/,
  );
});

test("a line of the digest says once that it may have been shown, and only of what may", () => {
  const line = (one: Undelivered) => plain([JSON.stringify(undeliveredLine("en", one))])[0]!;
  expect(line(REFUSED)).not.toContain("may have been shown");
  expect(line({ ...REFUSED, perhapsShown: true })).toContain("; it may have been shown; not tried any more");
  expect(line(FAULT)).toContain("it may have been shown");
  expect(line(BROKE).match(/may have been shown/g)).toHaveLength(1);
  expect(undeliveredCard("en", [{ ...REFUSED, perhapsShown: true }], { zone: "UTC", again: null }).title).toBe(
    "1 message may not have been delivered",
  );
});

test("nobody is told in a digest to invite the bot into a person's own conversation", () => {
  const line = (one: Undelivered) => JSON.stringify(undeliveredLine("en", one));
  const unreached = { ...REFUSED, reason: "The bot is not in the channel. (not_in_channel)" };
  expect(line(unreached)).toMatch(/invite/i);
  expect(line({ ...unreached, alone: true })).not.toMatch(/invite/i);
});

test("a reason of many reasons within one another is told before long, and as it was kept", () => {
  const deep = `${"What stands of it already is left as it is: ".repeat(20_000)}x${" (9 attempts)".repeat(20_000)}`;
  expect(undeliveredWhy("fr", deep, false)).toBe(deep);
  const often = `The bot is not in the channel.${" (2 attempts)".repeat(100)}`;
  expect(undeliveredWhy("en", often, false)).toBe(often);
});
