import { onTestFinished } from "vitest";
import { type TeamsAdapter, teamsAdapter } from "../../adapters/chat/teams/teams.ts";
import type { Facts } from "../../src/matter/facts.ts";
import type { ChatAdapter, Place } from "../../src/ports/chat.ts";
import type { Delivery } from "../../src/ports/delivery-log.ts";
import { day } from "../../src/time/day.ts";
import { type Instant, instantOf, millisecondsOf, momentOf } from "../../src/time/instant.ts";
import { testHost } from "../contracts/chat-host.ts";
import { type Fault, patienceFor } from "../fakes/fault-script.ts";
import { CHANNEL, installation, OTHER_CHANNEL, TENANT } from "../fakes/teams-platform/activities.ts";
import { startTeamsPlatform, type TeamsPlatform } from "../fakes/teams-platform/teams-platform.ts";
import { violations } from "./checker.ts";
import { type FaultDesk, faultDesk } from "./desk.ts";
import { randomOf } from "./random.ts";

export const NOON = momentOf("Europe/Paris", day("2024-01-10"), "12:00");
export const PLACE = `teams:${TENANT}/${CHANNEL}` as Place;
export const OPERATIONS = `teams:${TENANT}/${OTHER_CHANNEL}` as Place;

export interface TeamsDesk {
  readonly platform: TeamsPlatform;
  readonly desk: FaultDesk;
  /** Where the bot hears of what happens. */
  readonly endpoint: string;
  /** The reminder's own line of the delivery log. */
  log(): Promise<Delivery>;
  /** Of each message that the channel was shown, whether it says that it may be a repeat. */
  shown(): readonly boolean[];
  /** What the operations' channel was shown. */
  told(): string;
  /** What of the promise was not kept. */
  broken(): Promise<readonly string[]>;
}

export function later(instant: Instant, seconds: number): Instant {
  return instantOf(millisecondsOf(instant) + seconds * 1000);
}

interface Given {
  readonly matters?: number;
  readonly seed?: number;
  /** What befalls a request; it tells how long one is waited for. */
  readonly fault?: Fault;
}

/** So many reminders that are due, the real Teams adapter, and a Connector on loopback whose clock is the desk's. Nothing waits: the clock is set. */
export async function teamsDesk({ matters = 1, seed = 1, fault }: Given = {}): Promise<TeamsDesk> {
  const time = { now: (): Instant => NOON };
  const platform = await startTeamsPlatform({ now: () => millisecondsOf(time.now()) });
  onTestFinished(() => platform.stop());
  const adapter = teamsAdapter({
    appId: "",
    tenantId: TENANT,
    appType: "SingleTenant",
    insecureForTests: true,
    overrides: {
      requestMilliseconds: patienceFor(fault),
      pauseMilliseconds: 0,
      stopwatch: () => millisecondsOf(time.now()) + platform.requests.length * 2_500,
    },
  });
  const host = await testHost();
  await adapter.start(host);
  const endpoint = `${host.url}/api/messages`;
  for (const conversation of [CHANNEL, OTHER_CHANNEL])
    await platform.deliver(endpoint, installation(platform.serviceUrl, conversation, "add"));
  const seen: { desk: FaultDesk | null } = { desk: null };
  const desk = await faultDesk({
    ...{ random: randomOf(seed), start: NOON, operations: OPERATIONS },
    adapter: recorded(adapter, platform, () => seen.desk!),
    reckoned: (place) => place === PLACE,
  });
  seen.desk = desk;
  onTestFinished(async () => {
    await adapter.stop();
    await host.close();
    await desk.close();
  });
  time.now = () => desk.clock.now();
  await desk.watch(PLACE, { digest: "off" });
  for (let number = 1; number <= matters; number++) await desk.record(`CNIL:X-${number}`, factsOf(number));
  return {
    platform,
    desk,
    endpoint,
    log: async () => (await desk.store.deliveries.about("CNIL:X-1", PLACE)).at(-1)!,
    shown: () => textsIn(platform, CHANNEL).map((text) => /may be a repeat/.test(text)),
    told: () => textsIn(platform, OTHER_CHANNEL).join("\n"),
    broken: async () => violations(await desk.evidence()).map(({ invariant, what }) => `${invariant}: ${what}`),
  };
}

function textsIn({ record }: TeamsPlatform, conversation: string): readonly string[] {
  return record.filter(({ did, place }) => did === "posted" && place === conversation).map(({ text }) => text);
}

function factsOf(number: number): Facts {
  const items = [{ id: "a", cure: { period: "P10D", from: "notified", rule: "cure" } }];
  const dates = { decided: day("2024-01-08"), notified: day("2024-01-08") };
  return { ref: `X-${number}`, authority: "CNIL", respondent: "X", kind: "sanction", ...dates, items } as unknown as Facts;
}

/** Notes each post as the checker reads it: what Teams showed by its own record, and what the adapter made of its answer. */
function recorded(adapter: TeamsAdapter, platform: TeamsPlatform, desk: () => FaultDesk): ChatAdapter {
  return {
    ...adapter,
    async post(to, card, once, under) {
      const before = platform.record.length;
      const result = await adapter.post(to, card, once, under);
      const shown = platform.record.slice(before).some(({ did, place }) => did === "posted" && to.endsWith(`/${place}`));
      const { attempts, adapter: noting } = desk().platform;
      // Its posts are noted in the moments of the desk, and at once: what it answers stands for nothing here.
      void noting.post(to, card, once, under);
      const askedSeconds = !result.ok && result.retry === "later" ? (result.afterSeconds ?? null) : null;
      attempts.push({ ...attempts.pop()!, shown, answered: result.ok ? "ok" : result.retry, askedSeconds });
      return result;
    },
    async find(to, once, since) {
      await desk().platform.adapter.find(to, once, since);
      return adapter.find(to, once, since);
    },
  };
}
