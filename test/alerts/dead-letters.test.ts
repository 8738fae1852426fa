import { describe, expect, test } from "vitest";
import type { PersonRef, Place, PostResult } from "../../src/ports/chat.ts";
import { type Answers, deskOfTest, digests, later, moment } from "./desk-of-test.ts";

const NO_DIGEST = { digest: "off" as const };
/** Two weeks before the end, ten in the morning in Paris. */
const START = moment("2024-02-20T09:00");
const [ONE, TWO, OPERATIONS] = ["memory:one", "memory:two", "memory:operations"] as [Place, Place, Place];
const [OWNER, ASSIGNEE] = ["memory:direct/memory:owner", "memory:direct/memory:assignee"] as [Place, Place];
const OK: PostResult = { ok: true, posted: "memory:x" as never };
const NEVER: PostResult = { ok: false, retry: "never", reason: "channel_not_found" };
const SINCE = { since: moment("2024-01-02T12:00") };

type Desk = Awaited<ReturnType<typeof deskOfTest>>;

/** Places that answer as they are told to; all others take what comes. */
function answering(answers: Readonly<Record<string, PostResult | (() => PostResult)>>): Answers {
  return ({ to }) => {
    const answer = answers[to] ?? OK;
    return typeof answer === "function" ? answer() : answer;
  };
}

async function deskWith(answers: Parameters<typeof answering>[0], over: { pace?: number } = {}) {
  const desk = await deskOfTest(answering(answers), over);
  await desk.hold();
  await desk.watch(ONE, NO_DIGEST);
  return desk;
}

function announcements({ posts }: Desk) {
  return posts.filter(({ text }) => text.includes("could not be delivered to"));
}

async function unannounced({ store, clock }: Desk) {
  return (await store.deliveries.unannounced(later(clock.now(), -60))).filter(({ basis }) => basis.kind !== "dead-letter");
}

async function minutes(desk: Desk, from: number, to: number) {
  for (let minute = from; minute <= to; minute++) await desk.tickAt(later(START, minute));
}

describe("what can never be delivered", () => {
  test("is announced once to the operations place, with the place, the matter and the reason", async () => {
    const desk = await deskWith({ [ONE]: NEVER });
    desk.operations.place = OPERATIONS;
    await minutes(desk, 0, 10);
    const told = announcements(desk);
    expect(told.map(({ to }) => to)).toEqual([OPERATIONS]);
    for (const words of ["memory:one", "SAN-2024-001", "channel_not_found", "not tried any more"]) expect(told[0]!.text).toContain(words);
    expect(await unannounced(desk)).toEqual([]);
  });

  test("is announced to whoever set the place up where there is no other place and nobody has the matter", async () => {
    const desk = await deskWith({ [ONE]: NEVER });
    const by = await desk.store.people.idOf("memory:setter" as PersonRef, "setter");
    await desk.watch(ONE, { ...NO_DIGEST, by });
    await minutes(desk, 0, 10);
    expect(announcements(desk).map(({ to }) => to)).toEqual(["memory:direct/memory:setter"]);
    expect(await unannounced(desk)).toEqual([]);
  });

  test("is announced to a person in their own language where that is known, whatever the house speaks", async () => {
    const desk = await deskOfTest(answering({ [ONE]: NEVER }));
    await desk.hold();
    await desk.watch(ONE, NO_DIGEST);
    for (const name of ["owner", "assignee"]) await desk.store.people.idOf(`memory:${name}` as PersonRef, name);
    await desk.record("CNIL:SAN-2024-001", { on: "2024-01-05", type: "assigned", to: "owner", as: "owner" });
    await desk.record("CNIL:SAN-2024-001", { on: "2024-01-05", type: "assigned", to: "assignee" });
    const languageOf = async (place: Place) => (place === OWNER ? ("fr" as const) : null);
    for (const minute of [0, 1, 2]) await desk.tickAt(later(START, minute), { languageOf });
    const told = (place: Place) => desk.posts.filter(({ to }) => to === place).map(({ card }) => card.title);
    expect(told(OWNER).join()).toMatch(/message.* n’a pas/);
    expect(told(ASSIGNEE).join()).toMatch(/not delivered/);
  });

  test("is announced to the matter's owner and to whom it is assigned too, where their names are one known person's", async () => {
    const desk = await deskWith({ [ONE]: NEVER });
    desk.operations.place = OPERATIONS;
    for (const name of ["owner", "assignee"]) await desk.store.people.idOf(`memory:${name}` as PersonRef, name);
    await desk.store.people.idOf("memory:twin1" as PersonRef, "twin");
    await desk.store.people.idOf("memory:twin2" as PersonRef, "twin");
    desk.clock.set(moment("2024-02-19T09:00"));
    await desk.record("CNIL:SAN-2024-001", { on: "2024-02-19", type: "assigned", to: "@owner", as: "owner" });
    await desk.record("CNIL:SAN-2024-001", { on: "2024-02-19", type: "assigned", to: "assignee" });
    await minutes(desk, 0, 5);
    expect(announcements(desk).map(({ to }) => to)).toEqual([OPERATIONS, OWNER, ASSIGNEE]);
    await desk.record("CNIL:SAN-2024-001", { on: "2024-02-20", type: "assigned", to: "twin", as: "owner" });
    await desk.tickAt(moment("2024-02-27T09:00"));
    await desk.tickAt(moment("2024-02-27T09:01"));
    expect(
      new Set(
        announcements(desk)
          .slice(3)
          .map(({ to }) => to),
      ),
    ).toEqual(new Set([OPERATIONS, ASSIGNEE]));
  });

  test.each([
    ["by reference", "memory:owner", "memory:assignee"],
    ["one by reference", "memory:owner", "assignee"],
  ])("is announced to the matter's owner and to whom it is assigned, who are kept %s", async (_, owner, assignee) => {
    const desk = await deskWith({ [ONE]: NEVER });
    desk.operations.place = OPERATIONS;
    await desk.store.people.idOf("memory:assignee" as PersonRef, "assignee");
    await desk.record("CNIL:SAN-2024-001", { on: "2024-01-05", type: "assigned", to: owner, as: "owner" });
    await desk.record("CNIL:SAN-2024-001", { on: "2024-01-05", type: "assigned", to: assignee });
    await minutes(desk, 0, 5);
    expect(new Set(announcements(desk).map(({ to }) => to))).toEqual(new Set([OPERATIONS, OWNER, ASSIGNEE]));
    expect(await unannounced(desk)).toEqual([]);
  });

  test("reaches the owner, once, even when the owner's place cannot take it at that moment", async () => {
    let refusals = 3;
    const busy = (): PostResult => (refusals-- > 0 ? { ok: false, retry: "later", reason: "429", afterSeconds: 60 } : OK);
    const desk = await deskWith({ [ONE]: NEVER, [OWNER]: busy });
    desk.operations.place = OPERATIONS;
    await desk.store.people.idOf("memory:owner" as PersonRef, "owner");
    await desk.record("CNIL:SAN-2024-001", { on: "2024-01-05", type: "assigned", to: "owner", as: "owner" });
    await minutes(desk, 0, 3);
    await desk.hold({ ref: "SAN-2024-002" });
    await minutes(desk, 4, 15);
    const told = (place: Place) => announcements(desk).filter(({ to }) => to === place);
    expect(told(OPERATIONS).map(({ text }) => [text.includes("SAN-2024-001"), text.includes("SAN-2024-002")])).toEqual([
      [true, false],
      [false, true],
    ]);
    expect(told(OWNER).filter(({ text }) => text.includes("SAN-2024-001"))).toHaveLength(4);
    expect(await unannounced(desk)).toEqual([]);
  });

  test("is announced to another place where there is neither an operations place nor a known person", async () => {
    const desk = await deskWith({ [ONE]: NEVER });
    await desk.watch(TWO, { ...NO_DIGEST, ...SINCE });
    await minutes(desk, 0, 5);
    expect(announcements(desk).map(({ to }) => to)).toEqual([TWO]);
  });

  test.each([
    ["is the operations place itself", { [OPERATIONS]: NEVER }, OPERATIONS],
    ["is another, and the operations place refuses too", { [ONE]: NEVER, [OPERATIONS]: NEVER }, ONE],
  ])("is announced to another place where the place that fails %s", async (_, answers, fails) => {
    const desk = await deskOfTest(answering(answers));
    desk.operations.place = OPERATIONS;
    await desk.hold();
    await desk.watch(fails, NO_DIGEST);
    await desk.watch(TWO, { ...NO_DIGEST, ...SINCE });
    await minutes(desk, 0, 10);
    expect(announcements(desk).filter(({ to }) => to === TWO)).toHaveLength(1);
    expect(announcements(desk).filter(({ to }) => to === OPERATIONS).length).toBeLessThanOrEqual(1);
    expect(await unannounced(desk)).toEqual([]);
  });

  test("and of which nobody at all can be told is tried once in each place, is never announced, and is counted by the next digest", async () => {
    const desk = await deskWith({ [ONE]: NEVER, [OPERATIONS]: NEVER });
    desk.operations.place = OPERATIONS;
    await minutes(desk, 0, 30);
    expect(announcements(desk).map(({ to }) => to)).toEqual([OPERATIONS]);
    expect(await unannounced(desk)).toHaveLength(1);
    await desk.watch(TWO, { ...SINCE, at: "11:00" });
    const [digest] = digests(await desk.tickAt(later(START, 65)));
    expect(digest!.undelivered.map(({ kind, place }) => [kind, place])).toEqual(
      expect.arrayContaining([
        ["reminder", ONE],
        ["dead-letter", OPERATIONS],
      ]),
    );
    expect(announcements(desk).filter(({ to }) => to === OPERATIONS)).toHaveLength(1);
  });

  test("40 times in one place is announced in messages of at most 16 letters, each letter in one", async () => {
    const desk = await deskOfTest(answering({ [ONE]: NEVER }));
    desk.operations.place = OPERATIONS;
    for (let number = 10; number < 50; number++) await desk.hold({ ref: `SAN-2024-0${number}` });
    await desk.watch(ONE, NO_DIGEST);
    await minutes(desk, 0, 5);
    const refs = announcements(desk).map(({ text }) => new Set(text.match(/SAN-2024-\d{3}/g)));
    expect(refs.map(({ size }) => size)).toEqual([16, 16, 8]);
    expect(new Set(refs.flatMap((some) => [...some])).size).toBe(40);
  });
});

describe("what is late", () => {
  test("for an hour is announced as still being tried; when it is given up after that, that is announced as well", async () => {
    let answer: PostResult = { ok: false, retry: "later", reason: "503" };
    const desk = await deskWith({ [ONE]: () => answer });
    desk.operations.place = OPERATIONS;
    await minutes(desk, 0, 59);
    expect(announcements(desk)).toEqual([]);
    await minutes(desk, 60, 70);
    expect(announcements(desk)).toHaveLength(1);
    answer = NEVER;
    await minutes(desk, 71, 200);
    expect(announcements(desk).map(({ text }) => text.includes("still being tried"))).toEqual([true, false]);
    expect(announcements(desk)[1]!.text).toContain("not tried any more");
  });

  test("and sent again on request and refused again is announced again", async () => {
    const desk = await deskWith({ [ONE]: NEVER });
    desk.operations.place = OPERATIONS;
    await minutes(desk, 0, 5);
    expect(await desk.store.deliveries.revive(ONE, desk.clock.now())).toBe(1);
    await desk.store.index.wake("all");
    await minutes(desk, 6, 10);
    expect(announcements(desk)).toHaveLength(2);
  });
});

test("a digest that was given up and is sent again on request is said, in the same process", async () => {
  let broken = true;
  const desk = await deskOfTest(answering({ [ONE]: () => (broken ? NEVER : OK) }));
  await desk.watch(ONE);
  await minutes(desk, 0, 2);
  broken = false;
  await desk.store.deliveries.revive(ONE, desk.clock.now());
  expect(digests(await desk.tickAt(later(START, 3)))).toHaveLength(1);
});

test("a matter that cannot be told, with a dead letter of its own, silences nothing", async () => {
  const desk = await deskWith({ [ONE]: NEVER });
  desk.operations.place = OPERATIONS;
  const poisoned = async () => {
    const [sound] = await desk.register.all();
    const items = [{ ...sound!.facts.items![0], penalty: { rate: "1.2345", per: "day" } }];
    return [{ ...sound!, facts: { ...sound!.facts, items } as never }];
  };
  await desk.tickAt(START);
  const register = { ...desk.register, some: poisoned };
  await desk.tickAt(later(START, 1), { register });
  expect(announcements(desk).map(({ to }) => to)).toEqual([OPERATIONS]);
});

describe("the digests", () => {
  const tells = answering({ [ONE]: NEVER });

  async function counted(digest: "daily" | "weekly", moments: readonly string[]) {
    const desk = await deskOfTest(tells);
    await desk.hold();
    await desk.watch(ONE, NO_DIGEST);
    await desk.watch(TWO, { digest, at: "10:00", reminders: false });
    const counts: number[] = [];
    for (const text of moments) for (const { undelivered } of digests(await desk.tickAt(moment(text)))) counts.push(undelivered.length);
    return counts;
  }

  test("count what failed in the very tick in which one is made, and count nothing twice", async () => {
    const counts = await counted("daily", ["2024-02-19T09:00", "2024-02-20T09:00", "2024-02-21T09:00", "2024-02-22T09:00"]);
    expect(counts).toEqual([1, 1, 0, 0]);
  });

  test("count all that failed since the one before, also where that is a week ago", async () => {
    const counts = await counted("weekly", ["2024-02-19T09:00", "2024-02-20T09:00", "2024-02-26T09:00", "2024-02-27T07:00"]);
    expect(counts).toEqual([1, 1]);
  });

  test("count all that failed since the first that was tried, in a place where none has arrived", async () => {
    let answer: PostResult = NEVER;
    const desk = await deskOfTest(answering({ [ONE]: NEVER, [TWO]: () => answer }));
    await desk.hold();
    await desk.watch(ONE, NO_DIGEST);
    await desk.watch(TWO, { at: "10:00", reminders: false });
    for (const text of ["2024-02-19T09:00", "2024-02-20T09:00", "2024-02-21T09:00"]) await desk.tickAt(moment(text));
    answer = OK;
    const told = async (text: string) =>
      digests(await desk.tickAt(moment(text)))[0]!.undelivered.filter(({ kind }) => kind !== "dead-letter");
    const [two, one] = [
      { kind: "digest", place: TWO },
      { kind: "reminder", place: ONE },
    ];
    expect(await told("2024-02-22T09:00")).toEqual([one, two, one, two, two].map((failed) => expect.objectContaining(failed)));
    expect(await told("2024-02-23T09:00")).toEqual([]);
  });

  test("count all that failed in their week, also the first of a place", async () => {
    const desk = await deskOfTest(tells);
    await desk.hold();
    await desk.watch(ONE, NO_DIGEST);
    await desk.tickAt(moment("2024-02-20T09:00"));
    await desk.watch(TWO, { digest: "weekly", at: "10:00", reminders: false });
    expect(digests(await desk.tickAt(moment("2024-02-26T09:00")))[0]!.undelivered).toHaveLength(1);
  });
});
