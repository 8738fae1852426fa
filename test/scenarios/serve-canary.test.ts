import { describe, expect, onTestFinished, test, vi } from "vitest";
import { CHAT, STORE } from "../../adapters/index.ts";
import { openDesk } from "../../src/app/answer.ts";
import type { Readiness } from "../../src/app/health.ts";
import { startService } from "../../src/app/service.ts";
import { setClock } from "../../src/time/clock.ts";
import { type Instant, millisecondsOf } from "../../src/time/instant.ts";
import { keptLog } from "../app/kept-log.ts";
import { BOT_TOKEN, HISTORY_SCOPES, SCOPES, SIGNING_SECRET, slackPlatform } from "../fakes/slack-platform/slack-platform.ts";
import { inChannel, SLACK_CHANNEL } from "./serving.ts";

const BEFORE_SIX = "2026-11-22T04:59:00.000Z" as Instant;
const SIX = "2026-11-22T05:00:00.000Z" as Instant;

/** The service over a pretended Slack, at a clock that is set. */
async function serviceWithCanary(scopes: readonly string[]) {
  const [clock, log] = [setClock(BEFORE_SIX), keptLog()];
  const slack = await slackPlatform({ now: () => millisecondsOf(clock.now()) });
  slack.grant(scopes);
  const store = await STORE.open({ url: "sqlite::memory:" });
  const desk = openDesk(store, { clock, log, language: "en", zone: "Europe/Paris", canary: SLACK_CHANNEL });
  const adapter = await CHAT.slack({ mode: "http", botToken: BOT_TOKEN, signingSecret: SIGNING_SECRET, apiUrl: slack.apiUrl });
  const service = await startService(desk, [adapter], { host: "127.0.0.1", port: 0 });
  onTestFinished(async () => {
    await service.stop();
    await store.close();
    await slack.close();
  });
  async function ready(): Promise<Readiness> {
    return (await (await fetch(`${service.address}/readyz`)).json()) as Readiness;
  }
  return { clock, slack, ready, metrics: async () => (await fetch(`${service.address}/metrics`)).text() };
}

describe("the canary, served", { timeout: 30_000 }, () => {
  test("is posted once a day from six o'clock at the house, is read back, and shows that it was", async () => {
    const { clock, slack, ready, metrics } = await serviceWithCanary([...SCOPES, ...HISTORY_SCOPES]);
    await vi.waitFor(async () => expect((await ready()).leading).toBe(true), { timeout: 5_000 });
    expect(inChannel(slack)).toEqual([]);
    expect((await ready()).canary).toEqual({ deliveredAt: null, readBack: null });
    expect(await metrics()).toMatch(/^curewatch_canary_age_seconds \+Inf$/m);

    clock.set(SIX);
    await vi.waitFor(() => expect(inChannel(slack)).toHaveLength(1), { timeout: 5_000 });
    await vi.waitFor(async () => expect((await ready()).canary).toEqual({ deliveredAt: SIX, readBack: true }), { timeout: 5_000 });
    expect(await metrics()).toMatch(/^curewatch_canary_read_back 1$/m);

    clock.set("2026-11-22T20:00:00.000Z" as Instant);
    await vi.waitFor(async () => expect(await metrics()).toMatch(/^curewatch_canary_age_seconds 54000$/m), { timeout: 5_000 });
    clock.set("2026-11-23T05:00:00.000Z" as Instant);
    await vi.waitFor(() => expect(inChannel(slack)).toHaveLength(2), { timeout: 5_000 });
  });

  test("is not called lost where the platform does not let a bot read", async () => {
    const { clock, slack, ready, metrics } = await serviceWithCanary(SCOPES);
    clock.set(SIX);
    await vi.waitFor(() => expect(inChannel(slack)).toHaveLength(1), { timeout: 5_000 });
    await vi.waitFor(async () => expect((await ready()).canary?.deliveredAt).toBe(SIX), { timeout: 5_000 });
    expect(await metrics()).toMatch(/^curewatch_canary_read_back -1$/m);
    const { ready: isReady, canary, checks } = await ready();
    expect({ isReady, readBack: canary!.readBack }).toEqual({ isReady: true, readBack: null });
    expect(checks.find(({ check }) => check === "canary")).toMatchObject({ state: "ok" });
  });
});
