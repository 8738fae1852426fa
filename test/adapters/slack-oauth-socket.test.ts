import { afterEach, describe, expect, test } from "vitest";
import { type SlackHarness, slackHarness } from "../fakes/slack-platform/harness.ts";
import type { Origin } from "../fakes/slack-platform/payloads.ts";
import { CLIENT_ID, CLIENT_SECRET, TEAM } from "../fakes/slack-platform/slack-platform.ts";

const BEA: Origin = { team: "T0BEE", user: "U0BEE", userName: "bea", channel: "C0BEE", channelName: "bee" };
const OAUTH = {
  clientId: CLIENT_ID,
  clientSecret: CLIENT_SECRET,
  secretKey: "s".repeat(32),
  redirectUri: "http://127.0.0.1/slack/oauth_redirect",
};

let opened: SlackHarness | undefined;
afterEach(async () => {
  await opened?.close();
  opened = undefined;
});

/** Many workspaces over Socket Mode: what people do comes over the socket, and they install over HTTP. */
async function open(): Promise<SlackHarness> {
  opened = await slackHarness("socket", { slack: { workspaces: [{ team: TEAM }, { team: BEA.team }] }, config: { oauth: OAUTH } });
  return opened;
}

async function install({ host, platform }: SlackHarness, team: string): Promise<void> {
  platform.consent({ team });
  const first = await fetch(`${host.url}/slack/install`, { redirect: "manual" });
  const consented = await fetch(first.headers.get("location")!, { redirect: "manual" });
  const { pathname, search } = new URL(consented.headers.get("location")!);
  const page = await fetch(`${host.url}${pathname}${search}`, { headers: { cookie: first.headers.get("set-cookie")!.split(";")[0]! } });
  expect(page.status).toBe(200);
}

describe("several workspaces over Socket Mode", () => {
  test("install over HTTP, and speak over the socket each for itself", async () => {
    const harness = await open();
    await install(harness, BEA.team);
    await harness.personAt(BEA).types("list");
    expect(harness.host.heard.map(({ place }) => place)).toEqual(["slack:T0BEE/C0BEE"]);
  });

  test("are told where to install, by command and by button, as long as they have not", async () => {
    const harness = await open();
    const { body } = await harness.personAt(BEA).types("list");
    expect(body).toMatchObject({
      response_type: "ephemeral",
      text: expect.stringContaining("Install it at http://127.0.0.1/slack/install"),
    });
    expect(harness.host.heard).toEqual([]);
  });

  test("are forgotten when they remove the app, and the event comes once however often it is delivered", async () => {
    const harness = await open();
    await install(harness, BEA.team);
    const removed = harness.platform.uninstall(BEA.team);
    await harness.platform.deliver("events_api", removed);
    expect(await harness.adapter.workspaces!.installed()).toEqual([]);
    await install(harness, BEA.team);
    await harness.platform.deliver("events_api", removed, 1);
    expect(await harness.adapter.workspaces!.installed()).toEqual(["slack-t0bee"]);
  });
});
