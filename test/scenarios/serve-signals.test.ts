import { describe, expect, test, vi } from "vitest";
import type { Readiness } from "../../src/app/health.ts";
import type { SlackPlatform } from "../fakes/slack-platform/slack-platform.ts";
import { inChannel, inRegister, registerWatchedBy, type Served, SLACK_CHANNEL, serve, slackEnvironment, slackOfTest } from "./serving.ts";

const SOON = { timeout: 15_000 };

async function leading({ port }: Served): Promise<boolean | null> {
  const response = await fetch(`http://127.0.0.1:${port}/readyz`);
  return ((await response.json()) as Readiness).leading;
}

interface Held {
  readonly slack: SlackPlatform;
  readonly url: string;
  readonly served: Served;
  release(): void;
}

/** The process while Slack keeps it waiting for the answer to its first post. */
async function heldInPost(): Promise<Held> {
  const slack = await slackOfTest();
  let release = (): void => {};
  const until = new Promise<void>((resolve) => {
    release = resolve;
  });
  void slack.failNext({ kind: "held", until }, { method: "chat.postMessage" });
  const url = await registerWatchedBy(SLACK_CHANNEL);
  const served = await serve(url, slackEnvironment(slack));
  await vi.waitFor(() => expect(slack.calls.map(({ method }) => method)).toContain("chat.postMessage"), SOON);
  return { slack, url, served, release };
}

describe("a process that is told to stop while it posts", { timeout: 60_000 }, () => {
  test("finishes that post, begins nothing new, leaves no claim, and the next start says the rest once", async () => {
    const { slack, url, served, release } = await heldInPost();
    served.child.kill("SIGTERM");
    await vi.waitFor(() => expect(served.log()).toContain("nothing new is begun"), SOON);
    expect((await fetch(`http://127.0.0.1:${served.port}/readyz`)).status).toBe(503);
    expect((await fetch(`http://127.0.0.1:${served.port}/healthz`)).status).toBe(200);
    release();
    expect(await served.ended()).toBe(0);
    const tally = await inRegister(url, ({ deliveries }) => deliveries.tally());
    expect(tally).toMatchObject({ claimed: 0, unknown: 0, later: 0, never: 0 });
    expect(inChannel(slack)).toHaveLength(tally.delivered);

    const shownBefore = inChannel(slack);
    const again = await serve(url, slackEnvironment(slack));
    await vi.waitFor(async () => expect(await leading(again)).toBe(true), SOON);
    await vi.waitFor(() => expect(inChannel(slack).join("\n")).toContain("1 matter watched"), SOON);
    expect(inChannel(slack).slice(0, shownBefore.length)).toEqual(shownBefore);
    expect(inChannel(slack).join("\n")).not.toContain("may be a repeat");
    expect(new Set(inChannel(slack)).size).toBe(inChannel(slack).length);
  });

  test.each([
    ["SIGTERM", 143],
    ["SIGINT", 130],
  ] as const)("ends at once when it is told twice, the second time by %s", async (signal, status) => {
    const { served } = await heldInPost();
    served.child.kill("SIGTERM");
    await vi.waitFor(() => expect(served.log()).toContain("nothing new is begun"), SOON);
    expect(served.child.exitCode).toBeNull();
    served.child.kill(signal);
    // The post is held for ever: nothing but the second signal ends it within the time of a platform's answer.
    expect(await Promise.race([served.ended(), new Promise((resolve) => setTimeout(resolve, 5_000, "still there").unref())])).toBe(status);
    expect(served.log()).toContain("told twice");
  });
});

describe("a second process over the same register", { timeout: 60_000 }, () => {
  test("says that another one leads, answers that it is ready, and takes over when that one is killed, saying nothing twice", async () => {
    const slack = await slackOfTest();
    const url = await registerWatchedBy(SLACK_CHANNEL);
    const first = await serve(url, slackEnvironment(slack));
    await vi.waitFor(async () => expect(await leading(first)).toBe(true), SOON);
    await vi.waitFor(() => expect(inChannel(slack).join("\n")).toContain("1 matter watched"), SOON);
    const second = await serve(url, slackEnvironment(slack));
    await vi.waitFor(() => expect(second.log()).toContain("another process leads and delivers"), SOON);
    expect(await leading(second)).toBe(false);
    expect((await fetch(`http://127.0.0.1:${second.port}/readyz`)).status).toBe(200);
    const shownByFirst = inChannel(slack);

    first.child.kill("SIGKILL");
    await first.ended();
    await vi.waitFor(() => expect(second.log()).toContain("this process leads"), SOON);
    expect(await leading(second)).toBe(true);
    expect((await fetch(`http://127.0.0.1:${second.port}/readyz`)).status).toBe(200);
    expect(inChannel(slack)).toEqual(shownByFirst);
  });
});
