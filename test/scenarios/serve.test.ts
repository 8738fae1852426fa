import { describe, expect, onTestFinished, test, vi } from "vitest";
import type { Readiness } from "../../src/app/health.ts";
import type { Place } from "../../src/ports/chat.ts";
import { systemClock } from "../../src/time/clock.ts";
import { seenIn } from "../adapters/teams-harness.ts";
import { signedForm, slashCommand } from "../fakes/slack-platform/person.ts";
import { BOT_TOKEN, CHANNEL, SIGNING_SECRET, seen, USER } from "../fakes/slack-platform/slack-platform.ts";
import { installation, PERSONAL, TENANT, typed } from "../fakes/teams-platform/activities.ts";
import { startTeamsPlatform } from "../fakes/teams-platform/teams-platform.ts";
import { inChannel, registerWatchedBy, SLACK_CHANNEL, serve, slackEnvironment, slackOfTest } from "./serving.ts";

async function readiness(port: number): Promise<Readiness> {
  return (await (await fetch(`http://127.0.0.1:${port}/readyz`)).json()) as Readiness;
}

describe("npm start with Slack and Teams configured", () => {
  test("serves both: posts the digest once, answers /matter and a message, says how it is, and stops cleanly when it is told to", {
    timeout: 60_000,
  }, async () => {
    const [slack, teams] = [await slackOfTest(), await startTeamsPlatform()];
    onTestFinished(() => teams.stop());
    const url = await registerWatchedBy(SLACK_CHANNEL, `teams:${TENANT}/${PERSONAL}` as Place);
    const environment = { ...slackEnvironment(slack), TEAMS_TENANT_ID: TENANT, TEAMS_INSECURE_FOR_TESTS: "yes" };
    const { child, port, log, ended } = await serve(url, environment);
    await vi.waitFor(() => expect(inChannel(slack).join("\n")).toContain("1 matter watched"), { timeout: 15_000 });

    const request = signedForm(slashCommand("show SAN-2023-018 --on 2024-04-04", "1.trigger", slack.responseUrl(CHANNEL, USER)), {
      now: systemClock.now(),
    });
    expect((await fetch(`http://127.0.0.1:${port}/slack/commands`, { method: "POST", ...request })).status).toBe(200);
    await vi.waitFor(() => expect(slack.messages(CHANNEL, USER).map(seen).join("\n")).toContain("EUR 6,900 (46 days)"), {
      timeout: 15_000,
    });

    const endpoint = `http://127.0.0.1:${port}/api/messages`;
    expect((await teams.deliver(endpoint, installation(teams.serviceUrl, PERSONAL, "add"))).status).toBe(200);
    expect((await teams.deliver(endpoint, typed(teams.serviceUrl, PERSONAL, "why SAN-2023-018 --on 2024-04-04"))).status).toBe(200);
    await vi.waitFor(() => expect(seenIn(teams, PERSONAL).join("\n")).toContain("46 days × EUR 150 = EUR 6,900"), { timeout: 15_000 });

    expect((await fetch(`http://127.0.0.1:${port}/nothing`)).status).toBe(404);
    expect(await (await fetch(`http://127.0.0.1:${port}/healthz`)).text()).toBe("alive\n");
    const { ready, leading, matters, unwatched, adapters } = await readiness(port);
    expect({ ready, leading, matters, unwatched }).toEqual({ ready: true, leading: true, matters: 1, unwatched: 0 });
    expect(adapters.map(({ name }) => name)).toEqual(["slack", "teams"]);
    // The fake Slack shares this machine's clock and says its time to the second.
    expect(Math.abs(adapters[0]!.clockSkewSeconds!)).toBeLessThan(5);
    const page = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
    expect(page).toMatch(/^curewatch_posts_total\{adapter="slack",result="delivered"\} [1-9]/m);
    expect(page).toMatch(/^curewatch_leading 1$/m);
    expect(log()).toContain("this process leads: it delivers what is due");

    child.kill("SIGTERM");
    expect(await ended()).toBe(0);
    expect(log()).toContain("stopping: what is under way is finished");
    expect(inChannel(slack).filter((text) => text.includes("1 matter watched"))).toHaveLength(1);
    expect(log()).not.toContain(BOT_TOKEN);
    expect(log()).not.toContain(SIGNING_SECRET);
  });
});
