import { describe, expect, onTestFinished, test } from "vitest";
import { slackAdapter } from "../../adapters/chat/slack/slack.ts";
import type { Answer } from "../../src/ports/chat.ts";
import type { FormProblems } from "../../src/ports/form.ts";
import { testHost } from "../contracts/chat-host.ts";
import { type Door, httpDoor } from "../fakes/slack-platform/doors.ts";
import { BOT_TOKEN, SIGNING_SECRET, TEAM, USER } from "../fakes/slack-platform/names.ts";
import { slackPerson } from "../fakes/slack-platform/person.ts";
import { BEA, formOf, REF, type Screen, said, slackScreen } from "./slack-answer-screen.ts";

/** Another process of the same register before the same Slack, with Ana in front of it. */
async function besides({ platform, host: first, ana }: Screen): Promise<Pick<Screen, "host" | "ana" | "door">> {
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
  return { host, door, ana: slackPerson({ platform, door, settled: () => adapter.idle(), origin: ana.origin }) };
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

describe("a form that is submitted to each of two processes", () => {
  /** Béa's or Ana's payment, open before both processes; what each is acknowledged with. */
  async function opened(submit: (times: number) => Promise<Answer | FormProblems>, user = USER) {
    const screen = await both();
    const { one, other } = screen;
    let times = 0;
    for (const { host } of [one, other]) host.serve({ form: async () => formOf([REF]), submit: () => submit(++times) });
    const person = one.person({ user, userName: user === USER ? "ana" : "bea" });
    await person.types("paid SAN-2023-018");
    const view = one.platform.screen.sent(person.view()!);
    let trigger = 0;
    const submits = async (door: Door) => {
      const sent = { type: "view_submission", trigger_id: `5.${++trigger}`, team: { id: TEAM }, user: { id: user, name: "x" }, view };
      return (await door("interactive", sent)).body as { readonly response_action: string };
    };
    return { ...screen, submits, times: () => times };
  }

  test.each([
    [
      USER,
      "This form was submitted before and may have been recorded; nothing was recorded now. Look with /matter show before you open it",
    ],
    [BEA, "Ce formulaire a déjà été envoyé et a peut-être été enregistré ; rien n'a été enregistré maintenant. Regardez avec /matter show"],
  ])("while the first is at work is recorded once, and the second says what is known (%s)", async (user, words) => {
    const working = Promise.withResolvers<Answer>();
    const begun = Promise.withResolvers<void>();
    const { one, other, submits, times } = await opened(() => {
      begun.resolve();
      return working.promise;
    }, user);
    const first = submits(one.door);
    await begun.promise;
    expect(JSON.stringify(await submits(other.door))).toContain(words);
    working.resolve(said("Recorded"));
    await first;
    expect(times()).toBe(1);
    expect(await submits(other.door)).toEqual({ response_action: "clear" });
    expect(times()).toBe(1);
  });

  test("is acknowledged by the second as by the first, where that is done soon", async () => {
    const { one, other, submits, times } = await opened(async () => {
      await new Promise((resolve) => setTimeout(resolve, 300));
      return said("Recorded");
    });
    expect(await Promise.all([submits(one.door), submits(other.door)])).toEqual([
      { response_action: "clear" },
      { response_action: "clear" },
    ]);
    expect(times()).toBe(1);
  });

  test("can be submitted to the other where it was wrong", async () => {
    const { one, other, submits, times } = await opened(async (count) =>
      count === 1 ? { fields: { ref: "Not that one" }, other: null } : said("Recorded"),
    );
    expect(await submits(one.door)).toMatchObject({ response_action: "errors" });
    expect(await submits(other.door)).toEqual({ response_action: "clear" });
    expect(times()).toBe(2);
  });

  test("is not recorded again where it could not be noted that it was, and its answer is shown", async () => {
    const { one, other, shown, submits, times } = await opened(async () => said("Recorded"));
    const { set } = one.host.state;
    one.host.state.set = (key, value) => (/submitted/.test(key) ? Promise.reject(new Error("SQLITE_FULL")) : set(key, value));
    expect(await submits(one.door)).toEqual({ response_action: "clear" });
    await one.idle();
    expect(shown()).toContain("Recorded");
    expect(JSON.stringify(await submits(other.door))).toContain("may have been recorded");
    expect(times()).toBe(1);
    expect(one.host.complaints).toEqual(["slack: a form was recorded, and that could not be noted"]);
  });
});

test("the same trigger from two people is not taken for one thing", async () => {
  const { one } = await both();
  one.host.answerWith(() => said("Everything is well"));
  for (const person of [one.ana, one.person({ user: BEA, userName: "bea" })])
    expect((await person.types("list", { id: "66.same" })).messages.join()).toContain("Everything is well");
});
