import { describe, expect, test } from "vitest";
import { ANA, BEN, buttonOf, CLEO, COMPLIED, type ConsentDesk, consentDesk, DAN, KEY } from "./consent-desk.ts";
import { textOf } from "./form-desk.ts";

/** Somebody's proposal of what ends the matter, as they are answered. */
async function proposed(desk: ConsentDesk, language: "en" | "fr" = "en", by = ANA): Promise<string> {
  const asked = await desk.type(COMPLIED, { ...by, language });
  return textOf(await desk.type(buttonOf(asked, language === "en" ? "Propose it" : "Proposer"), { ...by, language }));
}

/** The matter restricted by somebody, who alone is let in; two people are wanted. */
async function restricted(by = ANA): Promise<ConsentDesk> {
  const desk = await consentDesk();
  await desk.type("visibility SAN-2023-018 --to restricted --confirmed 1", by);
  await desk.desk.store.access.setPolicy({ twoPersons: true }, "p1", desk.desk.clock.now());
  return desk;
}

describe("a proposal about a restricted matter that nobody else may approve", () => {
  test("says that an approver has to be let in, and the line does that", async () => {
    const desk = await restricted();
    const said = await proposed(desk);
    expect(said).toContain(`Nobody else who may approve it is let in on this matter, which is restricted`);
    expect(said).toContain(`let in somebody who has the role approver (admit ${KEY} PERSON)`);
    // They are there: nobody has to be given the role, and who they are is not told.
    expect(said).not.toMatch(/role PERSON|cleo|dan|U3|U4/i);
    await desk.type(`admit ${KEY} ${CLEO.person}`, ANA);
    await desk.type("decline a1", ANA);
    expect(await proposed(desk)).toContain("One person may approve it");
  });

  test("says so in French", async () => {
    expect(await proposed(await restricted(), "fr")).toContain(`admettez quelqu’un qui a le rôle d’approbateur (admit ${KEY} PERSONNE)`);
  });

  test("says whose it is to give the role where nobody else has it", async () => {
    const desk = await restricted(DAN);
    await desk.grant(CLEO, "editor");
    const said = await proposed(desk, "en", DAN);
    expect(said).toContain(`(admit ${KEY} PERSON); an administrator gives that role (role PERSON is approver)`);
  });

  test("does not count who is let in and may not approve", async () => {
    const desk = await restricted();
    await desk.type(`admit ${KEY} ${BEN.person}`, ANA);
    expect(await proposed(desk)).toContain("Nobody else who may approve it is let in");
  });
});

test("a proposal about a matter of the desk's that nobody else may approve says that an administrator can give the role", async () => {
  const desk = await consentDesk({ twoPersons: true });
  await desk.grant(CLEO, "editor");
  const said = await proposed(desk, "en", DAN);
  expect(said).toContain("Nobody else may approve it: an administrator can give somebody the role approver (role PERSON is approver)");
  expect(said).not.toContain("admit");
});
