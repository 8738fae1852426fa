import { describe, expect, test } from "vitest";
import type { Answer } from "../../src/ports/chat.ts";
import type { FormProblems } from "../../src/ports/form.ts";
import { formOf, REF, type Screen, said, slackScreen } from "./slack-answer-screen.ts";

const WORDS = { draft: "Filled in again", anew: "Begin anew", working: "This takes a moment", kept: "Kept: type form paid", cut: "Cut" };

interface Slow extends Screen {
  /** What Slack was acknowledged with, once it was. */
  readonly acknowledged: () => Promise<unknown>;
  finish(result: Answer | FormProblems): Promise<void>;
}

/** A submission that is worked on until it is told to finish: Slack's three seconds are real ones, and so is the wait here. */
async function slow(line = "paid SAN-2023-018"): Promise<Slow> {
  const screen = await slackScreen("http");
  const working = Promise.withResolvers<Answer | FormProblems>();
  const text = (name: string) => ({ name, label: name, required: false, kind: { type: "text" as const, longest: 200 } });
  const formWith = (source: string | undefined) =>
    formOf([REF, text("because"), { ...text("source"), ...(source === undefined ? {} : { initial: [source] }) }], { words: WORDS });
  screen.host.answerWith((typed) => ({ ...said("-"), form: formWith(/--source (\S+)/.exec(typed.text)?.[1]) }));
  screen.host.serve({ form: async ({ values }) => formWith(values.source?.[0]), submit: () => working.promise });
  await screen.ana.types(line);
  await screen.ana.fills({ because: "late" });
  const on = screen.ana.view()!;
  const { team, user, userName } = screen.ana.origin;
  const view = screen.platform.screen.sent(on);
  const payload = { type: "view_submission", trigger_id: "9.slow", team: { id: team }, user: { id: user, name: userName }, view };
  const acknowledging = screen.door("interactive", payload).then(({ body }) => {
    const answer = body as { readonly response_action: string; readonly view: never };
    if (answer.response_action === "update") screen.platform.screen.replace(screen.platform.workspaces.get(team)!, on, answer.view);
    return body;
  });
  return {
    ...screen,
    acknowledged: () => acknowledging,
    async finish(result) {
      working.resolve(result);
      await screen.idle();
    },
  };
}

describe.concurrent("a submission that takes longer than Slack waits", () => {
  test("is acknowledged with words in time, and its result comes into the modal", async () => {
    const { acknowledged, finish, ana } = await slow();
    expect(JSON.stringify(await acknowledged())).toContain("This takes a moment");
    await finish(said("Recorded"));
    expect(JSON.stringify(ana.view()?.view.blocks)).toContain("Recorded");
  });

  test("shows the form again with what is wrong, and takes a second submission", async () => {
    const { acknowledged, finish, ana, host } = await slow();
    await acknowledged();
    await finish({ fields: { because: "No reason" }, other: null });
    expect(JSON.stringify(ana.view()?.view.blocks)).toContain("No reason");
    host.serve({ submit: async () => said("Recorded") });
    expect((await ana.submits()).messages.join()).toContain("Recorded");
  });

  test("of which the modal was closed meanwhile is answered in the conversation", async () => {
    const { acknowledged, finish, ana, platform } = await slow();
    await acknowledged();
    await ana.closes();
    await finish(said("Recorded"));
    const { channel, user } = ana.origin;
    expect(JSON.stringify(platform.messages(channel, user))).toContain("Recorded");
  });

  test("and is refused after its modal was closed says what is kept and how to open it again", async () => {
    const { acknowledged, finish, ana, platform, host } = await slow();
    await acknowledged();
    await ana.closes();
    await finish({ fields: {}, other: "The register is locked" });
    const { channel, user } = ana.origin;
    const shown = JSON.stringify(platform.messages(channel, user));
    for (const words of ["The register is locked", "Kept: type form paid"]) expect(shown).toContain(words);
    host.answerWith(({ text }) => ({ ...said("-"), form: formOf([REF], { title: text, words: WORDS }) }));
    expect((await ana.presses("Payment")).view).toContain("Filled in again");
  });

  test("and is refused so is found behind that button too where the line that opened its form named a source", async () => {
    const { acknowledged, finish, ana, host } = await slow("paid SAN-2023-018 --source https://example.org/decision");
    await acknowledged();
    await ana.closes();
    await finish({ fields: {}, other: "The register is locked" });
    expect((await ana.presses("Payment")).view).toContain("Filled in again");
    expect(JSON.stringify(ana.view()!.view.blocks)).toContain("https://example.org/decision");
    expect([...host.kept.keys()].filter((key) => key.startsWith("slack/draft/") && key.includes("example.org"))).toEqual([]);
  });
});
