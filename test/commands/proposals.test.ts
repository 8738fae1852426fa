import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { STORE } from "../../adapters/index.ts";
import { openDesk } from "../../src/app/answer.ts";
import { openDoor } from "../../src/app/door.ts";
import type { PersonRef, Place } from "../../src/ports/chat.ts";
import { type SetClock, setClock } from "../../src/time/clock.ts";
import type { Instant } from "../../src/time/instant.ts";
import { ANA, BEN, buttonOf, CLEO, COMPLIED, type ConsentDesk, consentDesk, DAN, KEY } from "./consent-desk.ts";
import { KOUROU, textOf } from "./form-desk.ts";
import { ORDERS, sessionAt } from "./places.ts";

/** A desk that wants two people, on which ana has proposed that Kourou has complied. */
async function proposedBy(ana = ANA): Promise<ConsentDesk> {
  const desk = await consentDesk({ twoPersons: true });
  await desk.type(buttonOf(await desk.type(COMPLIED, ana), "Propose it"), ana);
  return desk;
}

/** A process of its own, on a register in a file. */
async function sessionOn(url: string) {
  const store = await STORE.open({ url });
  onTestFinished(() => store.close());
  const log = { info: () => {}, warn: () => {}, error: (about: object) => expect.unreachable(JSON.stringify(about)) };
  const desk = openDesk(store, { clock: setClock("2024-05-01T09:00:00.000Z" as Instant), log, language: "en", zone: "Europe/Paris" });
  const direct = (person: PersonRef) => `${person}/dm`;
  desk.running.adapters = [{ name: "slack", direct, audience: async () => ({ kind: "internal" }), kindOf: async () => "member" } as never];
  const door = openDoor(desk, null);
  const personOf = (name: string) => `slack:T1/${name}` as PersonRef;
  let count = 0;
  return {
    desk,
    async approver(name: string) {
      const person = await store.people.idOf(personOf(name), name);
      await store.access.grant({ person, role: "approver", by: person, at: desk.clock.now() });
    },
    async type(text: string, name: string) {
      const id = `${name}-${++count}`;
      return textOf(await door.onCommand({ id, text, person: personOf(name), personName: name, place: `${personOf(name)}/dm` as Place }));
    },
  };
}

function passTo(desk: ConsentDesk, moment: string): void {
  (desk.desk.clock as SetClock).set(moment as Instant);
}

describe("where two people are wanted", () => {
  test("what was confirmed waits for the approval of another", async () => {
    const desk = await consentDesk({ twoPersons: true });
    const asked = await desk.type(COMPLIED, ANA);
    expect(textOf(asked)).toContain("Another person has to approve it before it is recorded");
    const answer = await desk.type(buttonOf(asked, "Propose it"), ANA);
    expect(textOf(answer)).toContain("a1 waits until Sat 4 May 2024, 11:00 Paris for the approval of somebody else");
    expect(textOf(answer)).toContain("2 people may approve it");
    expect(await desk.types()).toEqual([]);
  });

  test("an approver sees what it changes before it is recorded, by its proposer", async () => {
    const desk = await proposedBy();
    const asked = await desk.type("approve a1", CLEO);
    expect(textOf(asked)).toContain("73 → 52");
    expect(await desk.types()).toEqual([]);
    expect(textOf(await desk.type(buttonOf(asked, "Approve"), CLEO))).toContain("Recorded · SAN-2023-018");
    expect(await desk.types()).toEqual(["complied"]);
    const history = textOf(await desk.type("history SAN-2023-018", ANA));
    expect(history).toContain("recorded by ana");
    expect(history).toContain("approved by @cleo");
  });

  test("nobody approves their own, an approver neither", async () => {
    const desk = await proposedBy(CLEO);
    expect(textOf(await desk.type("approve a1", CLEO))).toContain("is your own proposal");
    expect(textOf(await desk.type("approve a1 --confirmed 1", CLEO))).toContain("is your own proposal");
    expect(textOf(await desk.type("approve a1", BEN))).toContain("needs the role approver");
    expect(await desk.types()).toEqual([]);
  });

  test("of two who press at once one decides, and the other is told", async () => {
    const desk = await proposedBy();
    const answers = await Promise.all([desk.type("approve a1 --confirmed 1", CLEO), desk.type("approve a1 --confirmed 1", DAN)]);
    const texts = answers.map(textOf);
    expect(texts.filter((text) => text.includes("Recorded · ")).length).toBe(1);
    expect(texts.filter((text) => /was approved already by @(cleo|dan)/.test(text)).length).toBe(1);
    expect(await desk.types()).toEqual(["complied"]);
  });

  test("of two processes on one register one records it", async () => {
    const folder = mkdtempSync(join(tmpdir(), "approve-"));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const sessions = [await sessionOn(`sqlite:${folder}/register.db`), await sessionOn(`sqlite:${folder}/register.db`)] as const;
    const [one, other] = sessions;
    await one.type(KOUROU, "ana");
    for (const person of ["ben", "cleo"]) await one.approver(person);
    await one.desk.store.access.setPolicy({ twoPersons: true }, "p1", one.desk.clock.now());
    await one.type(`${COMPLIED} --confirmed 1`, "ana");
    const texts = await Promise.all([one.type("approve a1 --confirmed 1", "ben"), other.type("approve a1 --confirmed 1", "cleo")]);
    expect(texts.filter((text) => text.includes("Recorded · ")).length).toBe(1);
    expect(texts.filter((text) => text.includes("was approved already")).length).toBe(1);
    for (const { desk } of sessions) expect((await desk.register.matter(KEY))!.events).toHaveLength(1);
  });

  test("of one who approves and one who declines at once one decides", async () => {
    const desk = await proposedBy();
    const answers = await Promise.all([desk.type("approve a1 --confirmed 1", CLEO), desk.type("decline a1 --because no", DAN)]);
    const outcome = (await desk.desk.store.proposals.of("a1"))!.outcome!.kind;
    expect(await desk.types()).toEqual(outcome === "approved" ? ["complied"] : []);
    expect(answers.map(textOf).filter((text) => text.includes("already")).length).toBe(1);
  });

  test("a matter that has changed since is shown anew before it can be approved", async () => {
    const desk = await proposedBy();
    await desk.type("paid SAN-2023-018 --on 2024-04-30 --amount 5000 --for fine", BEN);
    const again = await desk.type("approve a1 --confirmed 1", CLEO);
    expect(textOf(again)).toContain("Has changed meanwhile");
    expect(textOf(again)).toContain("Recorded meanwhile by @ben: Paid EUR 5,000");
    expect(await desk.types()).toEqual(["paid"]);
    await desk.type(buttonOf(again, "Approve"), CLEO);
    expect(await desk.types()).toEqual(["paid", "complied"]);
  });

  test("what somebody records in the very moment of the approval lets it wait anew", async () => {
    const desk = await proposedBy();
    const { proposals } = desk.desk.store;
    let isFirst = true;
    const settle: typeof proposals.settle = async (...settled) => {
      const done = await proposals.settle(...settled);
      if (isFirst) await desk.type("paid SAN-2023-018 --on 2024-04-30 --amount 5000 --for fine", BEN);
      isFirst = false;
      return done;
    };
    Object.assign(desk.desk.store, { proposals: { ...proposals, settle } });
    expect(textOf(await desk.type("approve a1 --confirmed 1", CLEO))).toContain("It waits for an approval anew, as a2");
    expect(await desk.types()).toEqual(["paid"]);
    passTo(desk, "2024-05-01T10:00:00.000Z");
    expect(textOf(await desk.type("approve a1 --confirmed 2", DAN))).toContain("was approved already");
    await desk.type("approve a2 --confirmed 2", DAN);
    expect(await desk.types()).toEqual(["paid", "complied"]);
  });

  test("what makes no sense any more is refused when it is approved", async () => {
    const desk = await proposedBy();
    await desk.desk.store.access.setPolicy({ twoPersons: false }, "p1", desk.desk.clock.now());
    await desk.type(buttonOf(await desk.type(COMPLIED, BEN), "Record it"), BEN);
    expect(textOf(await desk.type("approve a1", CLEO))).toMatch(/Not done/);
    expect(await desk.types()).toEqual(["complied"]);
  });

  test("is declined with a reason, or withdrawn by its proposer without one", async () => {
    const desk = await proposedBy();
    expect((await desk.type("decline a1", CLEO)).form?.verb).toBe("decline");
    expect(textOf(await desk.type("decline a1 --because nothing", BEN))).toContain("needs the role approver");
    expect(textOf(await desk.type('decline a1 --because "not agreed"', CLEO))).toContain("Because: not agreed");
    expect(textOf(await desk.type("approve a1", DAN))).toContain("a1 was declined already by @cleo");
    await desk.type(buttonOf(await desk.type(COMPLIED, ANA), "Propose it"), ANA);
    expect(textOf(await desk.type("decline a2", ANA))).toContain("a2 was withdrawn by @ana");
    expect(textOf(await desk.type("approve a2", CLEO))).toContain("a2 was withdrawn by @ana");
    expect(await desk.types()).toEqual([]);
  });

  test("lapses when its time is over", async () => {
    const desk = await proposedBy();
    passTo(desk, "2024-05-04T08:59:59.000Z");
    expect(textOf(await desk.type("proposals", CLEO))).toContain("One change waits for an approval");
    passTo(desk, "2024-05-04T09:00:00.000Z");
    expect(textOf(await desk.type("proposals", CLEO))).toContain("Nothing waits for an approval");
    expect(textOf(await desk.type("approve a1 --confirmed 1", CLEO))).toContain("a1 has lapsed");
    expect(await desk.types()).toEqual([]);
  });

  test("one whose texts were erased is not recorded without them", async () => {
    const desk = await consentDesk({ twoPersons: true });
    await desk.type(buttonOf(await desk.type(`${COMPLIED} --because "Jean Dupont said so"`, ANA), "Propose it"), ANA);
    const { proposals, ...store } = desk.desk.store;
    const whole = (await proposals.of("a1"))!;
    const erased = { ...proposals, of: async () => ({ ...whole, texts: {} }) };
    Object.assign(desk.desk.store, { ...store, proposals: erased });
    expect(textOf(await desk.type("approve a1 --confirmed 1", CLEO))).toContain("its texts were erased");
    expect(await desk.types()).toEqual([]);
  });

  test("what a process that died in that moment had approved is recorded by whoever approves it again, once", async () => {
    const desk = await proposedBy();
    const by = await desk.desk.store.people.idOf(CLEO.person!, "cleo");
    await desk.desk.store.proposals.settle("a1", { kind: "approved", by, at: desk.desk.clock.now(), eventId: "e1" });
    expect(await desk.types()).toEqual([]);
    expect(textOf(await desk.type("approve a1", DAN))).toContain("a1 was approved already by @cleo");
    passTo(desk, "2024-05-01T09:01:00.000Z");
    expect(textOf(await desk.type("approve a1", DAN))).toContain("Recorded · ");
    expect(textOf(await desk.type("approve a1", DAN))).toContain("a1 was approved already by @cleo");
    expect(await desk.types()).toEqual(["complied"]);
  });

  test("proposals names what waits, with the buttons of each reader", async () => {
    const desk = await proposedBy();
    expect(buttonOf(await desk.type("proposals", CLEO), "Approve")).toMatch(/^approve a1\.[0-9a-f]{8} --confirmed 1$/);
    expect(buttonOf(await desk.type("proposals", ANA), "Withdraw it")).toMatch(/^decline a1\.[0-9a-f]{8}$/);
    const read = await desk.type("proposals", BEN);
    expect(textOf(read)).toContain("a1 · SAN-2023-018");
    expect(() => buttonOf(read, "Approve")).toThrow();
  });

  test("what waits for a person's approval stands first in their home, and in nobody else's", async () => {
    const desk = await proposedBy();
    const home = async (who: typeof ANA) => textOf(await desk.door.home(desk.asking(who)));
    expect(await home(CLEO)).toMatch(/^One change waits for your approval/);
    for (const who of [ANA, BEN]) expect(await home(who)).not.toContain("waits for your approval");
  });

  test("of a matter that is hidden from the reader no proposal is known, in the words for none at all", async () => {
    const desk = await proposedBy();
    await desk.desk.store.access.setPolicy({ twoPersons: false }, "p1", desk.desk.clock.now());
    await desk.type("visibility SAN-2023-018 --on 2024-04-30 --to restricted --confirmed 1", ANA);
    const hidden = textOf(await desk.type("approve a1", CLEO));
    expect(hidden).toBe(textOf(await desk.type("approve a9", CLEO)).replace("a9", "a1"));
    expect(textOf(await desk.type("proposals", CLEO))).toContain("Nothing waits for an approval");
  });
});

describe("the command line, where two people are wanted", () => {
  test("proposes too, and ends well", async () => {
    const session = await sessionAt("2026-03-20T11:00:00.000Z");
    await session.store.access.setPolicy({ twoPersons: true }, "p1", session.clock.now());
    const { status, json } = await session.type("complied SAN-2024-001 --on 2024-03-15");
    expect([status, json]).toMatchObject([
      0,
      { proposed: { id: "a1", ref: "SAN-2024-001", version: 1, event: { type: "complied", on: "2024-03-15" } } },
    ]);
    expect(await session.ask<{ state: string }>("show SAN-2024-001")).toMatchObject({ state: "accruing" });
    expect((await session.type("approve a1")).json).toMatchObject({ error: { code: "proposal-own" } });
  });

  test("imports as before: a file is its user's own record", async () => {
    const session = await sessionAt("2026-03-20T11:00:00.000Z");
    await session.store.access.setPolicy({ twoPersons: true }, "p1", session.clock.now());
    const { status } = await session.bring({ ...ORDERS[0], events: [{ on: "2024-03-15", type: "complied" }] });
    expect(status).toBe(0);
    expect(await session.ask<{ state: string }>("show SAN-2024-001")).toMatchObject({ state: "claimed" });
    expect(await session.store.proposals.open()).toEqual([]);
  });
});
