import { expect, test } from "vitest";
import { plainText } from "../../adapters/chat/shared/plain.ts";
import type { Instant } from "../../src/time/instant.ts";
import { ORDER } from "../support/given.ts";
import { sessionOfTest } from "../support/session.ts";

const LATER = "2030-01-15T09:00:00.000Z" as Instant;
const CLOSED = [{ on: "2025-03-16", type: "closed", item: "a" }];

/** What `retain` says of a public matter of the CNIL: the day, what it is, and the sentences. */
async function retained(facts: object, ...lines: readonly string[]) {
  const session = await sessionOfTest();
  await session.bring({ ...ORDER, visibility: "public", events: CLOSED, ...facts });
  for (const line of lines) await session.ask(line);
  session.clock.set(LATER);
  const [en, fr] = await Promise.all([session.type("retain"), session.type("retain", { ...session.context(), language: "fr" })]);
  const { due } = en.json as unknown as { due: readonly { from: string; since: string }[] };
  return { due: due.map(({ from, since }) => [from, since]), en: en.cards.map(plainText).join(), fr: fr.cards.map(plainText).join() };
}

test("a closing that stands in for a publication is called a closing", async () => {
  const { due, en, fr } = await retained({});
  expect(due).toEqual([["2025-03-16", "closed"]]);
  expect(en).toMatch(/closed on .*16 Mar 2025, with no publication recorded/);
  expect(fr).toMatch(/close le .*16 mars 2025, sans publication enregistrée/);
  expect(en).not.toContain("public since");
  expect(fr).not.toContain("publique depuis");
});

test("a publication is called one, with its own day", async () => {
  const { due, en, fr } = await retained({ published: "2024-02-01" });
  expect(due).toEqual([["2024-02-01", "published"]]);
  expect(en).toMatch(/public since .*1 Feb 2024/);
  expect(fr).toMatch(/publique depuis le .*1er févr\. 2024/);
});

test("so is one that a correction has recorded since", async () => {
  const correction = `corrected ${ORDER.ref} --on 2025-04-01 --event registered --set published=2024-02-01 --because "left out"`;
  expect((await retained({}, correction)).due).toEqual([["2024-02-01", "published"]]);
});
