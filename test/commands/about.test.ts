import { describe, expect, test } from "vitest";
import type { Place } from "../../src/ports/chat.ts";
import { ANA, BEN, buttonOf, CLEO, COMPLIED, type ConsentDesk, consentDesk, DAN, KEY } from "./consent-desk.ts";
import { textOf } from "./form-desk.ts";

/** Ben has done a little of everything, and was given this and that. */
async function busyBen(): Promise<ConsentDesk> {
  const desk = await consentDesk({ twoPersons: true });
  await desk.type(`paid SAN-2023-018 --on 2024-02-11 --amount 500 --for fine --because "ben says so"`, BEN);
  await desk.type("assign SAN-2023-018 to me", BEN);
  await desk.type("snooze SAN-2023-018 until 2024-06-01 --past-expiry", BEN);
  await desk.type(buttonOf(await desk.type(`${COMPLIED} --because "ben saw it"`, BEN), "Propose it"), BEN);
  await desk.type("watch authority:CNIL", { ...BEN, place: "slack:T1/C7" as Place });
  await desk.type("role slack:T1/U2 is reader", DAN);
  return desk;
}

describe("about", () => {
  test("tells an administrator everything that the register holds about a person", async () => {
    const desk = await busyBen();
    const told = textOf(await desk.type("about slack:T1/U2", DAN));
    for (const line of [
      /About @ben \(p\d\)/,
      "On the platform: slack:T1/U2",
      "Role now: reader",
      "2 roles given or taken back",
      "2 entries that they recorded",
      "1 assignment to them",
      "1 snooze",
      "1 proposal made or decided by them",
      "authority:CNIL",
      "Their name stands in texts of",
      "Audit of the desk",
      "changed a role",
    ])
      expect(told).toMatch(line);
    const ids = (await desk.desk.store.people.named("ben")).join();
    const nextId = textOf(await desk.type(`about ${ids}`, DAN));
    expect(nextId).toContain("2 entries that they recorded");
    expect((await desk.desk.store.trail.latest(1))[0]).toMatchObject({ action: "viewed", verb: "about", detail: { person: ids } });
  });

  test("of somebody who was erased tells what is left, without a name", async () => {
    const desk = await busyBen();
    const [id] = await desk.desk.store.people.named("ben");
    await desk.type(buttonOf(await desk.type("erase person @ben --because request", DAN), "Erase"), DAN);
    const told = textOf(await desk.type(`about ${id}`, DAN));
    expect(told).toContain(`About somebody whose name was erased (${id})`);
    expect(told).toContain("1 snooze");
    expect(told).not.toMatch(/U2|@ben/);
  });

  test("meets nobody, and is refused to whoever administers nothing", async () => {
    const desk = await busyBen();
    expect(textOf(await desk.type("about slack:T1/U77", DAN))).toContain("slack:T1/U77");
    expect(await desk.desk.store.people.known("slack:T1/U77")).toBeNull();
    expect(textOf(await desk.type("about @ben", CLEO))).toContain("about needs the role");
  });

  test("leaves out what the asker does not see, and a look at a restricted matter leaves its trace", async () => {
    const desk = await busyBen();
    const { store, clock } = desk.desk;
    await desk.type("visibility SAN-2023-018 --to restricted --confirmed 3", ANA);
    const version = await desk.version();
    if ((await desk.desk.register.matter(KEY))!.events.at(-1)!.event.type !== "visibility") {
      const event = { type: "visibility", on: "2024-05-01", to: "restricted" } as never;
      const stamp = { recordedAt: clock.now(), by: "p1", commandId: "made restricted", via: "command" } as const;
      await desk.desk.register.record(() => [{ key: KEY, facts: null, events: [event] }], stamp);
      expect(await desk.version()).toBe(version + 1);
    }
    const [ben] = await store.people.named("ben");
    expect(textOf(await desk.type("about @ben", DAN))).not.toContain("SAN-2023-018");
    const dan = await store.people.idOf(DAN.person!, DAN.personName!);
    await store.access.admit([{ stream: KEY, person: dan, admitted: true, by: dan, at: clock.now() }]);
    expect(textOf(await desk.type("about @ben", DAN))).toContain("SAN-2023-018");
    const views = (await store.trail.of(KEY)).filter(({ action, by }) => action === "viewed" && by === dan);
    expect([views.length > 0, ben === undefined]).toEqual([true, false]);
  });
});

describe("audit --person", () => {
  test("tells what was done to somebody too: the roles that they were given", async () => {
    const desk = await busyBen();
    expect(textOf(await desk.type("audit --person slack:T1/U2", DAN))).toContain("changed a role");
    await desk.desk.store.people.idOf("slack:T1/U9", "zoe");
    await desk.type("role slack:T1/U9 is editor", DAN);
    expect(textOf(await desk.type("audit --person slack:T1/U9", DAN))).toContain("changed a role");
  });
});
