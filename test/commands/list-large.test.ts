import { expect, onTestFinished, test } from "vitest";
import { STORE } from "../../adapters/index.ts";
import { derivedOf, lookAt } from "../../src/alerts/look.ts";
import { openRegister } from "../../src/alerts/register.ts";
import { wakeAt } from "../../src/alerts/wake.ts";
import { contextOf, openDesk } from "../../src/app/answer.ts";
import { dispatchLine } from "../../src/commands/dispatcher.ts";
import { homeOf } from "../../src/commands/home.ts";
import { COMMANDS } from "../../src/commands/index.ts";
import type { MatterEvent } from "../../src/matter/events.ts";
import type { Ledger } from "../../src/ports/ledger.ts";
import { setClock } from "../../src/time/clock.ts";
import { type Instant, instantOf, millisecondsOf } from "../../src/time/instant.ts";
import { given, orderWith } from "../support/given.ts";

const LOOKED = "2024-02-20T09:00:00.000Z" as Instant;
const DAY = 86_400_000;

/** Matters that stand in several states on the day of the look and change on later ones. */
const FACTS: readonly (readonly [object, readonly object[]])[] = [
  [orderWith({}, { ref: "SAN-2024-001" }), []],
  [orderWith({ cure: { period: "P1M", from: "notified", rule: "cure" } }, { ref: "SAN-2024-002" }), []],
  [orderWith({ cure: { period: "P1M", from: "notified", rule: "cure" }, penalty: undefined }, { ref: "SAN-2024-003" }), []],
  [
    orderWith({ penalty: undefined }, { ref: "SAN-2024-004", kind: "notice", respondent: "Other SA" }),
    [
      { on: "2024-02-01", type: "complied", item: "a" },
      { on: "2024-02-01", type: "assigned", to: "Grace", as: "owner" },
    ],
  ],
  [{ ref: "SAN-2024-005", notified: undefined, tags: ["dpo"] }, [{ on: "2024-02-01", type: "assigned", to: "ana" }]],
  [orderWith({}, { ref: "SAN-2024-006" }), [{ on: "2024-02-02", type: "closed", item: "a" }]],
  [orderWith({ cure: { period: "P6M", from: "notified", rule: "cure" } }, { ref: "SAN-2024-007", visibility: "restricted" }), []],
];

/** Nobody is told of them. */
const NOBODY = { views: [], dueDays: [], shown: false };

const LINES = [
  "list",
  ...["accruing", "curing", "draft", "overdue", "claimed", "closed"].map((state) => `list state:${state}`),
  ...["list due:0d", "list due:14d", "list due:400d", "list kind:notice", "list authority:CNIL", "list authority:AEPD"],
  ...[
    "list state:curing due:30d",
    "list tag:dpo",
    "list respondent:other",
    "list due:14d --on 2024-02-21",
    "list state:draft authority:cnil",
  ],
  ...["list respondent:OTHER", "list respondent:nobody", "list ref:san-2024-2", "list ref:SAN-2024-002", "list other", "list 2024-00"],
  ...["list '2024 003'", "list n-2024", "list -", "list respondent:[erased]", "list erased", "list mine", "list owner:Grace"],
  ...["list assigned:@GRACE", "list people:grace", "list assigned:ana tag:dpo"],
];

async function filled() {
  const clock = setClock(LOOKED);
  const store = await STORE.open({ url: "sqlite::memory:", clock });
  onTestFinished(() => store.close());
  const whole = openRegister(store.ledger, store.privacy);
  const matters = FACTS.map(([facts]) => given(facts));
  await whole.record(() => matters.map(({ key, facts }, index) => ({ key, facts, events: FACTS[index]![1] as readonly MatterEvent[] })), {
    recordedAt: LOOKED,
    by: "p1",
    via: "command",
    commandId: "c1",
  });
  let streams = 0;
  const ledger: Ledger = {
    ...store.ledger,
    read(stream) {
      streams += 1;
      return store.ledger.read(stream);
    },
    readEach(some) {
      streams += some.length;
      return store.ledger.readEach(some);
    },
  };
  const log = { info: () => undefined, warn: () => undefined, error: (about: object) => expect.unreachable(JSON.stringify(about)) };
  const desk = openDesk(store, { clock, log, language: "en", zone: "Europe/Paris" });
  const large = { ...desk, register: openRegister(ledger, store.privacy, store.finder, 0) };
  const asker = { id: "a", place: "console:ana" as never, person: "console:ana" as never, personName: "ana" };
  const answer = async (at: typeof desk, line: string) => {
    const { json, errors, status } = await dispatchLine(line, COMMANDS, contextOf(at, asker, null), log);
    return { json, errors, status };
  };
  const ask = async (at: typeof desk, line: string) => (await answer(at, line)).json;
  const home = (at: typeof desk) => homeOf(contextOf(at, asker, null));
  return { clock, store, desk, large, answer, ask, home, looked: () => looked(), read: () => streams };

  /** As a tick notes it of a matter in which a day changes something. */
  async function looked(): Promise<void> {
    const now = clock.now();
    const looks = (await whole.all()).map((matter) => {
      const scene = lookAt(matter, now);
      return { stream: matter.key, version: matter.version, wakeAt: wakeAt(scene, NOBODY), derived: derivedOf(scene) };
    });
    await store.index.looked(looks, now);
  }
}

test("a list of a large register names the same matters as that of a small one, whatever is asked, before and after anything is looked at", async () => {
  const { clock, desk, large, ask, looked } = await filled();
  let matters = 0;
  for (const days of [0, 3, 20, 45]) {
    clock.set(instantOf(millisecondsOf(LOOKED) + days * DAY));
    for (const isLooked of [false, true]) {
      if (isLooked) await looked();
      for (const line of LINES) {
        const told = (await ask(large, line)) as { readonly total: number } | null;
        expect(told, `${line} after ${days} days`).toEqual(await ask(desk, line));
        matters += told?.total ?? 0;
      }
    }
  }
  expect(matters).toBeGreaterThan(100);
});

test("a list by what people wrote reads no matter that cannot be on it", async () => {
  const { large, ask, read } = await filled();
  for (const [line, total, reads] of [
    // Each is read once more for whether it is restricted, and held from then on.
    ["list respondent:other", 1, 2],
    ["list other", 1, 1],
    ["list ref:SAN-2024-002", 1, 2],
    ["list owner:grace kind:notice", 1, 1],
    ["list mine", 1, 2],
    // Whether there is any matter at all.
    ["list respondent:nobody", 0, FACTS.length],
  ] as const) {
    const before = read();
    expect(await ask(large, line), line).toMatchObject({ total });
    expect(read() - before, line).toBe(reads);
  }
});

test("a list by what the index knows reads no matter that cannot be on it", async () => {
  const { large, ask, looked, read } = await filled();
  await looked();
  expect(await ask(large, "list state:draft")).toMatchObject({ total: 1 });
  // Once for the list, and once for whether it is restricted.
  expect(read()).toBe(2);
  expect(await ask(large, "list state:capped")).toMatchObject({ total: 0 });
  // Whether there is any matter at all is told apart from whether one fits.
  expect(read()).toBe(2 + FACTS.length);
});

test("what falls under the watches of a place is told of a large register as of a small one, and nothing is read for it that cannot", async () => {
  const { desk, large, ask, looked, read } = await filled();
  const reads: number[] = [];
  for (const line of ["watch state:draft", "watch respondent:other", "watch tag:dpo", "watch"]) {
    await ask(desk, line);
    // Whoever is told of what has changed: everything is to be looked at once more.
    await looked();
    const before = read();
    const told = await ask(large, "watches");
    reads.push(read() - before);
    expect(told, line).toEqual(await ask(desk, "watches"));
    expect(await ask(large, "digest"), line).toEqual(await ask(desk, "digest"));
  }
  expect(await ask(desk, "watches")).toMatchObject({
    watches: [{ matters: 1 }, { matters: 1 }, { matters: 1 }, { matters: 7 }],
    matters: 7,
  });
  // All of them by a tag, which no index knows; and by no filter those alone that a place may be kept from.
  expect(reads).toEqual([1, 2, 9, 10]);
});

test("somebody's own matters are shown of a large register as of a small one, and those alone are read", async () => {
  const { desk, large, home, looked, read } = await filled();
  await looked();
  const before = read();
  const shown = await home(large);
  expect(read() - before).toBe(1);
  expect(shown).toEqual(await home(desk));
  expect(JSON.stringify(shown)).toContain("SAN-2024-005");
});

test("a matter of a large register is named as one of a small one: by its number, by its respondent, or nearly", async () => {
  const { desk, large, answer, read } = await filled();
  for (const line of [
    "show SAN-2024-004",
    "show other",
    "show exemple",
    "show SAN-2024-0O4",
    "show nobody",
    "why other",
    "note other hello",
  ]) {
    const told = await answer(large, line);
    expect(told, line).toEqual(await answer(desk, line));
  }
  const before = read();
  await answer(large, "show other");
  expect(read() - before).toBe(1);
});
