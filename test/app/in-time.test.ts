import { afterEach, expect, test, vi } from "vitest";
import type { Belonging } from "../../src/app/belonging.ts";
import { entranceOf } from "../../src/app/desk-scope.ts";
import type { Door } from "../../src/app/door.ts";
import { MOST_PATIENCE } from "../../src/app/in-time.ts";
import type { Answer, Place } from "../../src/ports/chat.ts";
import { adapterOfTest } from "./desk-of-test.ts";
import { keptLog } from "./kept-log.ts";
import { PERSON } from "./many-of-test.ts";

const ASKING = { ...PERSON, place: "slack:T1/C1" as Place, verb: "paid", values: {}, text: "paid SAN-1" };
const ANSWER: Answer = { cards: [{ title: "Recorded", tone: "calm", blocks: [] }], audience: "asker" };

afterEach(() => {
  vi.useRealTimers();
});

function entrance(work: () => Promise<Answer>) {
  const log = keptLog();
  const belonging: Belonging = { ofPlace: () => "main", ofPerson: () => "main", refresh: async () => false, served: async () => new Set() };
  const door = { onCommand: work, submit: work } as unknown as Door;
  return {
    log,
    host: entranceOf(adapterOfTest("slack"), { desk: { log, language: "en" }, door, desks: { door: async () => null }, belonging }),
  };
}

test.each(["onCommand", "submit"] as const)("what never comes back is answered in two minutes: %s", async (heard) => {
  vi.useFakeTimers();
  const { host, log } = entrance(() => new Promise(() => undefined));
  const answering = host[heard](ASKING);
  let answer: Answer | null = null;
  void answering.then((told) => {
    answer = told as Answer;
  });
  await vi.advanceTimersByTimeAsync(MOST_PATIENCE - 1);
  expect(answer).toBeNull();
  await vi.advanceTimersByTimeAsync(1);
  const [reference] = /[0-9a-f]{8}/.exec(log.lines[0]!)!;
  expect(answer).toEqual({
    cards: [{ title: expect.stringContaining(`it is not known whether anything was recorded`), tone: "calm", blocks: [] }],
    audience: "asker",
  });
  expect((answer as unknown as Answer).cards[0]!.title).toContain(reference);
});

test("what comes back is answered as it is, and leaves no timer behind", async () => {
  vi.useFakeTimers();
  const { host, log } = entrance(async () => ANSWER);
  expect(await host.onCommand(ASKING)).toEqual(ANSWER);
  expect([vi.getTimerCount(), log.lines]).toEqual([0, []]);
});
