import { describe, expect, test } from "vitest";
import type { Instant } from "../../src/time/instant.ts";
import { ANA, BEN, buttonOf, CLEO, COMPLIED, type ConsentDesk, consentDesk, DAN } from "./consent-desk.ts";
import { textOf } from "./form-desk.ts";

const REF = "SAN-2023-018";
const PAID = `paid ${REF} --on 2024-04-30 --amount 10 --for fine`;

async function idOf(desk: ConsentDesk, who: typeof ANA): Promise<string> {
  return (await desk.desk.store.people.known(who.person!))!;
}

describe("somebody who takes on another's name", () => {
  test("is told from them in the audit, whose entries bear the opaque id", async () => {
    const desk = await consentDesk();
    await desk.type(PAID, BEN);
    await desk.type(`note ${REF} --on 2024-04-30 --text x`, { ...BEN, personName: "ana" });
    const text = textOf(await desk.type(`audit ${REF}`, CLEO));
    expect(text.match(new RegExp(`@ana \\(${await idOf(desk, ANA)}\\)`, "g"))).toHaveLength(1);
    expect(text.match(new RegExp(`@ana \\(${await idOf(desk, BEN)}\\)`, "g"))).toHaveLength(2);
    expect(textOf(await desk.type("audit", DAN))).toContain(`@ana (${await idOf(desk, BEN)})`);
  });

  test.each([
    ["ana", "bears the same name"],
    ["ANA", "writes it in capitals"],
    ["ana\u200b", "adds a sign that nobody sees"],
  ])("is told from them in the history and where a proposal waits: %s %s", async (personName) => {
    const desk = await consentDesk({ twoPersons: true });
    const feigned = { ...BEN, personName };
    await desk.type(PAID, feigned);
    await desk.type(buttonOf(await desk.type(COMPLIED, feigned), "Propose it"), feigned);
    const apart = `${personName} (${await idOf(desk, BEN)})`;
    expect(textOf(await desk.type(`history ${REF}`, CLEO))).toContain(apart);
    expect(textOf(await desk.type("proposals", CLEO))).toContain(apart);
    expect(textOf(await desk.type("approve a1 --confirmed 2", CLEO))).not.toContain("Not done");
    expect(textOf(await desk.type("approve a1 --confirmed 2", DAN))).toContain("already");
  });

  test("is told from them among those who are let in", async () => {
    const desk = await consentDesk();
    await desk.type(`visibility ${REF} --on 2024-04-30 --to restricted --confirmed 1`, ANA);
    await desk.type(`admit ${REF} slack:T1/U2`, ANA);
    await desk.type(PAID, { ...BEN, personName: "ana" });
    const text = textOf(await desk.type(`show ${REF}`, ANA));
    expect(text).toContain(`@ana (${await idOf(desk, ANA)})`);
    expect(text).toContain(`@ana (${await idOf(desk, BEN)})`);
  });

  test("cannot bear an id that is another's", async () => {
    const desk = await consentDesk();
    const feigned = `ana (${await idOf(desk, ANA)})`;
    await desk.type(PAID, { ...BEN, personName: feigned });
    expect(textOf(await desk.type(`history ${REF}`, CLEO))).toContain(`${feigned} (${await idOf(desk, BEN)})`);
  });

  test("changes nothing for whoever bears a name alone", async () => {
    const desk = await consentDesk();
    await desk.type(PAID, BEN);
    const text = textOf(await desk.type(`history ${REF}`, CLEO));
    expect(text).toContain("recorded by ben,");
    expect(text).not.toMatch(/\(p\d+\)/);
  });
});

describe("what a thousand refusals bury", () => {
  test("is nothing: an export stands in the audit of a matter and of the desk, and they are counted", async () => {
    const desk = await consentDesk();
    const { trail, people } = desk.desk.store;
    const [at, by] = [desk.desk.clock.now() as Instant, await people.idOf(BEN.person!, "ben")];
    await trail.note([{ at, by: "p1", from: "console", action: "exported", stream: null, verb: "export", detail: {} }]);
    const refused = { at, by, from: "slack", action: "refused", stream: null, verb: "erase", detail: {} } as const;
    await trail.note(Array.from({ length: 1_200 }, () => refused));
    expect(textOf(await desk.type(`audit ${REF}`, CLEO))).toContain("exported it");
    const text = textOf(await desk.type("audit", DAN));
    expect(text).toContain("exported it");
    expect(text).toContain("1,200 times that day");
    expect(text.match(/was refused \(erase\)/g)).toHaveLength(1);
    expect(textOf(await desk.type("audit --person ben", DAN))).toContain("1,200 times that day");
  });
});

describe("the audit says what changed", () => {
  test("of the policy, of roles, of what was erased and withdrawn", async () => {
    const desk = await consentDesk({ twoPersons: true });
    await desk.type("policy --notes off --pending-hours 48 --retain P5Y --shared-amounts on", DAN);
    await desk.type("role slack:T1/U2 is approver", DAN);
    await desk.type("role slack:T1/U2 is default", DAN);
    await desk.type(buttonOf(await desk.type(COMPLIED, ANA), "Propose it"), ANA);
    await desk.type("decline a1", ANA);
    await desk.type(`erase ${REF} --path respondent --because mistake --confirmed 1`, DAN);
    const ben = await idOf(desk, BEN);
    await desk.type(`erase person slack:T1/U2 --because request --confirmed ${await desk.desk.store.privacy.version()}`, DAN);
    const text = textOf(await desk.type("audit", DAN));
    for (const part of [
      "Notes: off",
      "Hours that a proposal waits: 48",
      "Closed matters stay: 5 years",
      "Amounts in shared places: on",
      `(${ben}): editor → approver`,
      `(${ben}): approver → the role of everybody`,
      "withdrew a proposal",
      "1 text",
      "by mistake",
      "erased who somebody is",
      `somebody whose name was erased (${ben})`,
      "on request",
    ])
      expect(text).toContain(part);
    const french = textOf(await desk.type("audit", { ...DAN, language: "fr" }));
    for (const part of ["par erreur", "à la demande de la personne", "rédacteur → approbateur"]) expect(french).toContain(part);
    expect(french).not.toMatch(/\b(request|mistake|editor|approver)\b/);
  });
});
