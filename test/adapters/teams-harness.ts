import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { setImmediate as turn } from "node:timers/promises";
import { inspect } from "node:util";
import { onTestFinished } from "vitest";
import { type TeamsAdapter, type TeamsConfig, teamsAdapter } from "../../adapters/chat/teams/teams.ts";
import type { Card } from "../../src/ports/card.ts";
import type { AdapterState, Answer, ChatHost, DeliveryKey, IncomingCommand, Place, RouteHandler } from "../../src/ports/chat.ts";
import type { Asking } from "../../src/ports/form.ts";
import { type SetClock, setClock } from "../../src/time/clock.ts";
import { type Instant, instantOf } from "../../src/time/instant.ts";
import { type Activity, TENANT } from "../fakes/teams-platform/activities.ts";
import { cardOf, readButtons, readLines, readTitles } from "../fakes/teams-platform/card-check.ts";
import {
  type Fault as PlatformFault,
  type ShownMessage,
  startTeamsPlatform,
  type TeamsPlatform,
  type TeamsPlatformOptions,
} from "../fakes/teams-platform/teams-platform.ts";

/** An adapter on a loopback listener of its own, and what its host heard. */
export interface Bot {
  readonly adapter: TeamsAdapter;
  readonly endpoint: string;
  readonly clock: SetClock;
  readonly heard: IncomingCommand[];
  readonly warnings: string[];
  /** Every line of the log, whole: errors with all that they carry. */
  readonly logged: readonly string[];
  readonly state: Map<string, unknown>;
  /** What times the host was told, in order. */
  readonly times: readonly Instant[];
  /** Of which places the host was told that others may read there now. */
  readonly changes: readonly Place[];
  /** What people reach from now on instead of the answers set here. */
  serve(door: Partial<Pick<ChatHost, "onCommand" | "form" | "submit" | "lookUp" | "welcome">>): void;
  /** How the host welcomes from now on; with nothing at first. */
  welcomeWith(cards: (asking: Asking) => readonly Card[]): void;
  answerWith(answer: (command: IncomingCommand) => Answer | Promise<Answer>): void;
  /** Stops the adapter and its listener. */
  close(): Promise<void>;
}

export const NOW = instantOf(Date.UTC(2024, 1, 19, 8));

/** No authentication, as a test on loopback may have it. */
export const INSECURE: TeamsConfig = {
  appId: "",
  tenantId: TENANT,
  appType: "SingleTenant",
  insecureForTests: true,
  overrides: { requestMilliseconds: 500, pauseMilliseconds: 0, privateAnswers: true, stopwatch: slowly() },
};

/** Two and a half seconds between any two looks: nothing has to wait for its turn. */
function slowly(): () => number {
  let time = 0;
  return () => {
    time += 2_500;
    return time;
  };
}

/** Starts an adapter; `state` is what an earlier one has kept. */
export async function startBot(config: TeamsConfig = INSECURE, state = new Map<string, unknown>()): Promise<Bot> {
  const routes = new Map<string, RouteHandler>();
  const heard: IncomingCommand[] = [];
  const warnings: string[] = [];
  const logged: string[] = [];
  const times: Instant[] = [];
  const changes: Place[] = [];
  let answer = (_: IncomingCommand): Answer | Promise<Answer> => ({ cards: [titled("ok")], audience: "asker" });
  let welcome = (_: Asking): readonly Card[] => [];
  const clock = setClock(NOW);
  const host: ChatHost = {
    clock,
    log: {
      info: (about, text) => void logged.push(`${inspect(about, { depth: 9 })} ${text}`),
      warn(about, text) {
        logged.push(`${inspect(about, { depth: 9 })} ${text}`);
        warnings.push(text);
      },
      error(about, text) {
        logged.push(`${inspect(about, { depth: 9 })} ${text}`);
        warnings.push(`${text} ${Object.values(about)}`);
      },
    },
    state: stateOn(state),
    route: (method, path, handle) => void routes.set(`${method} ${path}`, handle),
    heardTime: (platform) => void times.push(platform),
    workspacesChanged: async () => undefined,
    audienceChanged: (place) => void changes.push(place),
    form: async () => ({ cards: [], audience: "asker" }),
    submit: async () => ({ cards: [], audience: "asker" }),
    lookUp: async () => [],
    home: async () => ({ cards: [], previous: "", next: "" }),
    welcome: async (asking) => welcome(asking),
    async onCommand(command) {
      heard.push(command);
      return answer(command);
    },
  };
  const adapter = teamsAdapter(config);
  let served: Partial<ChatHost> = {};
  await adapter.start({
    ...host,
    onCommand: (command) => (served.onCommand ?? host.onCommand)(command),
    form: (request) => (served.form ?? host.form)(request),
    submit: (submission) => (served.submit ?? host.submit)(submission),
    lookUp: (request) => (served.lookUp ?? host.lookUp)(request),
    welcome: (asking) => (served.welcome ?? host.welcome)(asking),
  });
  const server = createServer((request, response) => {
    const handle = routes.get(`${request.method} ${request.url}`);
    if (handle === undefined) response.writeHead(404).end();
    else void handle(request, response);
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  return {
    adapter,
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/messages`,
    heard,
    warnings,
    logged,
    state,
    clock,
    times,
    changes,
    welcomeWith(next) {
      welcome = next;
    },
    serve(door) {
      served = door;
    },
    answerWith(next) {
      answer = next;
    },
    async close() {
      await adapter.stop();
      await closed(server);
    },
  };
}

/** A pretended Teams with a bot, both gone when the test is over. */
export interface Scene {
  readonly platform: TeamsPlatform;
  readonly bot: Bot;
  /** Delivers an activity, waits for what comes of it, and answers the status. */
  say(activity: Activity): Promise<number>;
}

export async function openScene(config: TeamsConfig = INSECURE, options: TeamsPlatformOptions = {}): Promise<Scene> {
  const platform = await startTeamsPlatform({ now: () => Date.parse(NOW), ...options });
  const bot = await startBot(config);
  onTestFinished(async () => {
    await bot.close();
    await platform.stop();
  });
  return {
    platform,
    bot,
    async say(activity) {
      const { status } = await platform.deliver(bot.endpoint, activity);
      await bot.adapter.settled();
      return status;
    },
  };
}

/** Kept as JSON and not at once, as in a database. */
function stateOn(map: Map<string, unknown>): AdapterState {
  const wait = async () => {
    for (let turns = 0; turns < 10; turns++) await turn();
  };
  return {
    async get(key) {
      await wait();
      return map.has(key) ? (JSON.parse(String(map.get(key))) as unknown) : undefined;
    },
    async set(key, value) {
      await wait();
      return map.set(key, JSON.stringify(value));
    },
    async add(key) {
      await wait();
      return !map.has(key) && map.set(key, "true") === map;
    },
    delete: async (key) => map.delete(key),
  };
}

function closed(server: Server): Promise<void> {
  return new Promise((done) => {
    server.close(() => done());
    server.closeAllConnections();
  });
}

/** What everybody in the conversation sees, message by message, buttons as their titles. */
export function seenIn(platform: TeamsPlatform, conversation: string): readonly string[] {
  return platform.shown(conversation).map(readMessage);
}

export function readMessage(message: ShownMessage): string {
  return readCard(cardOf(message.activity));
}

export function readCard(card: unknown): string {
  return [...readLines(card), ...readTitles(card)].join("\n");
}

/** The newest message with a button of that title, and what pressing it sends. */
export function buttonIn(
  platform: TeamsPlatform,
  conversation: string,
  title: string,
): { readonly message: string; readonly data: unknown } {
  for (const message of [...platform.shown(conversation)].reverse()) {
    const button = readButtons(cardOf(message.activity)).find((button) => button.title === title);
    if (button !== undefined) return { message: message.id, data: button.data };
  }
  throw new Error(`no button ${title}`);
}

export function refusedWith(status: number, code: string, more: Partial<Extract<PlatformFault, { kind: "answer" }>> = {}): PlatformFault {
  return { kind: "answer", status, code, ...more };
}

export function titled(title: string, blocks: Card["blocks"] = []): Card {
  return { title, tone: "calm", blocks };
}

export function placeIn(conversation: string): Place {
  return `teams:${TENANT}/${conversation}` as Place;
}

let keys = 0;
export function key(): DeliveryKey {
  keys += 1;
  return `teams-test/${keys}` as DeliveryKey;
}
