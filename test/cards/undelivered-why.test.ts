import { webApi } from "@slack/bolt";
import { describe, expect, test } from "vitest";
import { connectionFailure } from "../../adapters/chat/shared/failure.ts";
import { plainText } from "../../adapters/chat/shared/plain.ts";
import { failureOf } from "../../adapters/chat/slack/failure.ts";
import { deadLetterCard } from "../../src/cards/dead-letter-card.ts";
import { undeliveredCard } from "../../src/cards/undelivered-card.ts";
import { undeliveredWhy } from "../../src/cards/undelivered-why.ts";
import type { Instant } from "../../src/time/instant.ts";

/** As the client throws it. */
function platformError(error: string): Error {
  return Object.assign(Object.create(webApi.WebAPIPlatformError.prototype), { data: { ok: false, error } });
}

describe("why something was not delivered", () => {
  test.each([
    ["is_archived", "Le canal est archivé."],
    ["not_in_channel", "Le robot n’est pas dans ce canal."],
    ["channel_not_found", "Slack ne connaît pas ce canal"],
  ])("by Slack's word %s is told in the reader's language, in English as it is kept", (code, french) => {
    const { reason } = failureOf(platformError(code));
    expect(undeliveredWhy("en", reason, false)).toBe(reason);
    expect(undeliveredWhy("fr", reason, false)).toContain(french);
    expect(undeliveredWhy("fr", reason, false)).toContain(`(${code})`);
    for (const language of ["en", "fr"] as const) expect(undeliveredWhy(language, reason, true)).not.toMatch(/\/invite|canal /);
  });

  test.each([
    [Object.assign(new Error("x"), { code: "ECONNRESET" }), /^La connexion à Slack s’est rompue \(ECONNRESET\)/],
    [Object.assign(new Error("x"), { code: "ECONNREFUSED" }), /^Slack n’a pas pu être joint \(ECONNREFUSED\)/],
    [Object.assign(new Error("x"), { name: "TimeoutError" }), /^Slack n’a pas répondu à temps/],
  ])("by a connection that came to nothing too", (error, french) => {
    const { reason } = connectionFailure("Slack", error);
    expect(`${undeliveredWhy("en", reason, false)}.`).toBe(reason);
    expect(undeliveredWhy("fr", reason, false)).toMatch(french);
  });

  test("of which nothing is known stands as it is kept", () => {
    expect(undeliveredWhy("fr", "Something else. (odd)", false)).toBe("Something else. (odd)");
  });
});

test("a person's own conversation is called by their name where one is known", () => {
  const place = "slack:T1/U2";
  const one = { place, ref: "SAN-1", kind: "reminder", reason: "No. (channel_not_found)", at: "2024-02-18T08:00:00.000Z" as Instant };
  const listed = plainText(
    undeliveredCard("en", [{ ...one, retried: true }], { zone: "UTC", again: null, names: new Map([[place, "@ana"]]) }),
  );
  const letter = plainText(deadLetterCard("en", [{ ...one, retried: true }], place, "UTC", "@ana"));
  for (const said of [listed, letter]) {
    expect(said).toContain("@ana");
    expect(said).not.toContain(place);
    expect(said).toContain("Their own conversation with the bot cannot be reached. (channel_not_found)");
  }
});
