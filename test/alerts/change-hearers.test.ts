import { describe, expect, test } from "vitest";
import { plainText } from "../../adapters/chat/shared/plain.ts";
import type { TickHost } from "../../src/alerts/tick.ts";
import type { MatterEvent } from "../../src/matter/events.ts";
import type { PersonRef, Place } from "../../src/ports/chat.ts";
import { deskOfTest, later, moment } from "./desk-of-test.ts";

const START = moment("2024-03-20T11:00");
const OPERATIONS = "memory:operations" as Place;
const COMPLIED = { type: "complied", on: "2024-03-15", item: "a" };
const HIDE = { type: "visibility", on: "2024-03-20", to: "restricted" };
const NAMES = /SAN-2024|Exemple|complied|evidence|EUR/;

function toOwn(name: string, as?: "owner") {
  return { type: "assigned", on: "2024-03-20", to: name, ...(as === undefined ? {} : { as }) };
}

/** Ann registered the matter; Cy records what he should not. There is an operations place. */
async function desk() {
  const made = await deskOfTest();
  const { store, host, register, clock } = made;
  const { people, name, proposals, trail, access, announcesSince } = store;
  const idOf = (name: string) => people.idOf(`memory:${name.toLowerCase()}` as PersonRef, name);
  const [ann, bob, cy] = [await idOf("Ann"), await idOf("Bob"), await idOf("Cy")];
  const consent: NonNullable<TickHost["consent"]> = { name, proposals, trail, access, announcesSince };
  let count = 0;
  const key = await made.hold();
  made.operations.place = OPERATIONS;
  clock.set(START);
  const changes = () => made.posts.filter((post) => /"(change|dismissed)"/.test(post.key));
  const letIn = (person: string, admitted: boolean, by: string) =>
    access.admit([{ stream: key, person, admitted, by, at: clock.now() }]).then(() => store.index.wake([key]));
  return {
    ...{ ...made, ann, bob, cy, key, idOf, letIn },
    async recordAs(by: string, ...events: readonly object[]) {
      for (const event of events) {
        const stamp = { recordedAt: clock.now(), by, commandId: `k${++count}`, via: "command" as const };
        const recorded = await register.record(() => [{ key, facts: null, events: [event as MatterEvent] }], stamp);
        if ("refused" in recorded) throw new Error(recorded.refused);
      }
    },
    tick: (minutes: number) => made.tickAt(later(START, minutes), { ...host, consent }),
    /** What was told of changes, where and in what words, the first line alone. */
    told: () =>
      changes()
        .map(({ to, card }) => `${to.replace("memory:direct/memory:", "")}: ${plainText(card).split("\n")[0]}`)
        .sort(),
    changes,
    texts: (to: string) =>
      changes()
        .filter((post) => post.to.endsWith(to))
        .map(({ card }) => plainText(card)),
  };
}

describe("what is recorded on a matter that somebody has taken over first", () => {
  test("is told to whose it was, and so is the taking", async () => {
    const made = await desk();
    await made.recordAs(made.ann, toOwn("memory:bob", "owner"));
    await made.recordAs(made.cy, toOwn("memory:cy", "owner"), COMPLIED);
    await made.tick(1);
    expect(made.told()).toEqual(["bob: @Cy has recorded · SAN-2024-001", "bob: @Cy has recorded · SAN-2024-001"]);
    const [taking, complied] = made.texts("bob");
    expect(taking).toContain("because this matter was yours until then");
    expect(taking).toContain("--event e2 --void");
    expect(complied).toContain("penalty running → evidence sent, awaiting the authority");
  });

  test("is told to whoever works on it, where nobody answers for it", async () => {
    const made = await desk();
    await made.recordAs(made.ann, toOwn("Bob"));
    await made.recordAs(made.cy, toOwn("memory:cy"), COMPLIED);
    await made.tick(1);
    expect(made.told()).toEqual(["bob: @Cy has recorded · SAN-2024-001", "bob: @Cy has recorded · SAN-2024-001"]);
  });

  test("is taken by nobody where the same person is named otherwise", async () => {
    const made = await desk();
    await made.recordAs(made.ann, toOwn("Bob", "owner"));
    await made.recordAs(made.cy, toOwn("memory:bob", "owner"));
    await made.tick(1);
    expect(made.told()).toEqual([]);
  });

  test("is no news to whoever has handed it over", async () => {
    const made = await desk();
    await made.recordAs(made.ann, toOwn("memory:bob", "owner"));
    await made.recordAs(made.bob, toOwn("memory:cy", "owner"));
    await made.recordAs(made.cy, COMPLIED);
    await made.tick(1);
    expect(made.told()).toEqual([]);
  });

  test("falls back to who works on it, then to who registered it, where the owner cannot be told from others, or reached", async () => {
    const made = await desk();
    await made.recordAs(made.ann, toOwn("Bob", "owner"));
    await made.store.people.idOf("memory:mallory" as PersonRef, "bob");
    await made.recordAs(made.cy, COMPLIED);
    await made.tick(1);
    expect(made.told()).toEqual(["ann: @Cy has recorded · SAN-2024-001"]);
    const other = await desk();
    await other.recordAs(other.ann, toOwn("elsewhere:nobody", "owner"), toOwn("Bob"));
    await other.recordAs(other.cy, COMPLIED);
    await other.tick(1);
    expect(other.told()).toEqual(["bob: @Cy has recorded · SAN-2024-001"]);
  });

  test("falls back to the operations place where nobody is left, and where the last one left did it", async () => {
    const made = await desk();
    await made.recordAs(made.ann, toOwn("elsewhere:nobody", "owner"));
    await made.recordAs(made.ann, COMPLIED);
    await made.tick(1);
    expect(made.told()).toEqual(["memory:operations: @Ann has recorded · SAN-2024-001"]);
    expect(made.texts("operations")[0]).toContain("nobody whose matter it is could be told");
  });
});

describe("a matter that is made restricted", () => {
  test("is told to whose it was, who is not let in, and to the operations place, in words that name nothing", async () => {
    const made = await desk();
    await made.recordAs(made.ann, toOwn("Bob", "owner"));
    await made.recordAs(made.cy, HIDE);
    await made.letIn(made.cy, true, made.cy);
    await made.tick(1);
    expect(made.told()).toEqual([
      "ann: @Cy has made a matter restricted",
      "bob: @Cy has made a matter restricted",
      "memory:operations: A matter has become restricted",
    ]);
    for (const text of made.texts("")) expect(text).not.toMatch(NAMES);
    await made.tick(2);
    expect(made.changes()).toHaveLength(3);
  });

  test("is told whole, with before and after, to an owner who is let in a moment after", async () => {
    const made = await desk();
    await made.recordAs(made.ann, toOwn("Bob", "owner"));
    await made.recordAs(made.cy, HIDE);
    await made.tick(0);
    expect(made.told()).toEqual([]);
    for (const person of [made.ann, made.bob]) await made.letIn(person, true, made.cy);
    await made.runUntil(later(START, 1), 1 / 6, { consent: { ...made.store, announcesSince: made.store.announcesSince } });
    expect(made.told()).toContain("bob: @Cy has recorded · SAN-2024-001");
    expect(made.texts("bob")[0]).toContain("the desk → people let in by name");
    expect(made.texts("bob")).toHaveLength(1);
  });

  test("is quiet at the operations place where whoever runs the desk has done it", async () => {
    const made = await desk();
    const local = await made.store.people.idOf("console:local" as PersonRef, "local");
    await made.recordAs(local, HIDE);
    await made.letIn(made.ann, true, local);
    await made.tick(1);
    expect(made.told()).toEqual(["ann: @local has recorded · SAN-2024-001"]);
  });

  test("is not complied with in silence: where its owner is not let in, who registered it hears, else the operations place, namelessly", async () => {
    const made = await desk();
    await made.recordAs(made.ann, toOwn("Bob", "owner"));
    await made.recordAs(made.cy, HIDE);
    for (const person of [made.cy, made.ann]) await made.letIn(person, true, made.cy);
    await made.tick(1);
    const before = made.changes().length;
    made.clock.set(later(START, 2));
    await made.recordAs(made.cy, COMPLIED);
    await made.tick(3);
    expect(made.told().length - before).toBe(1);
    expect(made.texts("ann").at(-1)).toContain("evidence sent");
    await made.letIn(made.ann, false, made.bob);
    made.clock.set(later(START, 4));
    await made.recordAs(made.cy, { type: "closed", on: "2024-03-20" });
    await made.tick(5);
    expect(made.texts("operations").at(-1)).toContain("Something was recorded on a restricted matter");
    expect(made.texts("operations").join()).not.toMatch(NAMES);
    expect(made.texts("ann").at(-1)).toContain("@Bob has sent you away from a restricted matter");
    expect(made.texts("ann").at(-1)).not.toMatch(NAMES);
    const all = made.changes().length;
    await made.store.index.wake("all");
    await made.tick(6);
    expect(made.changes()).toHaveLength(all);
  });
});
