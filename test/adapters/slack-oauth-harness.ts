import { onTestFinished } from "vitest";
import { type SlackAdapter, slackAdapter } from "../../adapters/chat/slack/slack.ts";
import type { Card } from "../../src/ports/card.ts";
import type { DeliveryKey, Log, Place } from "../../src/ports/chat.ts";
import { instantOf } from "../../src/time/instant.ts";
import { type TestHost, testHost } from "../contracts/chat-host.ts";
import { signedForm, signedJson, slashCommand } from "../fakes/slack-platform/person.ts";
import {
  CLIENT_ID,
  CLIENT_SECRET,
  SIGNING_SECRET,
  type SlackOptions,
  type SlackPlatform,
  slackPlatform,
} from "../fakes/slack-platform/slack-platform.ts";

export const SECRET_KEY = "a-secret-key-of-thirty-two-characters";
export const ONE = "T0ONE";
export const OTHER = "T0OTHER";
export const ORGANISATION = "E0ORG";
export interface OAuthHarness {
  readonly platform: SlackPlatform;
  readonly host: TestHost;
  adapter: SlackAdapter;
  /** Everything that was logged, whole. */
  readonly logged: readonly string[];
  /** Installs the app by its pages, as a browser does; the last page. */
  install(team: string, isForOrganisation?: boolean): Promise<Page>;
  /** The first page: where it sends the browser, and the cookie. */
  begin(): Promise<{ readonly state: string; readonly location: string; readonly cookie: string }>;
  get(path: string, cookie?: string, language?: string): Promise<Response>;
  /** Types the slash command in the workspace's channel; what the acknowledgement says, if anything. */
  type(team: string, text: string, more?: Readonly<Record<string, string>>): Promise<string>;
  event(body: object): Promise<number>;
  /** Ends the adapter and starts it again, with another secret key perhaps. */
  restart(oauth?: Partial<NonNullable<Parameters<typeof slackAdapter>[0]["oauth"]>>): Promise<void>;
  /** Lets so many seconds go by, for Slack and here. */
  pass(seconds: number): void;
}

export interface Page {
  readonly status: number;
  readonly text: string;
}

/** The adapter with OAuth, over HTTP, and a Slack with two workspaces of one organisation. */
export async function oauthHarness({
  timeout = 500,
  ...options
}: SlackOptions & { readonly timeout?: number } = {}): Promise<OAuthHarness> {
  // The library that exchanges the code goes by the machine's clock: tests of what expires begin there.
  let now = Math.floor(Date.now() / 1000) * 1000;
  const workspaces = [
    { team: ONE, name: "One & <Only>", enterprise: ORGANISATION },
    { team: OTHER, name: "Other", enterprise: ORGANISATION },
  ];
  const platform = await slackPlatform({ now: () => now, workspaces, ...options });
  const inner = await testHost();
  const logged: string[] = [];
  const keep = (about: object, text: string) => void logged.push(`${text} ${JSON.stringify(about, whole)}`);
  const log: Log = { info: keep, warn: keep, error: keep };
  const host: TestHost = { ...inner, log };
  host.clock.set(instantOf(now));
  onTestFinished(async () => {
    await harness.adapter.stop();
    await inner.close();
    await platform.close();
  });

  function adapterWith(oauth: object): SlackAdapter {
    return slackAdapter({
      mode: "http",
      signingSecret: SIGNING_SECRET,
      oauth: {
        ...{ clientId: CLIENT_ID, clientSecret: CLIENT_SECRET, secretKey: SECRET_KEY },
        ...{ redirectUri: `${inner.url}/slack/oauth_redirect`, ...oauth },
      },
      ...{ apiUrl: platform.apiUrl, timeoutMilliseconds: timeout, pauseMilliseconds: 0 },
    });
  }

  function get(path: string, cookie = "", language = "en"): Promise<Response> {
    return fetch(`${inner.url}${path}`, { redirect: "manual", headers: { cookie, "accept-language": language } });
  }

  async function post(path: string, { headers, body }: ReturnType<typeof signedForm>): Promise<Response> {
    return fetch(`${inner.url}${path}`, { method: "POST", headers, body });
  }

  async function begin() {
    const response = await get("/slack/install");
    await response.text();
    const location = response.headers.get("location") ?? "";
    const cookie = (response.headers.get("set-cookie") ?? "").split(";")[0]!;
    return { location, cookie, state: new URL(location).searchParams.get("state")! };
  }

  let triggers = 0;
  const harness: OAuthHarness = {
    platform,
    host,
    adapter: adapterWith({}),
    logged,
    get,
    begin,
    async install(team, isForOrganisation = false) {
      platform.consent({ team, isForOrganisation });
      const { location, cookie } = await begin();
      const consented = await fetch(location, { redirect: "manual" });
      const back = new URL(consented.headers.get("location")!);
      const page = await get(`${back.pathname}${back.search}`, cookie);
      return { status: page.status, text: await page.text() };
    },
    async type(team, text, more = {}) {
      const [user, channel] = [`U${team.slice(1)}`, `C${team.slice(1)}`];
      const own = { team_id: team, channel_id: channel, user_id: user, trigger_id: `${++triggers}.trigger` };
      const fields = { ...slashCommand(text, "", platform.responseUrl(channel, user)), ...own, ...more };
      const response = await post("/slack/commands", signedForm(fields, { now: host.clock.now() }));
      const said = await response.text();
      await harness.adapter.idle();
      return said;
    },
    async event(body) {
      const response = await post("/slack/events", signedJson(body, { now: host.clock.now() }));
      await response.text();
      return response.status;
    },
    async restart(oauth = {}) {
      await harness.adapter.stop();
      harness.adapter = adapterWith(oauth);
      await harness.adapter.start(host);
    },
    pass(seconds) {
      now += seconds * 1000;
      host.clock.set(instantOf(now));
    },
  };
  await harness.adapter.start(host);
  return harness;
}

export function channelOf(team: string): Place {
  return `slack:${team}/C${team.slice(1)}` as Place;
}

export function cardOf(title: string): Card {
  return { title, tone: "calm", blocks: [] };
}

export const KEY = "key" as DeliveryKey;

/** Errors with all that they carry: a log may write any of it. */
function whole(_name: string, value: unknown): unknown {
  if (!(value instanceof Error)) return value;
  return { ...value, name: value.name, message: value.message, stack: value.stack, cause: value.cause };
}
