import { expect, test } from "vitest";
import { type ToldLately, toldLately } from "../../adapters/chat/shared/told-lately.ts";
import { setClock } from "../../src/time/clock.ts";
import { type Instant, instantOf, millisecondsOf } from "../../src/time/instant.ts";

const MINUTE = 60_000;

/** Something that is asked about, with how often it was. */
function asked(): {
  readonly lately: ToldLately<string>;
  readonly is: (value: string | null) => void;
  readonly ask: () => Promise<string>;
  pass(minutes: number): void;
  readonly times: () => number;
} {
  const clock = setClock("2024-01-19T08:00:00.000Z" as Instant);
  const lately = toldLately(() => clock, "unknown");
  let [value, times]: [string | null, number] = ["first", 0];
  return {
    lately,
    is(next) {
      value = next;
    },
    ask: () =>
      lately.of("it", async () => {
        times += 1;
        if (value === null) throw new Error("the platform fails");
        return value;
      }),
    pass: (minutes) => clock.set(instantOf(millisecondsOf(clock.now()) + minutes * MINUTE)),
    times: () => times,
  };
}

test("a platform that fails is asked again a minute later, and its last word holds meanwhile", async () => {
  const { is, ask, pass, times } = asked();
  await ask();
  is(null);
  pass(11);
  expect([await ask(), await ask(), times()]).toEqual(["first", "first", 2]);
  is("second");
  pass(1);
  expect([await ask(), times()]).toEqual(["second", 3]);
});

test("what may have changed is asked anew at once, and its last word holds where that fails", async () => {
  const { lately, is, ask, times } = asked();
  await ask();
  lately.forget("it");
  is(null);
  expect([await ask(), times()]).toEqual(["first", 2]);
  lately.forget("something else");
});

test("what was told in passing is not asked about", async () => {
  const { lately, ask, times } = asked();
  lately.learn("it", "known");
  expect([await ask(), times()]).toEqual(["known", 0]);
});

test("a clock that is set back makes nothing fresh for longer", async () => {
  const { is, ask, pass, times } = asked();
  await ask();
  is("second");
  pass(-60);
  expect([await ask(), times()]).toEqual(["second", 2]);
});

test("before there is a clock nothing is told", async () => {
  const lately = toldLately(() => undefined, "unknown");
  lately.learn("it", "known");
  expect(await lately.of("it", async () => "told")).toBe("unknown");
});

test("a platform that is slow keeps nobody waiting where its last word holds, and what it says in the end serves the next one", async () => {
  const clock = setClock("2024-01-19T08:00:00.000Z" as Instant);
  const lately = toldLately(() => clock, "unknown", { patience: 1 });
  await lately.of("it", async () => "first");
  clock.set(instantOf(millisecondsOf(clock.now()) + 11 * MINUTE));
  const { promise, resolve } = Promise.withResolvers<string>();
  expect(await lately.of("it", () => promise)).toBe("first");
  resolve("second");
  await promise;
  expect(await lately.of("it", async () => "third")).toBe("second");
});

test("what is kept for the next program is written once an hour as long as it stays the same, and holds for a day", async () => {
  const written: unknown[] = [];
  const kept = new Map<string, unknown>();
  const state = {
    get: async (key: string) => kept.get(key),
    async set(key: string, value: unknown) {
      written.push(value);
      return kept.set(key, value);
    },
    add: async (key: string) => !kept.has(key) && kept.set(key, true) === kept,
    delete: async (key: string) => kept.delete(key),
  };
  const clock = setClock("2024-01-19T08:00:00.000Z" as Instant);
  const open = () => toldLately(() => clock, "unknown", { kept: { state, under: "places" } });
  const before = open();
  for (let asked = 0; asked < 12; asked++) {
    await before.of("it", async () => "first");
    clock.set(instantOf(millisecondsOf(clock.now()) + 10 * MINUTE));
  }
  expect(written).toHaveLength(2);
  expect(await open().of("it", async () => null)).toBe("first");
  clock.set(instantOf(millisecondsOf(clock.now()) + 1_440 * MINUTE));
  expect(await open().of("it", async () => null)).toBe("unknown");
});

test("what may have changed while it was being asked is asked anew by whoever asks next", async () => {
  const lately = toldLately(() => setClock("2024-01-19T08:00:00.000Z" as Instant), "unknown");
  const held = Promise.withResolvers<string>();
  const first = lately.of("it", () => held.promise);
  lately.forget("it");
  const second = lately.of("it", async () => "after");
  held.resolve("before");
  expect([await second, await first]).toEqual(["after", "before"]);
  expect(await lately.of("it", async () => "not asked")).toBe("after");
});
