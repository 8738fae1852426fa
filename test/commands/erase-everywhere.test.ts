import { describe, expect, test } from "vitest";
import type { Json } from "../../src/ports/ledger.ts";
import { ANA, buttonOf, CLEO, COMPLIED, type ConsentDesk, consentDesk, DAN, KEY } from "./consent-desk.ts";
import { textOf } from "./form-desk.ts";
import { sessionAt } from "./places.ts";

const OF = "erase SAN-2023-018";
const SOURCE = "Zweifel's doctor, Dr Zweifeldoc";

async function everythingOf({ desk }: ConsentDesk): Promise<string> {
  const { ledger, proposals } = desk.store;
  return JSON.stringify([await ledger.read(KEY), await proposals.about(KEY)]);
}

/** Erases by the button, as its card asks. */
async function erased(desk: ConsentDesk, what: string) {
  const asked = await desk.type(`${OF} ${what} --because request`, DAN);
  return { asked: textOf(asked), done: textOf(await desk.type(buttonOf(asked, "Erase"), DAN)) };
}

describe("where somebody knows it from", () => {
  test("can be erased like any other text, and an address stays", async () => {
    const desk = await consentDesk();
    await desk.type(`paid SAN-2023-018 --on 2024-02-10 --amount 100 --for fine --source "${SOURCE}"`, ANA);
    await desk.type("paid SAN-2023-018 --on 2024-02-11 --amount 500 --for fine --source https://www.cnil.fr/paid", ANA);
    await desk.type('referred SAN-2023-018 --on 2024-02-12 --to "cabinet of Jean Petit" --confirmed 3', ANA);
    const events = (await desk.desk.register.matter(KEY))!.events.map(({ event }) => event);
    expect(events).toMatchObject([{ source: SOURCE }, { source: "https://www.cnil.fr/paid" }, { to: "cabinet of Jean Petit" }]);
    const { done } = await erased(desk, "--all");
    expect(done).toContain("of SAN-2023-018 erased");
    const left = await everythingOf(desk);
    expect(left).not.toMatch(/Zweifel|Jean Petit/);
    expect(left).toContain("https://www.cnil.fr/paid");
    expect(textOf(await desk.type("verify", DAN))).toContain("The register is whole");
  });

  test("goes with what people wrote in their own words", async () => {
    const desk = await consentDesk();
    await desk.type(`paid SAN-2023-018 --on 2024-02-10 --amount 100 --for fine --source "${SOURCE}"`, ANA);
    expect((await erased(desk, "--notes")).done).toContain("1 text of SAN-2023-018 erased");
    expect(await everythingOf(desk)).not.toContain("Zweifel");
    expect(textOf(await desk.type("show SAN-2023-018", DAN))).toContain("Commune de Kourou");
  });

  test("that an earlier version has recorded in the chain itself cannot be erased, and is named", async () => {
    const desk = await consentDesk();
    const { store, clock } = desk.desk;
    const data: { readonly [key: string]: Json } = { source: SOURCE, item: "dpo" };
    const entry = { eventId: "e1", type: "rejected", on: "2024-02-10" as never, data, texts: {} };
    const stamp = { recordedAt: clock.now(), by: "p1", commandId: "of old", via: "command" } as const;
    await store.ledger.append([{ stream: KEY, expectedVersion: 1, entries: [entry] }], stamp);
    expect(textOf(await desk.type(`${OF} --notes --because request`, DAN))).toContain("Of SAN-2023-018 only e1 source is meant");
    const { asked, done } = await erased(desk, "--all");
    for (const said of [asked, done]) expect(said).toContain("recorded by an earlier version in the chain itself stays: e1 source");
  });
});

describe("what was proposed", () => {
  test.each(["--notes", "--all", "--path because"])("and declined goes with %s, with why it was", async (what) => {
    const desk = await consentDesk({ twoPersons: true });
    await desk.type(buttonOf(await desk.type(`${COMPLIED} --because "Mme Durand says so"`, ANA), "Propose it"), ANA);
    await desk.type('decline a1 --because "M. Dupont was not there"', CLEO);
    expect(await everythingOf(desk)).toMatch(/Durand.*Dupont/);
    const { asked } = await erased(desk, what);
    expect(asked).toContain("proposal a1");
    expect(await everythingOf(desk)).not.toMatch(/Durand/);
    if (what !== "--path because") expect(await everythingOf(desk)).not.toMatch(/Dupont/);
    expect(textOf(await desk.type(`${OF} ${what} --because request`, DAN))).toContain("that is meant stands");
  });

  test("is not recorded by an approval under way once its texts are erased", async () => {
    const desk = await consentDesk({ twoPersons: true });
    await desk.type(buttonOf(await desk.type(`${COMPLIED} --because "Mme Durand says so"`, ANA), "Propose it"), ANA);
    betweenDecisionAndRecord(desk, async () => void (await erased(desk, "--notes")));
    expect(textOf(await desk.type("approve a1 --confirmed 1", CLEO))).toContain("a1 cannot be recorded any more: its texts were erased");
    expect(await desk.types()).toEqual([]);
    expect(await everythingOf(desk)).not.toContain("Durand");
  });

  test("is recorded where meanwhile only what others wrote was erased", async () => {
    const desk = await consentDesk({ twoPersons: true });
    await desk.type("register CNIL SAN-2023-019 Other --kind sanction --notified 2023-12-18", ANA);
    await desk.type(buttonOf(await desk.type(`${COMPLIED} --because "Mme Durand says so"`, ANA), "Propose it"), ANA);
    const other = { kind: "text", stream: "CNIL:SAN-2023-019", eventId: "registered-1", path: "respondent" } as const;
    const { privacy } = desk.desk.store;
    betweenDecisionAndRecord(desk, async () => void (await privacy.erase([other], "p1", desk.desk.clock.now(), "request")));
    expect(textOf(await desk.type("approve a1 --confirmed 1", CLEO))).toContain("Recorded · SAN-2023-018");
    expect(await privacy.version()).toBe(1);
    expect(await desk.types()).toEqual(["complied"]);
  });
});

/** Runs once between the moment at which a proposal is settled and the one at which it is recorded. */
function betweenDecisionAndRecord({ desk }: ConsentDesk, run: () => Promise<void>): void {
  const { proposals } = desk.store;
  let isDone = false;
  const settle: typeof proposals.settle = async (...settled) => {
    const done = await proposals.settle(...settled);
    if (!isDone) await run();
    isDone = true;
    return done;
  };
  Object.assign(desk.store, { proposals: { ...proposals, settle } });
}

describe("--dry-run", () => {
  test("shows what would go of a matter or a person, in a chat too, and erases nothing", async () => {
    const desk = await consentDesk();
    const shown = textOf(await desk.type(`${OF} --all --because request --dry-run`, DAN));
    expect(shown).toContain("2 texts would go; nothing is erased");
    expect(shown).toContain("Commune de Kourou");
    await desk.type("assign SAN-2023-018 to ana", ANA);
    expect(textOf(await desk.type("erase person @ana --because request --dry-run", DAN))).toMatch(
      /Who ana is would go.*one assignment|1 assignment/s,
    );
    expect(await desk.desk.store.privacy.version()).toBe(0);
    await desk.type("hold SAN-2023-018", DAN);
    expect(textOf(await desk.type(`${OF} --all --because request --dry-run`, DAN))).toContain("SAN-2023-018 is held");
  });

  test("answers a script with the paths", async () => {
    const session = await sessionAt("2024-05-01T09:00:00.000Z");
    await session.ask("register CNIL SAN-2023-018 Kourou --kind sanction --notified 2023-12-18");
    const json = await session.ask("erase SAN-2023-018 --all --because request --dry-run");
    expect(json).toEqual({
      ref: "SAN-2023-018",
      dryRun: true,
      would: [{ event: "registered-1", path: "respondent" }],
      remaining: { stays: [] },
    });
    expect(await session.ask("show SAN-2023-018")).toMatchObject({ respondent: "Kourou" });
  });
});

test("a French card says in French that a text was erased, and a script is told as ever", async () => {
  const desk = await consentDesk();
  const { done } = await erased(desk, "--all");
  expect(done).toContain("texts of SAN-2023-018 erased");
  for (const line of ["show SAN-2023-018", "list", "history SAN-2023-018", "deadline SAN-2023-018", "why SAN-2023-018"]) {
    const { cards } = await desk.type(line, { ...DAN, language: "fr" });
    expect(textOf({ cards } as never), line).not.toContain("[erased]");
    if (line === "show SAN-2023-018" || line === "list") expect(textOf({ cards } as never)).toContain("[effacé]");
  }
  expect((await desk.desk.register.matter(KEY))!.facts.respondent).toBe("[erased]");
});
