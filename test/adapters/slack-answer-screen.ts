import { onTestFinished } from "vitest";
import { type SlackAdapter, type SlackConfig, slackAdapter } from "../../adapters/chat/slack/slack.ts";
import type { Card } from "../../src/ports/card.ts";
import type { Answer, ChatHost } from "../../src/ports/chat.ts";
import type { Field, Form } from "../../src/ports/form.ts";
import { instantOf, millisecondsOf } from "../../src/time/instant.ts";
import { NOW, type TestHost, testHost } from "../contracts/chat-host.ts";
import { type Door, httpDoor, socketDoor } from "../fakes/slack-platform/doors.ts";
import { APP_TOKEN, BOT_TOKEN, CHANNEL, SIGNING_SECRET, TEAM, USER } from "../fakes/slack-platform/names.ts";
import { ANA, type Origin } from "../fakes/slack-platform/payloads.ts";
import { type SlackPerson, slackPerson } from "../fakes/slack-platform/person.ts";
import { type SlackPlatform, slackPlatform } from "../fakes/slack-platform/slack-platform.ts";

export type Mode = SlackConfig["mode"];
export const MODES: readonly Mode[] = ["http", "socket"];

/** A channel that the bot is not in. */
export const QUIET = "C0QUIET";
export const BEA = "U0BEA";

/** The Slack adapter before a pretended Slack, with people in front of it. */
export interface Screen {
  readonly platform: SlackPlatform;
  readonly host: TestHost;
  /** Sends a payload as it is. */
  readonly door: Door;
  /** Ana in the channel of the bot. */
  readonly ana: SlackPerson;
  person(origin: Partial<Origin>): SlackPerson;
  readonly adapter: SlackAdapter;
  idle(): Promise<void>;
  /** Slack's clock and the program's, so many milliseconds on. */
  pass(milliseconds: number): void;
}

/** `serve` makes what the adapter hears of people; without it the host of the contract tests answers. */
export async function slackScreen(mode: Mode, serve: (host: TestHost) => Partial<ChatHost> = () => ({})): Promise<Screen> {
  let time = millisecondsOf(NOW);
  const users = [
    { id: USER, name: "ana", realName: "Ana Dias" },
    { id: BEA, name: "bea", realName: "Béa Roux", locale: "fr-FR" },
  ];
  const channels = [
    { id: CHANNEL, name: "watch" },
    { id: QUIET, name: "quiet", isMember: false },
  ];
  const platform = await slackPlatform({
    now: () => time,
    workspaces: [{ team: TEAM, name: "Watch", botToken: BOT_TOKEN, channels, users }],
  });
  const host = await testHost();
  const adapter = slackAdapter({
    mode,
    botToken: BOT_TOKEN,
    ...(mode === "http" ? { signingSecret: SIGNING_SECRET } : { appToken: APP_TOKEN }),
    apiUrl: platform.apiUrl,
    pauseMilliseconds: 0,
  } as SlackConfig);
  await adapter.start({ ...host, ...serve(host) });
  onTestFinished(async () => {
    await adapter.stop();
    await host.close();
    await platform.close();
  });
  const door =
    mode === "http"
      ? httpDoor(
          () => host.url,
          () => ({ now: host.clock.now() }),
        )
      : socketDoor(platform);
  const person = (origin: Partial<Origin>) => slackPerson({ platform, door, settled: () => adapter.idle(), origin: { ...ANA, ...origin } });
  return {
    platform,
    host,
    door,
    ana: person({}),
    person,
    adapter,
    idle: () => adapter.idle(),
    pass(milliseconds) {
      time += milliseconds;
      host.clock.set(instantOf(time));
    },
  };
}

export function said(title: string, audience: Answer["audience"] = "asker"): Answer {
  return { cards: [cardOf(title)], audience };
}

export function cardOf(title: string, blocks: Card["blocks"] = []): Card {
  return { title, tone: "calm", blocks };
}

export function formOf(fields: readonly Field[], more: Partial<Form> = {}): Form {
  return { verb: "paid", title: "Payment", submit: "Record", cancel: "Cancel", fields, ...more };
}

/** The matter that every form of an event names. */
export const REF: Field = {
  name: "ref",
  label: "Matter",
  required: true,
  kind: { type: "lookup", of: "matter", many: false, shown: [{ value: "SAN-2023-018", label: "SAN-2023-018" }] },
  initial: ["SAN-2023-018"],
};
