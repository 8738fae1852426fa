import { describe, expect, test } from "vitest";
import type { Answer } from "../../src/ports/chat.ts";
import type { Field, FormProblems, LookupRequest, Submission } from "../../src/ports/form.ts";
import type { Json } from "../fakes/slack-platform/blocks/shape.ts";
import { CHANNEL, TEAM, USER } from "../fakes/slack-platform/names.ts";
import { BEA, formOf, MODES, type Mode, QUIET, REF, type Screen, said, slackScreen } from "./slack-answer-screen.ts";

/** One field of each kind. */
const FIELDS: readonly Field[] = [
  REF,
  { name: "on", label: "On", required: true, kind: { type: "day" }, initial: ["2024-02-16"] },
  { name: "at", label: "At", required: false, kind: { type: "time" } },
  { name: "amount", label: "Amount", hint: "In EUR", required: false, kind: { type: "number", decimals: true } },
  { name: "because", label: "Because", required: false, kind: { type: "text", longest: 2_000, lines: true } },
  {
    name: "as",
    label: "As",
    required: false,
    kind: { type: "choice", many: false, options: [choice("assignee", "Assignee"), choice("owner", "Owner")] },
  },
  {
    name: "days",
    label: "Days",
    required: false,
    kind: { type: "choice", many: true, options: [choice("mon", "Monday"), choice("tue", "Tuesday")] },
  },
  { name: "assigned", label: "To", required: false, kind: { type: "person" } },
  { name: "place", label: "Place", required: false, kind: { type: "place" } },
  { name: "void", label: "Void", required: false, kind: { type: "flag", yes: "Yes" } },
];

const PLAIN: readonly Field[] = [REF, { name: "because", label: "Because", required: false, kind: { type: "text", longest: 200 } }];

function choice(value: string, label: string) {
  return { value, label };
}

interface Asked extends Screen {
  readonly submissions: Submission[];
  readonly lookups: LookupRequest[];
}

/** Ana types a command that opens the form; each submission is answered by the next of the answers, the last of which stays. */
async function asked(mode: Mode, fields: readonly Field[], ...answers: readonly (Answer | FormProblems)[]): Promise<Asked> {
  const submissions: Submission[] = [];
  const lookups: LookupRequest[] = [];
  const screen = await slackScreen(mode);
  screen.host.answerWith(() => ({ ...said("Type paid REF AMOUNT"), form: formOf(fields) }));
  screen.host.serve({
    form: async ({ verb }) => formOf(fields, { verb }),
    submit: async (submission) => answers[Math.min(submissions.push(submission), answers.length) - 1]!,
    lookUp: async (request) => {
      lookups.push(request);
      return [choice("SAN-2023-018", "SAN-2023-018 · CNIL"), choice("SAN-2023-021", "SAN-2023-021 · CNIL")];
    },
  });
  await screen.ana.types("paid SAN-2023-018");
  return { ...screen, submissions, lookups };
}

function element({ ana }: Screen, field: string): Json {
  const blocks = ana.view()?.view.blocks as readonly Json[];
  return blocks.find(({ block_id }) => block_id === field)?.element as Json;
}

describe.each(MODES)("a form over %s", (mode) => {
  test("opens in a modal instead of the cards, and what is entered in each kind of field comes as it was entered", async () => {
    const screen = await asked(mode, FIELDS, said("Recorded"));
    const { ana, submissions } = screen;
    expect(screen.platform.messages(CHANNEL, USER)).toEqual([]);
    const kinds = FIELDS.map(({ name }) => element(screen, name).type);
    expect(kinds).toEqual(
      [
        "external_select",
        "datepicker",
        "timepicker",
        "plain_text_input",
        "plain_text_input",
        "static_select",
        "multi_static_select",
      ].concat(["users_select", "conversations_select", "checkboxes"]),
    );
    const because = 'As "agreed" <b>&amp;</b> --on 2020-01-01\n*not bold* `code` <!channel>';
    await ana.fills({ ref: "SAN-2023-021", on: "2024-02-15", at: "14:30", amount: "1000000000000000.10", because, as: "Owner" });
    await ana.fills({ days: ["Monday", "Tuesday"], assigned: BEA, place: QUIET, void: ["yes"] });
    const seen = await ana.submits();
    expect(seen.view).toBeNull();
    expect(seen.messages.join()).toContain("Recorded");
    expect(submissions).toHaveLength(1);
    expect(submissions[0]).toMatchObject({
      verb: "paid",
      place: `slack:${TEAM}/${CHANNEL}`,
      person: `slack:${TEAM}/${USER}`,
      personName: "ana",
    });
    expect(submissions[0]!.values).toEqual({
      ...{ ref: ["SAN-2023-021"], on: ["2024-02-15"], at: ["14:30"], amount: ["1000000000000000.10"], because: [because], as: ["owner"] },
      ...{ days: ["mon", "tue"], assigned: [`slack:${TEAM}/${BEA}`], place: [`slack:${TEAM}/${QUIET}`], void: ["yes"] },
    });
    expect(submissions[0]!.mentions).toEqual([{ person: `slack:${TEAM}/${BEA}`, name: "bea" }]);
  });

  test("whose fields are wrong says so at the fields, and is submitted again", async () => {
    const { ana, submissions } = await asked(
      mode,
      FIELDS,
      { fields: { amount: "No amount: x", on: "In the future" }, other: null },
      said("Recorded"),
    );
    await ana.fills({ amount: "x" });
    expect((await ana.submits()).errors).toEqual({ amount: "No amount: x", on: "In the future" });
    await ana.fills({ amount: "100" });
    expect((await ana.submits()).messages.join()).toContain("Recorded");
    expect(submissions.map(({ values }) => values.amount)).toEqual([["x"], ["100"]]);
  });

  test.each<readonly [string, FormProblems, readonly string[]]>([
    ["no field", { fields: { amount: "No amount" }, other: "The register is locked" }, ["The register is locked", "No amount"]],
    ["a field that is not shown", { fields: { amount: "No amount", gone: "No such thing" }, other: null }, ["No such thing", "No amount"]],
    ["nothing in particular", { fields: {}, other: "The register is locked" }, ["The register is locked"]],
  ])("says above its fields what is wrong with %s, and keeps what was entered", async (_, problems, words) => {
    const { ana } = await asked(mode, FIELDS, problems, said("Recorded"));
    await ana.fills({ amount: "x", because: "late" });
    const { view } = await ana.submits();
    for (const one of words) expect(view).toContain(one);
    expect(ana.view()?.state.because).toMatchObject({ "value/0": { value: "late" } });
    expect((await ana.submits()).messages.join()).toContain("Recorded");
  });

  test("that is delivered twice runs once", async () => {
    const { ana, submissions } = await asked(mode, PLAIN, said("Recorded"));
    await ana.submits();
    await ana.repeats();
    expect(submissions).toHaveLength(1);
  });
});

describe("a form", () => {
  test("that is submitted again while it is worked on runs once, and both are acknowledged alike", async () => {
    const { ana, host, door, platform } = await asked("http", PLAIN);
    const working = Promise.withResolvers<Answer>();
    const begun = Promise.withResolvers<void>();
    let runs = 0;
    host.serve({
      submit() {
        runs += 1;
        begun.resolve();
        return working.promise;
      },
    });
    const view = platform.screen.sent(ana.view()!);
    const payload = (trigger_id: string) => ({
      type: "view_submission",
      trigger_id,
      team: { id: TEAM },
      user: { id: USER, name: "ana" },
      view,
    });
    const first = door("interactive", payload("1.one"));
    await begun.promise;
    const second = door("interactive", payload("2.two"));
    // The second is at the adapter when another request, sent after it, was answered.
    await door("interactive", { type: "view_closed", team: { id: TEAM }, user: { id: USER }, view: {} });
    working.resolve(said("Recorded"));
    expect((await Promise.all([first, second])).map(({ body }) => body)).toEqual([
      { response_action: "clear" },
      { response_action: "clear" },
    ]);
    expect(runs).toBe(1);
  });

  test("whose answer is a form goes on in the same modal", async () => {
    const next = {
      ...said("Type notified REF"),
      form: formOf([REF, { ...FIELDS[1]!, label: "Notified on" }], { verb: "notified", title: "Notification" }),
    };
    const { ana, submissions } = await asked("http", PLAIN, next, said("Recorded"));
    expect((await ana.submits()).view).toContain("Notified on");
    expect((await ana.submits()).messages.join()).toContain("Recorded");
    expect(submissions.map(({ verb }) => verb)).toEqual(["paid", "notified"]);
  });

  test("that was opened where the bot is not is answered by direct message", async () => {
    const screen = await asked("http", PLAIN, said("Recorded"));
    const ana = screen.person({ channel: QUIET, channelName: "quiet" });
    await ana.types("paid SAN-2023-018");
    const { shown } = await ana.submits();
    expect(shown.map(({ channel }) => channel)).toEqual(["D0ANA"]);
    expect(screen.submissions[0]!.place).toBe(`slack:${TEAM}/${QUIET}`);
  });

  test("that Slack does not open in time is answered in words", async () => {
    const screen = await slackScreen("http");
    screen.host.answerWith(() => {
      screen.pass(3_000);
      return { ...said("Type paid REF AMOUNT"), form: formOf(PLAIN) };
    });
    const seen = await screen.ana.types("paid");
    expect(seen.view).toBeNull();
    expect(seen.messages.join()).toContain("Type paid REF AMOUNT");
  });

  test("with a title longer than a modal's says it whole", async () => {
    const screen = await slackScreen("http");
    const title = "Extension of the time limit of SAN-2023-018";
    screen.host.answerWith(() => ({ ...said("-"), form: formOf(PLAIN, { title }) }));
    expect((await screen.ana.types("extended")).view).toContain(title);
  });

  test("with more fields than a modal holds is answered in words", async () => {
    const screen = await slackScreen("http");
    const fields = Array.from({ length: 101 }, (_, index): Field => ({ ...PLAIN[1]!, name: `f${index}` }));
    screen.host.answerWith(() => ({ ...said("Type it"), form: formOf(fields) }));
    const seen = await screen.ana.types("paid");
    expect([seen.view, seen.messages.join()]).toEqual([null, expect.stringContaining("Type it")]);
  });
});
