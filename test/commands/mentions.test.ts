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

describe("what is kept as somebody wrote it", () => {
  test.each([
    ["note SAN-2024-001 --on 2024-02-22 --text", "text"],
    ["closed SAN-2024-001 --on 2024-02-22 --because", "because"],
  ])("%s calls whom it mentions by name", async (line, field) => {
    const session = await sessionAt(NOW);
    const { json } = await session.type(`${line} "told ${CARLA}, not ${CARLA}9 or x${CARLA}"`, NAMING);
    expect(json).toMatchObject({ recorded: { [field]: `told @Carla Díaz, not ${CARLA}9 or x${CARLA}` } });
  });

  test("calls them so where they are all that is written, and keeps the reference where it says whom", async () => {
    const session = await sessionAt(NOW);
    expect((await session.type(`note SAN-2024-001 --on 2024-02-22 --text ${CARLA}`, NAMING)).json).toMatchObject({
      recorded: { text: "@Carla Díaz" },
    });
    const assigned = await session.type(`assign SAN-2024-001 to ${CARLA}`, NAMING);
    expect(assigned.json).toMatchObject({ assignedTo: CARLA });
  });

  test("keeps the reference where a correction says whom, and not in what it says else", async () => {
    const session = await sessionAt(NOW);
    const { json } = await session.type("assign SAN-2024-001 to ana", NAMING);
    const { id } = (json as { readonly recorded: { readonly id: string } }).recorded;
    const line = `corrected SAN-2024-001 --on 2024-02-22 --event ${id} --set to=${CARLA} --set "note=told ${CARLA}" --because slip`;
    expect((await session.type(line, NAMING)).json).toMatchObject({ recorded: { set: { to: CARLA, note: "told @Carla Díaz" } } });
  });

  test("keeps a reference of whom no name is known", async () => {
    const session = await sessionAt(NOW);
    const { json } = await session.type(`note SAN-2024-001 --on 2024-02-22 --text "told ${CARLA}"`, ANA);
    expect(json).toMatchObject({ recorded: { text: `told ${CARLA}` } });
  });
});

describe("a matter is not assigned", () => {
  test.each(["<!subteam^S0LEGAL|@legal>", "<!subteam^S0LEGAL>", "<!here>", "<!channel|channel>", "@here", "@everyone"])(
    "to %s, which is no person",
    async (group) => {
      const session = await sessionAt(NOW);
      for (const line of [
        `assign SAN-2024-001 to ${group}`,
        `assigned SAN-2024-001 --on 2024-02-22 --to ${group}`,
        `assign SAN-2024-001 to ${group} as owner`,
      ])
        expect((await session.type(line, ANA)).json).toMatchObject({ error: { code: "assign-group" } });
      expect(textOf(await session.type(`assign SAN-2024-001 to ${group}`, { ...ANA, language: "fr" }))).toContain("nommez une personne");
      expect(await session.ask("show SAN-2024-001")).toMatchObject({ assignedTo: null });
    },
  );

  test("to a name that nobody is known by without saying that no message can reach them", async () => {
    const session = await sessionAt(NOW);
    const chat = { terminal: null };
    const unknown = await session.type("assign SAN-2024-001 to @Dora", { ...ANA, ...chat });
    expect(textOf(unknown)).toContain("Nobody of the name Dora is known here");
    await session.type("ack SAN-2024-001", { ...BEN, ...chat });
    for (const to of ["me", "@ben", "Ben"])
      expect(textOf(await session.type(`assign SAN-2024-001 to ${to}`, { ...ANA, ...chat }))).not.toContain("is known here");
    expect(textOf(await session.type(`assign SAN-2024-001 to ${CARLA}`, { ...NAMING, ...chat }))).not.toContain("is known here");
  });
});
