import { describe, expect, onTestFinished, test } from "vitest";
import { mintPlace } from "../../adapters/chat/slack/places.ts";
import { slackAdapter } from "../../adapters/chat/slack/slack.ts";
import type { Facts } from "../../src/matter/facts.ts";
import type { Delivery } from "../../src/ports/delivery-log.ts";
import { day } from "../../src/time/day.ts";
import { type Instant, instantOf, millisecondsOf, momentOf } from "../../src/time/instant.ts";
import { testHost } from "../contracts/chat-host.ts";
import { type Fault, patienceFor } from "../fakes/fault-script.ts";
import { BOT_TOKEN, CHANNEL, HISTORY_SCOPES, SCOPES, SIGNING_SECRET, slackPlatform, TEAM } from "../fakes/slack-platform/slack-platform.ts";
import { faultDesk } from "./desk.ts";
import { randomOf } from "./random.ts";

const NOON = momentOf("Europe/Paris", day("2024-01-10"), "12:00");
const PLACE = mintPlace(TEAM, CHANNEL);

function later(instant: Instant, seconds: number): Instant {
  return instantOf(millisecondsOf(instant) + seconds * 1000);
}

/** One reminder that is due, the real Slack adapter, and a Slack on loopback whose clock is the desk's. Nothing waits: the clock is set. */
async function oneReminder(reads: boolean, fault?: Fault) {
  const time = { now: (): Instant => NOON };
  const platform = await slackPlatform({ now: () => millisecondsOf(time.now()) });
  onTestFinished(() => platform.close());
  platform.grant(reads ? [...SCOPES, ...HISTORY_SCOPES] : SCOPES);
  const adapter = slackAdapter({
    mode: "http",
    botToken: BOT_TOKEN,
    signingSecret: SIGNING_SECRET,
    apiUrl: platform.apiUrl,
    timeoutMilliseconds: patienceFor(fault),
    pauseMilliseconds: 0,
  });
  const host = await testHost();
  await adapter.start(host);
  const desk = await faultDesk({ random: randomOf(1), start: NOON, adapter });
  onTestFinished(async () => {
    await adapter.stop();
    await host.close();
    await desk.close();
  });
  time.now = () => desk.clock.now();
  await desk.watch(PLACE, { digest: "off" });
  const items = [{ id: "a", cure: { period: "P10D", from: "notified", rule: "cure" } }];
  const dates = { decided: day("2024-01-08"), notified: day("2024-01-08") };
  await desk.record("CNIL:X-1", { ref: "X-1", authority: "CNIL", respondent: "X", kind: "sanction", ...dates, items } as unknown as Facts);
  const log = async (): Promise<Delivery> => (await desk.store.deliveries.about("CNIL:X-1", PLACE)).at(-1)!;
  const shown = () => platform.record.filter(({ did }) => did === "posted").map(({ text }) => /may be a repeat/.test(text));
  return { platform, desk, log, shown };
}

/** The reminder meets the fault, and what was settled is answered. */
async function struckBy(fault: Fault, reads: boolean) {
  const given = await oneReminder(reads, fault);
  void given.platform.failNext(fault, { method: "chat.postMessage" });
  await given.desk.step(NOON);
  const { outcome } = await given.log();
  if (outcome === null || !("notBefore" in outcome)) throw new Error(`settled as ${JSON.stringify(outcome)}`);
  return { ...given, outcome };
}

describe("Slack asks to wait", () => {
  test.each([
    ["1", 1],
    ["30", 30],
    ["3600", 3600],
    ["Wed, 10 Jan 2024 11:05:00 GMT", 300],
  ])(
    "Retry-After: %s holds the message for %d seconds, not one less, and then it is shown once, and is no repeat",
    async (retryAfter, seconds) => {
      const { desk, outcome, shown } = await struckBy({ kind: "answer", status: 429, retryAfter }, false);
      expect(outcome).toMatchObject({ kind: "later", notBefore: later(NOON, seconds) });
      await desk.step(instantOf(millisecondsOf(outcome.notBefore) - 1));
      expect(shown()).toEqual([]);
      await desk.step(outcome.notBefore);
      await desk.step(later(outcome.notBefore, 7200));
      expect(shown()).toEqual([false]);
    },
  );

  test.each([
    ["no Retry-After", undefined],
    ["garbage in Retry-After", "soon"],
    ["a Retry-After below nothing", "-5"],
  ])("with %s it is tried again after a pause of our own, of at most a minute", async (_, retryAfter) => {
    const fault: Fault = { kind: "answer", status: 429, ...(retryAfter === undefined ? {} : { retryAfter }) };
    const { desk, outcome, shown } = await struckBy(fault, false);
    expect(outcome.kind).toBe("later");
    expect(outcome.notBefore > NOON && outcome.notBefore <= later(NOON, 60)).toBe(true);
    await desk.step(outcome.notBefore);
    await desk.step(later(outcome.notBefore, 7200));
    expect(shown()).toEqual([false]);
  });
});

const DOUBTFUL: readonly (readonly [what: string, (shown: boolean) => Fault])[] = [
  ...[500, 502, 503, 504].map((status) => [`answers ${status}`, (shown: boolean): Fault => ({ kind: "answer", status, shown })] as const),
  ["resets the connection", (shown) => ({ kind: "reset", shown })],
  ["says nothing for 60 seconds", (shown) => (shown ? { kind: "slow", milliseconds: 60_000 } : { kind: "silence" })],
];

describe.each(DOUBTFUL)("Slack %s", (_, fault) => {
  test("before it took the message: it is said again, once, and says that it may be a repeat", async () => {
    const { desk, outcome, shown } = await struckBy(fault(false), false);
    expect(outcome.kind).toBe("unknown");
    expect(shown()).toEqual([]);
    await desk.step(outcome.notBefore);
    await desk.step(later(outcome.notBefore, 7200));
    expect(shown()).toEqual([true]);
  });

  test("after it took the message: the second one says that it may be a repeat, and there is no third", async () => {
    const { desk, outcome, shown } = await struckBy(fault(true), false);
    expect(outcome.kind).toBe("unknown");
    await desk.step(outcome.notBefore);
    await desk.step(later(outcome.notBefore, 7200));
    expect(shown()).toEqual([false, true]);
  });

  test.each([
    ["before", false],
    ["after", true],
  ])("%s it took the message, and the bot may read: it stands there once, without a word of a repeat", async (_when, taken) => {
    const { desk, outcome, shown, log } = await struckBy(fault(taken), true);
    await desk.step(outcome.notBefore);
    await desk.step(later(outcome.notBefore, 7200));
    expect(shown()).toEqual([false]);
    expect((await log()).outcome).toMatchObject({ kind: "delivered" });
  });
});
