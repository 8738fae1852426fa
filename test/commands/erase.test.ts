import { describe, expect, test } from "vitest";
import type { PersonRef } from "../../src/ports/chat.ts";
import { ADMINISTERED, ANA, type FormDesk, formDesk, KOUROU, textOf } from "./form-desk.ts";

const BOB = { person: "slack:T1/U2" as PersonRef, personName: "bob" };

async function deskWithMatter(): Promise<FormDesk> {
  const desk = await formDesk("2024-05-01T09:00:00.000Z", ADMINISTERED);
  const { store, clock } = desk.desk;
  await store.access.setPolicy({ notes: true }, "p1", clock.now());
  await desk.type(KOUROU);
  const bob = await store.people.idOf(BOB.person, BOB.personName);
  await store.access.grant({ person: bob, role: "editor", by: "p1", at: clock.now() });
  await desk.type('note SAN-2023-018 --on 2024-01-08 --text "Mme Durand has called"');
  return desk;
}

async function told(desk: FormDesk, line: string): Promise<string> {
  return textOf(await desk.type(line));
}

/** The line of the button that is meant by an answer. */
async function buttonOf(desk: FormDesk, line: string): Promise<string> {
  const { cards } = await desk.type(line);
  const actions = cards.flatMap(({ blocks }) => blocks).flatMap((block) => (block.kind === "actions" ? block.actions : []));
  return actions.find(({ command }) => command.startsWith("erase "))!.command;
}

describe("erase", () => {
  test("shows first what would go, and erases it by the button alone", async () => {
    const desk = await deskWithMatter();
    const head = await desk.head();
    const asked = await told(desk, "erase SAN-2023-018 --path respondent --because request");
    expect(asked).toContain("Erase 1 text of SAN-2023-018?");
    expect(asked).toContain("Commune de Kourou");
    expect(await told(desk, "show SAN-2023-018")).toContain("Commune de Kourou");
    const button = await buttonOf(desk, "erase SAN-2023-018 --path respondent --because request");
    expect(await told(desk, button)).toContain("1 text of SAN-2023-018 erased");
    const shown = await told(desk, "show SAN-2023-018");
    expect([shown.includes("Kourou"), shown.includes("[erased]")]).toEqual([false, true]);
    expect(await told(desk, "verify")).toMatch(
      /The register is whole.*1 text was erased.*Erased of CNIL:SAN-2023-018: respondent \(registered-1\)/s,
    );
    expect(await desk.head()).toBe(head);
  });

  test("asks anew where something was recorded since it was shown", async () => {
    const desk = await deskWithMatter();
    const button = await buttonOf(desk, "erase SAN-2023-018 --notes --because mistake");
    await desk.type('note SAN-2023-018 --on 2024-01-09 --text "and again"');
    expect(await told(desk, button)).toContain("Erase 2 texts of SAN-2023-018?");
    expect(await told(desk, "history SAN-2023-018")).toContain("Mme Durand has called");
  });

  test.each([
    ["--notes", ["text"]],
    ["--event e1", ["text"]],
    ["--path order", ["items.0.order"]],
    ["--all", ["items.0.order", "respondent", "text"]],
  ])("%s takes what it says", async (option, paths) => {
    const desk = await deskWithMatter();
    await desk.type(await buttonOf(desk, `erase SAN-2023-018 ${option} --because request`));
    const erased = (await desk.desk.store.ledger.read("CNIL:SAN-2023-018")).flatMap((row) => row.erased);
    expect(erased.toSorted()).toEqual(paths);
  });

  test("says what is missing where nothing is named, and that nothing is left where it was erased", async () => {
    const desk = await deskWithMatter();
    expect(await told(desk, "erase SAN-2023-018 --because request")).toContain("Say what is to be erased: --path respondent");
    await desk.type(await buttonOf(desk, "erase SAN-2023-018 --notes --because request"));
    expect(await told(desk, "erase SAN-2023-018 --notes --because request")).toContain("Nothing of SAN-2023-018 that is meant stands");
  });

  test("names the watches that still look for what was erased", async () => {
    const desk = await deskWithMatter();
    await desk.type("watch respondent:kourou");
    const { cards } = await desk.type(await buttonOf(desk, "erase SAN-2023-018 --path respondent --because request"));
    expect(textOf({ cards } as never)).toMatch(/Watches that look for what was erased: w\d/);
  });

  test("is refused to whoever administers nothing, by the same words for a matter that is there and one that is not", async () => {
    const desk = await deskWithMatter();
    const said = await Promise.all(
      ["SAN-2023-018", "NOWHERE-1"].map(async (ref) => textOf(await desk.type(`erase ${ref} --all --because request`, BOB))),
    );
    expect(said[0]).toContain("erase needs the role admin; yours is editor");
    expect(said[1]).toBe(said[0]);
  });

  test("leaves a trace without the text", async () => {
    const desk = await deskWithMatter();
    await desk.type(await buttonOf(desk, "erase SAN-2023-018 --notes --because request"));
    const traces = await desk.desk.store.trail.of("CNIL:SAN-2023-018");
    const erased = traces.filter(({ action }) => action === "erased");
    expect(erased).toMatchObject([{ verb: "erase", detail: { paths: 1, because: "request" } }]);
    expect(JSON.stringify(traces)).not.toContain("Durand");
  });
});

describe("a hold", () => {
  test("forbids erasure by every way until it is released", async () => {
    const desk = await deskWithMatter();
    await desk.type("assign SAN-2023-018 to me", BOB);
    const button = await buttonOf(desk, "erase SAN-2023-018 --all --because request");
    expect(await told(desk, "hold SAN-2023-018")).toContain("SAN-2023-018 is held");
    expect(await told(desk, "hold")).toMatch(/1 matter is held.*SAN-2023-018.*by ana/s);
    expect(await told(desk, button)).toContain("Nothing was erased: SAN-2023-018 is held.");
    const ofBob = await buttonOf(desk, "erase person bob --because request");
    expect(await told(desk, ofBob)).toContain("Nothing was erased: SAN-2023-018 is held.");
    expect(await told(desk, "show SAN-2023-018")).toContain("Commune de Kourou");
    await desk.type("release SAN-2023-018");
    expect(await told(desk, button)).toContain("erased");
  });
});

describe("erase person", () => {
  test("leaves an opaque id of them, takes what was given to them along, and names where their name stands", async () => {
    const desk = await deskWithMatter();
    await desk.type('note SAN-2023-018 --on 2024-01-09 --text "ask Bob"', BOB);
    await desk.type("assign SAN-2023-018 to me", BOB);
    expect(await told(desk, "show SAN-2023-018")).toContain("bob");
    const done = await told(desk, await buttonOf(desk, "erase person @bob --because request"));
    expect(done).toMatch(/p\d is nobody any more; 1 assignment erased/);
    expect(done).toContain("Their name stands in texts of SAN-2023-018");
    const { people } = desk.desk.store;
    expect([await people.known(BOB.person), await people.named("bob")]).toEqual([null, []]);
    const shown = await told(desk, "history SAN-2023-018");
    expect(shown.replaceAll("ask Bob", "")).not.toMatch(/bob|U2/i);
    expect(await told(desk, "verify")).toMatch(/1 text was erased; 1 person was erased/);
  });

  test("is not for oneself: who erases is noted by name", async () => {
    const desk = await deskWithMatter();
    expect(await told(desk, "erase person me --because request")).toContain("somebody else has to erase you");
    expect(await desk.desk.store.people.known(ANA)).not.toBeNull();
  });
});
