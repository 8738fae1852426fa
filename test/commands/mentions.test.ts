import { describe, expect, test } from "vitest";
import { plainText } from "../../adapters/chat/shared/plain.ts";
import type { Card, Span } from "../../src/ports/card.ts";
import type { PersonRef } from "../../src/ports/chat.ts";
import type { Shown } from "../support/cli.ts";
import { ORDER } from "../support/given.ts";
import type { Typist } from "../support/session.ts";
import { ANA, BEN, sessionAt, textOf } from "./places.ts";

const CARLA = "slack:T1/U7" as PersonRef;
const NAMING: Typist = { ...ANA, mentions: [{ person: CARLA, name: "Carla Díaz" }] };
const NOW = "2024-02-22T11:00:00.000Z";

function spansOf({ blocks }: Card): readonly Span[] {
  return blocks.flatMap((block) => (block.kind === "text" || block.kind === "note" ? block.text : []));
}

test("the card of a matter asks for a note of it in the order of the house, and only until somebody has taken it", async () => {
  const session = await sessionAt(NOW);
  await session.bring({ ...ORDER, ref: "SAN-2024-003", we: "respondent" });
  const labels = async () =>
    (await session.type("show SAN-2024-003", ANA)).cards
      .flatMap(({ blocks }) => blocks.flatMap((block) => (block.kind === "actions" ? block.actions : [])))
      .map(({ label }) => label);
  expect(await labels()).toEqual(["Acknowledge", "Evidence sent", "Snooze…", "Why", "History", "Assign…", "Record…"]);
  await session.type("ack SAN-2024-003", BEN);
  expect((await labels())[0]).toBe("Evidence sent");
  await session.type("closed SAN-2024-003 --on 2024-02-22", ANA);
  expect(await labels()).toEqual(["Why", "History", "Record…"]);
});

describe("a person who is mentioned by reference", () => {
  test("is assigned by it and shown by name, then and later, to everybody", async () => {
    const session = await sessionAt(NOW);
    const recorded = await session.type(`assign SAN-2024-001 to ${CARLA}`, NAMING);
    expect(textOf(recorded)).toContain("Assigned to @Carla Díaz");
    for (const by of [ANA, BEN]) {
      const [card] = (await session.type("show SAN-2024-001", by)).cards;
      expect(spansOf(card!)).toContainEqual({ person: CARLA, name: "Carla Díaz" });
      expect(plainText(card!)).not.toContain(CARLA);
      expect(textOf(await session.type("history SAN-2024-001", by))).toContain("Assigned to @Carla Díaz");
    }
    expect(await session.ask<Shown & { assignedTo: string }>("show SAN-2024-001")).toMatchObject({ assignedTo: CARLA });
  });

  test("is shown in the digest by name", async () => {
    const session = await sessionAt(NOW);
    await session.type(`assign SAN-2024-001 to ${CARLA} --as owner`, NAMING);
    const text = textOf(await session.type("digest", BEN));
    expect(text).toContain("Carla Díaz");
    expect(text).not.toContain(CARLA);
    expect(textOf(await session.type("digest", { ...BEN, language: "fr" }))).toContain("@Carla Díaz");
  });

  test("is shown by the reference where nothing is known of them", async () => {
    const session = await sessionAt(NOW);
    await session.type(`assign SAN-2024-001 to ${CARLA}`, ANA);
    expect(spansOf((await session.type("show SAN-2024-001")).cards[0]!)).toContainEqual({ person: CARLA, name: CARLA });
  });

  test("is found by filters, whether a matter was assigned by reference or by name", async () => {
    const session = await sessionAt(NOW);
    await session.type(`assign SAN-2024-001 to ${CARLA}`, NAMING);
    await session.type("assign SAN-2024-002 to @carla díaz", ANA);
    const listed = await session.ask<{ matters: { ref: string }[] }>(`list assigned:${CARLA}`, NAMING);
    expect(listed.matters.map(({ ref }) => ref).sort()).toEqual(["SAN-2024-001", "SAN-2024-002"]);
    const watched = await session.type(`watch assigned:${CARLA}`, NAMING);
    expect(watched.json).toMatchObject({ matters: 2 });
    expect(textOf(watched)).toContain("assigned:Carla Díaz");
  });

  test("takes an escalation in their own conversation, which is called by their name", async () => {
    const session = await sessionAt(NOW);
    await session.type("watch", ANA);
    const set = await session.type(`escalate --to ${CARLA} --after 4h`, NAMING);
    expect(textOf(set)).toContain("to @Carla Díaz, after 4 hours");
    expect(set.json).toMatchObject({ escalation: { to: CARLA } });
    expect(textOf(await session.type("watches", ANA))).toContain("to @Carla Díaz, after 4 hours");
  });
});
