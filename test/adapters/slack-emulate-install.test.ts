import { expect, onTestFinished, test } from "vitest";
import { slackAdapter } from "../../adapters/chat/slack/slack.ts";
import type { DeliveryKey, Place } from "../../src/ports/chat.ts";
import { systemClock } from "../../src/time/clock.ts";
import { testHost } from "../contracts/chat-host.ts";
import { emulated, TEAM } from "./slack-emulated.ts";

const APP = { client_id: "1.2", client_secret: "the-client-secret" };

/** The adapter for whoever installs it, before a Slack that others wrote, and a browser in front of both. */
async function open() {
  const host = await testHost();
  // The library that exchanges the code reads the machine's clock.
  host.clock.set(systemClock.now());
  const redirectUri = `${host.url}/slack/oauth_redirect`;
  const slack = await emulated({ app: { ...APP, redirect_uris: [redirectUri] } });
  const oauth = {
    clientId: APP.client_id,
    clientSecret: APP.client_secret,
    secretKey: "a-secret-key-of-thirty-two-characters",
    redirectUri,
  };
  const adapter = slackAdapter({ mode: "http", signingSecret: "unused", oauth, apiUrl: slack.apiUrl, pauseMilliseconds: 0 });
  await adapter.start(host);
  onTestFinished(async () => {
    await adapter.stop();
    await host.close();
    await slack.close();
  });

  /** From the first page to Slack's own, and back with what Ana agreed to; the address that the browser is sent to. */
  async function agree(): Promise<{ readonly back: string; readonly cookie: string }> {
    const first = await fetch(`${host.url}/slack/install`, { redirect: "manual" });
    const page = await fetch(first.headers.get("location")!);
    if (page.status !== 200) throw new Error(await page.text());
    const asked = new URL(first.headers.get("location")!).searchParams;
    const fields = ["client_id", "redirect_uri", "scope", "user_scope", "state"].map((name): [string, string] => [
      name,
      asked.get(name) ?? "",
    ]);
    const form = new URLSearchParams([...fields, ["user_id", slack.ids.get("ana")!]]);
    const agreed = await fetch(`${slack.authorizeUrl}/callback`, { method: "POST", body: form, redirect: "manual" });
    return { back: agreed.headers.get("location")!, cookie: first.headers.get("set-cookie")!.split(";")[0]! };
  }

  const finish = async ({ back, cookie }: { readonly back: string; readonly cookie: string }) =>
    (await fetch(back, { headers: { cookie } })).status;
  const place = `slack:${TEAM}/${slack.ids.get("watch")!}` as Place;
  return { slack, host, adapter, agree, finish, place };
}

const CARD = { title: "due", tone: "calm", blocks: [] } as const;

test("a workspace of a Slack that others wrote installs the app by its pages, and is posted to with the scopes that it gave", async () => {
  const { slack, adapter, agree, finish, place } = await open();
  expect(await adapter.post(place, CARD, "before" as DeliveryKey)).toMatchObject({ ok: false, retry: "later" });
  expect(await adapter.workspaces!.installed()).toEqual([]);
  expect(await finish(await agree())).toBe(200);
  expect(await adapter.workspaces!.installed()).toEqual([`slack-${TEAM.toLowerCase()}`]);
  expect(await adapter.post(place, CARD, "after" as DeliveryKey)).toMatchObject({ ok: true });
  const ana = `slack:${TEAM}/${slack.ids.get("ana")!}` as Place;
  expect(await adapter.post(ana, CARD, "direct" as DeliveryKey)).toMatchObject({ ok: true });
  // What the pages asked for is what the token may do.
  expect(await slack.page("auth")).toContain("commands, chat:write, users:read");
});

test("the same way back is taken once, and only by the browser that began", async () => {
  const { adapter, agree, finish } = await open();
  const way = await agree();
  expect(await finish({ ...way, cookie: "" })).toBe(400);
  expect(await adapter.workspaces!.installed()).toEqual([]);
  const other = await agree();
  expect(await finish(other)).toBe(200);
  expect(await finish(other)).toBeGreaterThanOrEqual(400);
});

test("a workspace that installs again is the same workspace", async () => {
  const { adapter, agree, finish } = await open();
  for (let time = 0; time < 2; time += 1) expect(await finish(await agree())).toBe(200);
  expect(await adapter.workspaces!.installed()).toHaveLength(1);
});

test("no token that Slack gave lies open in what is kept", async () => {
  const { host, agree, finish } = await open();
  await finish(await agree());
  expect(host.kept.size).toBeGreaterThan(0);
  expect(JSON.stringify([...host.kept])).not.toContain("xoxb-");
});
