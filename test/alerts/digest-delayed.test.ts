import { expect, test } from "vitest";
import type { PostResult } from "../../src/ports/chat.ts";
import type { PlaceSettings } from "../../src/ports/subscriptions.ts";
import type { Instant } from "../../src/time/instant.ts";
import { deskOfTest, digests, moment } from "./desk-of-test.ts";

const BUSY: PostResult = { ok: false, retry: "later", reason: "busy" };
const IN_DOUBT: PostResult = { ok: false, retry: "unknown", reason: "a time-out" };

/** What the digest says of what runs that follows one that was tried first and shown later; EUR 100 a day from Wednesday 6 March in Paris. */
async function following(settings: Partial<PlaceSettings>, at: { tried: string; shown: string; next: string }, refusal: PostResult) {
  let answer: PostResult | null = null;
  const desk = await deskOfTest(async (post) => (post.key.includes("digest") ? answer : null) as PostResult);
  await desk.hold();
  await desk.watch("memory:east", { zone: "Asia/Tokyo", at: "08:30", ...settings });
  await desk.tickAt(moment(at.tried.replace(/-\d\dT.*/, "-01T00:00")));
  answer = refusal;
  await desk.tickAt(moment(at.tried));
  answer = null;
  const [shown] = digests(await desk.tickAt(moment(at.shown)));
  const [next] = digests(await desk.tickAt(moment(at.next) as Instant));
  const [one, other] = [shown!.running[0]!, next!.running[0]!];
  return { grown: other.theoretical.minor - one.theoretical.minor, change: other.change.minor, before: next!.before };
}

// 08:30 in Tokyo is half past midnight of that day in Paris in winter, and half past one in summer: 23:00 there is the day before.
const DAILY = { tried: "2024-03-12T22:30", shown: "2024-03-13T03:00", next: "2024-03-13T23:30" };
const WEEKLY = { tried: "2024-03-10T23:30", shown: "2024-03-13T03:00", next: "2024-03-17T23:30" };

for (const [name, refusal] of [
  ["refused", BUSY],
  ["in doubt", IN_DOUBT],
] as const) {
  test(`a digest that was ${name} at first, and shown on a day on which more had run: the next one counts from what was shown`, async () => {
    const daily = await following({ at: "07:30" }, DAILY, refusal);
    expect(daily).toEqual({ grown: 10_000n, change: 10_000n, before: "2024-03-12" });
    const weekly = await following({ digest: "weekly" }, WEEKLY, refusal);
    expect(weekly).toEqual({ grown: 50_000n, change: 50_000n, before: "2024-03-12" });
  });
}

/** What two digests tell of a stay that was recorded after the first attempt at the first of them, and before the one that was shown. */
async function stayed(refusal: PostResult) {
  let answer: PostResult | null = null;
  const desk = await deskOfTest(async (post) => (post.key.includes("digest") ? answer : null) as PostResult);
  const key = await desk.hold();
  await desk.watch("memory:east", { zone: "Asia/Tokyo", at: "08:30", digest: "weekly" });
  await desk.tickAt(moment("2024-03-03T23:30"));
  answer = refusal;
  await desk.tickAt(moment("2024-03-10T23:30"));
  desk.clock.set(moment("2024-03-12T12:00"));
  await desk.record(key, { on: "2024-03-12", type: "stayed" });
  answer = null;
  const [shown] = digests(await desk.tickAt(moment("2024-03-13T03:00")));
  const [next] = digests(await desk.tickAt(moment("2024-03-17T23:30")));
  const told = (digest: typeof shown) => digest!.corrected.map(({ event }) => event.event.type);
  return { shown: told(shown), next: told(next), stopped: next!.stopped.length };
}

test("what a digest has told that was refused at first and shown two days later, the next one does not tell again", async () => {
  expect(await stayed(BUSY)).toEqual({ shown: ["stayed"], next: [], stopped: 0 });
});

test("where the first attempt may stand there in its stead, the next digest tells again what was recorded since that attempt", async () => {
  expect(await stayed(IN_DOUBT)).toEqual({ shown: ["stayed"], next: ["stayed"], stopped: 1 });
});
