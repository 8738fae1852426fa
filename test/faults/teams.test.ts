import { describe, expect, test } from "vitest";
import { type Instant, instantOf, millisecondsOf } from "../../src/time/instant.ts";
import type { Fault } from "../fakes/fault-script.ts";
import { CHANNEL, happened, OTHER_CHANNEL, ofTeam, typed } from "../fakes/teams-platform/activities.ts";
import { SEED } from "../support/seeded.ts";
import { randomOf } from "./random.ts";
import { later, NOON, PLACE, type TeamsDesk, teamsDesk } from "./teams-desk.ts";

/** The reminder meets the fault, and what was settled is answered. */
async function struckBy(fault: Fault): Promise<TeamsDesk & { readonly notBefore: Instant; readonly kind: string }> {
  const given = await teamsDesk({ fault });
  void given.platform.failNext(fault, { method: "POST" });
  await given.desk.step(NOON);
  const { outcome } = await given.log();
  if (outcome === null || !("notBefore" in outcome)) throw new Error(`settled as ${JSON.stringify(outcome)}`);
  return { ...given, notBefore: outcome.notBefore, kind: outcome.kind };
}

async function seenThrough({ desk, notBefore }: { readonly desk: TeamsDesk["desk"]; readonly notBefore: Instant }): Promise<void> {
  await desk.step(notBefore);
  await desk.step(later(notBefore, 7200));
}

describe("Teams asks to wait", () => {
  test.each([
    ["1", 1],
    ["30", 30],
    ["3600", 3600],
    ["Wed, 10 Jan 2024 11:05:00 GMT", 300],
  ])(
    "Retry-After: %s holds the message for %d seconds, not one less, and then it is shown once, no repeat",
    async (retryAfter, seconds) => {
      const given = await struckBy({ kind: "answer", status: 429, retryAfter });
      expect([given.kind, given.notBefore]).toEqual(["later", later(NOON, seconds)]);
      await given.desk.step(instantOf(millisecondsOf(given.notBefore) - 1));
      expect(given.shown()).toEqual([]);
      await seenThrough(given);
      expect([given.shown(), await given.broken()]).toEqual([[false], []]);
    },
  );

  test.each<[string, Fault]>([
    ["429 without Retry-After", { kind: "answer", status: 429 }],
    ["429 with garbage in it", { kind: "answer", status: 429, retryAfter: "soon" }],
    ["412, since another message was under way", { kind: "answer", status: 412, code: "PreconditionFailed" }],
  ])("%s: it is tried again after a pause of our own, of at most a minute, and is no repeat", async (_, fault) => {
    const given = await struckBy(fault);
    expect(given.kind).toBe("later");
    expect(given.notBefore > NOON && given.notBefore <= later(NOON, 60)).toBe(true);
    await seenThrough(given);
    expect([given.shown(), await given.broken()]).toEqual([[false], []]);
  });
});

const DOUBTFUL: readonly (readonly [what: string, (shown: boolean) => Fault])[] = [
  ...[500, 502, 503, 504].map((status) => [`answers ${status}`, (shown: boolean): Fault => ({ kind: "answer", status, shown })] as const),
  ["answers 503 and asks to wait", (shown) => ({ kind: "answer", status: 503, retryAfter: "5", shown })],
  ["resets the connection", (shown) => ({ kind: "reset", shown })],
  ["says nothing for 60 seconds", (shown) => (shown ? { kind: "slow", milliseconds: 60_000 } : { kind: "silence" })],
];

describe.each(DOUBTFUL)("Teams %s", (_, fault) => {
  test("before it took the message: it is said again, once, and says that it may be a repeat", async () => {
    const given = await struckBy(fault(false));
    expect([given.kind, given.shown()]).toEqual(["unknown", []]);
    await seenThrough(given);
    expect([given.shown(), await given.broken()]).toEqual([[true], []]);
  });

  test("after it took the message: the second one says that it may be a repeat, and there is no third", async () => {
    const given = await struckBy(fault(true));
    expect([given.kind, given.shown()]).toEqual(["unknown", [false]]);
    await seenThrough(given);
    expect([given.shown(), await given.broken()]).toEqual([[false, true], []]);
  });
});

describe("Teams refuses for good", () => {
  const refused = (status: number, code?: string): Fault => ({ kind: "answer", status, ...(code === undefined ? {} : { code }) });

  test.each<[string, Fault, RegExp]>([
    ["401", refused(401), /secret/],
    ["401 BotNotRegistered", refused(401, "BotNotRegistered"), /not registered as a bot/],
    ["403 BotNotInConversationRoster", refused(403, "BotNotInConversationRoster"), /the bot was removed/],
    ["403 MessageWritesBlocked", { kind: "answer", status: 403, subCode: "MessageWritesBlocked" }, /takes no messages from the bot/],
    ["403 ConversationBlockedByUser", refused(403, "ConversationBlockedByUser"), /blocked the bot/],
    ["403 BotDisabledByAdmin", refused(403, "BotDisabledByAdmin"), /administrator switched the app off/],
    ["403 ForbiddenOperation", refused(403, "ForbiddenOperation"), /may not write/],
    ["403 ForbiddenOperationException", refused(403, "ForbiddenOperationException"), /the app is not added/],
    ["403 NotEnoughPermissions", refused(403, "NotEnoughPermissions"), /lacks a permission/],
    ["404 ConversationNotFound", refused(404, "ConversationNotFound"), /conversation is gone/],
    ["413", refused(413, "MessageSizeTooBig"), /too large/],
  ])("%s: nothing is repeated, and those who look after it are told in another channel, with what to do", async (_, fault, words) => {
    const { platform, desk, told, shown, broken } = await teamsDesk();
    void platform.failNext(fault, { method: "POST" });
    for (const seconds of [0, 60, 3_700, 7_200]) await desk.step(later(NOON, seconds));
    expect(shown()).toEqual([]);
    expect(told()).toMatch(words);
    expect(told().match(/X-1/g)?.length).toBeGreaterThan(0);
    expect(platform.record.filter(({ place }) => place === OTHER_CHANNEL)).toHaveLength(1);
    expect(await broken()).toEqual([]);
  });

  test("a channel that was deleted: Teams is not asked, and another channel hears of it", async () => {
    const { platform, desk, endpoint, told, broken } = await teamsDesk();
    await platform.deliver(endpoint, ofTeam(typed(platform.serviceUrl, CHANNEL, "list")));
    await platform.deliver(endpoint, happened(platform.serviceUrl, "channelDeleted", { channel: CHANNEL }));
    for (const seconds of [0, 60, 3_700]) await desk.step(later(NOON, seconds));
    expect(told()).toContain("the channel was deleted");
    expect(await broken()).toEqual([]);
  });
});

test.each([SEED, SEED + 1, SEED + 2])("whatever Teams does, in any order, the promise is kept (seed %d)", async (seed) => {
  const random = randomOf(seed);
  const { platform, desk, broken } = await teamsDesk({ matters: 4, seed });
  const faults: readonly Fault[] = [
    ...[412, 429, 500, 502, 503, 504].map((status): Fault => ({ kind: "answer", status })),
    ...["2", "40"].map((retryAfter): Fault => ({ kind: "answer", status: 429, retryAfter })),
    ...[true, false].flatMap((shown): readonly Fault[] => [
      { kind: "reset", shown },
      { kind: "answer", status: 502, shown },
    ]),
  ];
  for (let hour = 0; hour < 12 * 24; hour += 3) {
    const now = later(NOON, hour * 3_600);
    if (hour < 11 * 24 && random.chance(0.5)) void platform.failNext(random.one(faults), { method: "POST", after: random.below(2) });
    await desk.step(now > desk.clock.now() ? now : desk.clock.now());
    for (let looks = 0; looks < 4; looks++) {
      const waiting = await desk.store.deliveries.undelivered(later(now, 1_200));
      const next = waiting
        .flatMap(({ outcome }) => (outcome !== null && "notBefore" in outcome ? [outcome.notBefore] : []))
        .filter((at) => at > desk.clock.now() && at < later(now, 1_200))
        .sort()[0];
      if (next === undefined) break;
      await desk.step(next);
    }
  }
  expect([await broken(), desk.faults]).toEqual([[], []]);
  expect(platform.record.filter(({ did, place }) => did === "posted" && PLACE.endsWith(place)).length).toBeGreaterThan(4);
});
