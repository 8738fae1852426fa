import { describe, expect, test } from "vitest";
import type { Place } from "../../src/ports/chat.ts";
import type { Trail } from "../../src/ports/trail.ts";
import { ANA, BEN, buttonOf, CLEO, COMPLIED, type ConsentDesk, consentDesk, DAN, KEY } from "./consent-desk.ts";
import { CHANNEL, textOf } from "./form-desk.ts";
import { sessionAt } from "./places.ts";

const REF = "SAN-2023-018";

async function restricted(): Promise<ConsentDesk> {
  const desk = await consentDesk();
  await desk.type(`visibility ${REF} --on 2024-04-30 --to restricted --confirmed 1`, ANA);
  return desk;
}

async function actions(desk: ConsentDesk): Promise<readonly string[]> {
  return (await desk.traces()).map(({ action, verb }) => `${action} ${verb}`);
}

describe("the trail", () => {
  test.each(["show", "why", "history", "chart"])("notes who looked at a restricted matter: %s", async (verb) => {
    const desk = await restricted();
    const before = (await desk.traces()).length;
    await desk.type(`${verb} ${REF}`, ANA);
    const [view] = (await desk.traces()).slice(before);
    expect(view).toMatchObject({ action: "viewed", verb, stream: KEY, from: "slack", at: desk.desk.clock.now() });
    expect(await desk.desk.store.people.nameOf(view!.by)).toBe("ana");
  });

  test.each(["list", "digest", "mine"])("notes a restricted matter among others: %s", async (verb) => {
    const desk = await restricted();
    const shown = textOf(await desk.type(verb, ANA)).includes(REF);
    expect((await actions(desk)).includes(`viewed ${verb}`)).toBe(shown);
    expect(shown || verb === "mine").toBe(true);
  });

  test("notes what a home shows", async () => {
    const desk = await restricted();
    await desk.door.home(desk.asking(ANA));
    expect(await actions(desk)).toContain("viewed home");
  });

  test("notes no look at a matter of the whole desk", async () => {
    const desk = await consentDesk();
    for (const line of [`show ${REF}`, "list", "digest"]) await desk.type(line, ANA);
    expect((await desk.traces()).filter(({ action }) => action === "viewed")).toEqual([]);
  });

  test("a look that cannot be noted is not given", async () => {
    const desk = await restricted();
    const broken: Trail = { ...desk.desk.store.trail, note: async () => Promise.reject(new Error("the disk is full")) };
    Object.assign(desk.desk.store, { trail: broken });
    const answer = textOf(await desk.type(`show ${REF}`, ANA));
    expect(answer).not.toContain("Kourou");
    expect(answer).toContain("Not done");
    expect(textOf({ cards: (await desk.door.home(desk.asking(ANA))).cards })).not.toContain("Kourou");
  });

  test("notes what was recorded, acknowledged, put off and proposed, with the event and from where", async () => {
    const desk = await consentDesk({ twoPersons: true });
    await desk.type(`paid ${REF} --on 2024-04-30 --amount 10 --for fine`, { ...BEN, place: CHANNEL });
    await desk.type(`ack ${REF}`, { ...BEN, place: CHANNEL });
    await desk.type(`snooze ${REF} until 2024-05-09 --past-expiry`, BEN);
    await desk.type(buttonOf(await desk.type(COMPLIED, ANA), "Propose it"), ANA);
    await desk.type("approve a1 --confirmed 2", CLEO);
    const traces = (await desk.traces()).map(({ action, verb, from, detail }) => ({ action, verb, from, detail }));
    expect(traces).toEqual([
      { action: "recorded", verb: "register", from: "slack", detail: { facts: true, events: [] } },
      { action: "recorded", verb: "paid", from: CHANNEL, detail: { events: ["e1"] } },
      expect.objectContaining({ action: "acknowledged", verb: "ack", from: CHANNEL }),
      { action: "snoozed", verb: "snooze", from: "slack", detail: { until: "2024-05-09" } },
      { action: "proposed", verb: "complied", from: "slack", detail: { proposal: "a1" } },
      { action: "approved", verb: "approve", from: "slack", detail: { proposal: "a1", event: "e2" } },
      { action: "recorded", verb: "approve", from: "slack", detail: { events: ["e2"], proposal: "a1" } },
    ]);
  });

  test("notes of what one person records twice in one moment each event once", async () => {
    const desk = await consentDesk();
    await desk.type(`paid ${REF} --on 2024-04-30 --amount 10 --for fine`, { ...BEN, place: CHANNEL });
    await desk.type(`paid ${REF} --on 2024-04-30 --amount 20 --for fine`, BEN);
    const traces = (await desk.traces()).filter(({ verb }) => verb === "paid").map(({ from, detail }) => ({ from, detail }));
    expect(traces).toEqual([
      { from: CHANNEL, detail: { events: ["e1"] } },
      { from: "slack", detail: { events: ["e2"] } },
    ]);
  });

  test("notes of what is recorded by several people at once each one's own", async () => {
    const desk = await consentDesk();
    const amounts = [10, 20, 30];
    await Promise.all(
      amounts.map((amount) => desk.type(`paid ${REF} --on 2024-04-30 --amount ${amount} --for fine`, amount > 10 ? BEN : ANA)),
    );
    const noted = (await desk.traces()).filter(({ verb }) => verb === "paid").flatMap(({ by, detail }) => [[by, detail.events]]);
    const events = (await desk.desk.register.matter(KEY))!.events.map(({ id, by }) => [by, [id]]);
    expect(noted).toHaveLength(3);
    expect(noted).toEqual(expect.arrayContaining(events));
  });

  test("notes what was set up and what was refused for lack of a role, naming no matter", async () => {
    const desk = await consentDesk();
    await desk.type("watch", { ...ANA, place: "slack:T1/C7" as Place });
    await desk.grant(BEN, "reader");
    await desk.type(COMPLIED, BEN);
    const latest = await desk.desk.store.trail.latest(10);
    expect(latest).toContainEqual(expect.objectContaining({ action: "set-up", verb: "watch", stream: null, from: "slack:T1/C7" }));
    expect(latest).toContainEqual(expect.objectContaining({ action: "refused", verb: "complied", stream: null }));
  });

  test("holds no name and no text", async () => {
    const desk = await restricted();
    await desk.type(buttonOf(await desk.type(`${COMPLIED} --because "Jean Dupont"`, ANA), "Record it"), ANA);
    await desk.type(`show ${REF}`, ANA);
    const written = JSON.stringify([await desk.traces(), await desk.desk.store.trail.latest(100)]);
    expect(written).not.toMatch(/Dupont|Kourou|\bana\b|\/U1/);
  });

  test("notes exports at the command line, of restricted matters by name", async () => {
    const session = await sessionAt("2024-03-20T11:00:00.000Z");
    await session.ask("visibility SAN-2024-001 --on 2024-03-20 --to restricted");
    await session.type("export --format csv");
    const exported = (await session.store.trail.latest(50)).filter(({ action }) => action === "exported");
    expect(exported.map(({ stream, from }) => ({ stream, from }))).toEqual([
      { stream: "CNIL:SAN-2024-001", from: "console" },
      { stream: null, from: "console" },
    ]);
  });
});

describe("audit", () => {
  test("tells in order who registered, changed, proposed, approved and looked, when and from where", async () => {
    const desk = await consentDesk();
    await desk.type(`visibility ${REF} --on 2024-04-30 --to restricted --confirmed 1`, CLEO);
    await desk.type(`ack ${REF}`, CLEO);
    await desk.type(`show ${REF}`, CLEO);
    const text = textOf(await desk.type(`audit ${REF}`, CLEO));
    const order = ["registered the matter", "Restricted to the people", "acknowledged", "looked at it (show)"];
    expect(order.map((part) => text.indexOf(part)).every((at, index, all) => at > (all[index - 1] ?? 0))).toBe(true);
    expect(text).toContain("@cleo");
    expect(text).toContain("from slack");
  });

  test("names each thing once, with who approved it", async () => {
    const desk = await consentDesk({ twoPersons: true });
    await desk.type(buttonOf(await desk.type(COMPLIED, ANA), "Propose it"), ANA);
    await desk.type("approve a1 --confirmed 1", CLEO);
    const text = textOf(await desk.type(`audit ${REF}`, DAN));
    expect(text.match(/Compliance claimed/g)).toHaveLength(1);
    expect(text).toContain("approved by @cleo");
  });

  test("takes an approver for a matter and an administrator for the desk", async () => {
    const desk = await consentDesk();
    expect(textOf(await desk.type(`audit ${REF}`, ANA))).toContain("needs the role approver");
    expect(textOf(await desk.type("audit", CLEO))).toContain("needs the role admin");
    expect(textOf(await desk.type("audit", DAN))).toContain("Audit of the desk");
    expect(textOf(await desk.type(`audit ${REF} --person ben`, CLEO))).toContain("Nothing is noted");
    expect(textOf(await desk.type("audit --person zoe", DAN))).toContain("zoe");
  });

  test("of a hidden matter is not found, and the desk's leaves it out, an administrator's too", async () => {
    const desk = await restricted();
    await desk.type(`show ${REF}`, ANA);
    const hidden = textOf(await desk.type(`audit ${REF}`, DAN));
    expect(hidden).toBe(textOf(await desk.type("audit SAN-2099-999", DAN)).replaceAll("SAN-2099-999", REF));
    expect(textOf(await desk.type("audit", DAN))).not.toContain(REF);
  });

  test("is told to scripts whole", async () => {
    const session = await sessionAt("2026-03-20T11:00:00.000Z");
    await session.ask("complied SAN-2024-001 --on 2024-03-15");
    const { entries } = await session.ask<{ entries: readonly object[] }>("audit SAN-2024-001");
    expect(entries).toMatchObject([
      { action: "registered", by: "me", from: "console" },
      { action: "recorded", by: "me", from: "console", verb: "complied", event: { id: "e1", type: "complied" } },
    ]);
  });
});
