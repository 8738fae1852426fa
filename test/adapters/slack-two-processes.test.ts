import { describe, expect, onTestFinished, test } from "vitest";
import { slackAdapter } from "../../adapters/chat/slack/slack.ts";
import { testHost } from "../contracts/chat-host.ts";
import { httpDoor } from "../fakes/slack-platform/doors.ts";
import { BOT_TOKEN, SIGNING_SECRET } from "../fakes/slack-platform/names.ts";
import { slackPerson } from "../fakes/slack-platform/person.ts";
import { formOf, REF, type Screen, said, slackScreen } from "./slack-answer-screen.ts";

/** Another process of the same register before the same Slack, with Ana in front of it. */
async function besides({ platform, host: first, ana }: Screen): Promise<Pick<Screen, "host" | "ana">> {
  const host = await testHost(first.kept as Map<string, unknown>);
  const adapter = slackAdapter({
    ...{ botToken: BOT_TOKEN, signingSecret: SIGNING_SECRET, apiUrl: platform.apiUrl, pauseMilliseconds: 0 },
    mode: "http",
  });
  await adapter.start(host);
  onTestFinished(async () => {
    await adapter.stop();
    await host.close();
  });
  const door = httpDoor(
    () => host.url,
    () => ({ now: host.clock.now() }),
  );
  return { host, ana: slackPerson({ platform, door, settled: () => adapter.idle(), origin: ana.origin }) };
}

async function both() {
  const one = await slackScreen("http");
  const other = await besides(one);
  for (const { host } of [one, other]) host.answerWith(() => ({ ...said("Type the day"), form: formOf([REF]) }));
  const { user, channel } = one.ana.origin;
  const shown = () => JSON.stringify([one.platform.messages(channel, user), one.platform.messages(user)]);
  return { one, other, shown };
}

describe("a command of which each of two processes gets one delivery", () => {
  test.each(["at once", "one after the other"])("opens its form once, and neither says that it did not open: %s", async (how) => {
    const { one, other, shown } = await both();
    const types = [one, other].map(
      ({ ana }) =>
        () =>
          ana.types("paid SAN-2023-018", { id: "77.trigger" }),
    );
    if (how === "at once") await Promise.all(types.map((type) => type()));
    else for (const type of types) await type();
    expect(one.platform.calls.filter(({ method }) => method === "views.open")).toHaveLength(2);
    expect(shown()).not.toContain("Slack did not open");
  });

  test("and that only reads keeps nothing of its trigger", async () => {
    const { one } = await both();
    one.host.answerWith(() => said("Everything is well"));
    await one.ana.types("show SAN-2023-018");
    expect([...one.host.kept.keys()].filter((key) => key.includes("trigger"))).toEqual([]);
  });
});

test("a form whose trigger nobody of this register used is said not to have opened", async () => {
  const { one, shown } = await both();
  one.platform.failNext({ kind: "refusal", error: "exchanged_trigger_id" }, { method: "views.open" });
  await one.ana.types("paid SAN-2023-018");
  expect(shown()).toContain("Slack did not open the form");
});
