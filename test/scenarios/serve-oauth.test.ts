import { join } from "node:path";
import { expect, test } from "vitest";
import { CLIENT_ID, CLIENT_SECRET, SIGNING_SECRET } from "../fakes/slack-platform/slack-platform.ts";
import { folderOfTest } from "../support/cli.ts";
import { serve, slackOfTest } from "./serving.ts";

const KEY = "0123456789abcdef0123456789abcdef";

test("npm start serves many workspaces by its environment, and logs no secret at any level", async () => {
  const slack = await slackOfTest();
  const environment = {
    ...{ SLACK_CLIENT_ID: CLIENT_ID, SLACK_CLIENT_SECRET: CLIENT_SECRET, SLACK_SIGNING_SECRET: SIGNING_SECRET },
    ...{ CUREWATCH_SECRET_KEY: KEY, SLACK_REDIRECT_URI: "http://127.0.0.1/slack/oauth_redirect", SLACK_API_URL: slack.apiUrl },
    CUREWATCH_LOG: "debug",
  };
  const { port, log, child, ended } = await serve(`sqlite:${join(folderOfTest(), "register.db")}`, environment);
  const first = await fetch(`http://127.0.0.1:${port}/slack/install`, { redirect: "manual" });
  expect(first.status).toBe(302);
  const consented = await fetch(first.headers.get("location")!, { redirect: "manual" });
  const { pathname, search } = new URL(consented.headers.get("location")!);
  const cookie = first.headers.get("set-cookie")!.split(";")[0]!;
  const page = await fetch(`http://127.0.0.1:${port}${pathname}${search}`, { headers: { cookie } });
  expect(await page.text()).toContain("Curewatch is installed in Watch");
  expect(log()).toContain('"desk":"slack-t0team"');
  child.kill("SIGTERM");
  expect(await ended()).toBe(0);
  for (const secret of [CLIENT_SECRET, SIGNING_SECRET, KEY, "xox", search.slice(1)]) expect(log()).not.toContain(secret);
});
