import { describe, expect, test } from "vitest";
import { standingNow } from "../../src/matter/standing.ts";
import { ANA, BEN, buttonOf, CLEO, type ConsentDesk, consentDesk, DAN, KEY } from "./consent-desk.ts";
import { textOf } from "./form-desk.ts";
import { DESK, guardedDesk, PEOPLE } from "./guarded-desk.ts";

const HIDE = "visibility SAN-2023-018 --to restricted";

/** Ben hides the matter, as it is asked of him. */
async function hidden(desk: ConsentDesk): Promise<string> {
  return textOf(await desk.type(buttonOf(await desk.type(HIDE, BEN), "Record it"), BEN));
}

async function letIn({ desk: { store } }: Pick<ConsentDesk, "desk">, key = KEY): Promise<readonly string[]> {
  const ids = [...((await store.access.admitted()).get(key) ?? [])];
  return (await Promise.all(ids.map(async (id) => (await store.people.nameOf(id)) ?? id))).sort();
}

describe("making a matter restricted", () => {
  test("says first who will be let in: whoever does it, and whom it stands with, by name where one person bears it", async () => {
    const desk = await consentDesk();
    await desk.type("mine", CLEO);
    await desk.type("assigned SAN-2023-018 --on 2024-04-30 --to cleo --as owner", ANA);
    const asked = textOf(await desk.type(HIDE, BEN));
    expect(asked).toContain("the desk → people let in by name");
    expect(asked).toContain("Let in on it then: @ben, @cleo");
    expect(await hidden(desk)).toContain("Let in on it: @ben, @cleo");
    expect(await letIn(desk)).toEqual(["ben", "cleo"]);
    expect(textOf(await desk.type(`show ${KEY}`, CLEO))).toContain("Kourou");
    expect(textOf(await desk.type(`show ${KEY}`, ANA))).toContain("No matter");
  });

  test("lets nobody in by a name that two people bear", async () => {
    const desk = await consentDesk();
    await desk.type("mine", CLEO);
    await desk.type("mine", { ...DAN, personName: "cleo" });
    await desk.type("assigned SAN-2023-018 --on 2024-04-30 --to cleo --as owner", ANA);
    await hidden(desk);
    expect(await letIn(desk)).toEqual(["ben"]);
  });

  test("waits for another person where two are wanted, who sees who will be let in", async () => {
    const desk = await consentDesk({ twoPersons: true });
    const proposed = textOf(await desk.type(buttonOf(await desk.type(HIDE, BEN), "Propose it"), BEN));
    expect(proposed).toContain("a1 waits until");
    expect(await desk.types()).toEqual([]);
    const asked = await desk.type("approve a1", CLEO);
    expect(textOf(asked)).toContain("Let in on it then: @ben");
    expect(textOf(await desk.type(buttonOf(asked, "Approve"), CLEO))).toContain("Recorded · SAN-2023-018");
    expect(await letIn(desk)).toEqual(["ben"]);
  });

  test("once more records nothing and says so, on the command line too", async () => {
    const desk = await guardedDesk();
    await desk.terminal(`visibility ${DESK} --to restricted`);
    const { version } = (await desk.desk.register.matter(DESK))!;
    await expect(desk.terminal(`visibility ${DESK} --to restricted`)).rejects.toThrow("is seen by people let in by name already");
    expect((await desk.desk.register.matter(DESK))!.version).toBe(version);
  });

  test("and visible again shows what was and what will be", async () => {
    const desk = await guardedDesk();
    await desk.terminal(`visibility ${DESK} --to restricted`);
    const rehearsed = (await desk.terminal(`visibility ${DESK} --to desk --dry-run`)) as { changes: readonly unknown[] };
    expect(rehearsed.changes).toEqual([{ what: "visibility", before: "restricted", after: "desk" }]);
  });
});

describe("dismissing", () => {
  test("the owner, or whoever registered it, takes an approver; oneself and others an editor", async () => {
    const desk = await consentDesk();
    await desk.type(`assigned SAN-2023-018 --on 2024-04-30 --to ${DAN.person} --as owner`, ANA);
    await desk.type("mine", DAN);
    await hidden(desk);
    for (const who of [ANA, CLEO, DAN]) await desk.type(`admit ${KEY} ${who.person}`, BEN);
    await desk.type(`assigned SAN-2023-018 --on 2024-04-30 --to ${BEN.person} --as owner`, BEN);
    expect(standingNow((await desk.desk.register.matter(KEY))!, "2024-05-01" as never).ownedBy).toBe(BEN.person);
    // Ana has registered it, Dan owned it until a moment ago.
    for (const who of [ANA, DAN])
      expect(textOf(await desk.type(`dismiss ${KEY} ${who.person}`, BEN))).toContain("dismiss needs the role approver; yours is editor");
    expect(await letIn(desk)).toEqual(["ana", "ben", "cleo", "dan"]);
    expect(textOf(await desk.type(`dismiss ${KEY} ${CLEO.person}`, BEN))).toContain("is not let in");
    await desk.type(`admit ${KEY} ${CLEO.person}`, BEN);
    expect(textOf(await desk.type(`dismiss ${KEY} ${DAN.person}`, CLEO))).toContain("is not let in");
    expect(textOf(await desk.type(`dismiss ${KEY} me`, ANA))).toContain("is not let in");
    expect(await letIn(desk)).toEqual(["ben", "cleo"]);
  });

  test("an owner who is named takes an approver, whoever else bears the name", async () => {
    const desk = await guardedDesk();
    await desk.as("editor", `assigned ${DESK} --on 2024-04-30 --to reader --as owner`);
    await desk.terminal(`visibility ${DESK} --to restricted`);
    await desk.terminal(`admit ${DESK} ${PEOPLE.editor}`);
    expect(await letIn(desk, DESK)).toEqual(["editor", "reader"]);
    await desk.type("mine", { person: "slack:T1/UOTHER" as never, personName: "reader" });
    expect(await desk.told("editor", `dismiss ${DESK} ${PEOPLE.reader}`)).toContain("dismiss needs the role approver");
  });
});
