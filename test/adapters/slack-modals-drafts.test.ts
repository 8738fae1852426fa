import { describe, expect, test } from "vitest";
import type { Field, Form } from "../../src/ports/form.ts";
import { BEA, formOf, REF, type Screen, said, slackScreen } from "./slack-answer-screen.ts";

const DRAFT = "What you entered here before is filled in again.";
const WORDS = { draft: DRAFT, anew: "Begin anew", working: "A moment", kept: "It is kept", cut: "It was cut" };

const FIELDS: readonly Field[] = [
  REF,
  { name: "as", label: "As", required: false, kind: { type: "choice", many: false, options: [{ value: "owner", label: "Owner" }] } },
  { name: "because", label: "Because", required: false, kind: { type: "text", longest: 100 }, initial: ["as agreed"] },
];

/** Everything that is typed opens the form of that verb, for the matter that is named. */
async function forms(): Promise<Screen> {
  const screen = await slackScreen("http");
  const form = (verb: string, ref?: string): Form =>
    formOf([{ ...REF, initial: ref === undefined ? [] : [ref] }, ...FIELDS.slice(1)], { verb, words: WORDS });
  screen.host.answerWith(({ text }) => ({ ...said("-"), form: form(text.split(" ")[0]!, text.split(" ")[1]) }));
  screen.host.serve({ form: async ({ verb, values }) => form(verb, values.ref?.[0]), submit: async () => said("Recorded") });
  return screen;
}

describe("what was entered into a form", () => {
  test("and closed without submitting stands in it again, and it is said", async () => {
    const { ana } = await forms();
    expect((await ana.types("paid SAN-2023-018")).view).not.toContain(DRAFT);
    await ana.fills({ because: "late" });
    await ana.closes();
    const { view } = await ana.types("paid SAN-2023-018");
    expect(view).toContain(DRAFT);
    expect(ana.view()?.state).toMatchObject({ because: { "value/0": { value: "late" } } });
  });

  test("is kept as soon as something is chosen, whatever becomes of the modal", async () => {
    const { ana } = await forms();
    await ana.types("paid SAN-2023-018");
    await ana.fills({ because: "late", as: "Owner" });
    await ana.types("paid SAN-2023-018");
    expect(ana.view()?.state).toMatchObject({
      because: { "value/0": { value: "late" } },
      as: { "value/0": { selected_option: { value: "owner" } } },
    });
  });

  test("is kept when the submission is refused", async () => {
    const { ana, host } = await forms();
    host.serve({ submit: async () => ({ fields: { because: "No" }, other: null }) });
    await ana.types("paid SAN-2023-018");
    await ana.fills({ because: "late" });
    await ana.submits();
    expect((await ana.types("paid SAN-2023-018")).view).toContain(DRAFT);
  });

  test("is taken out by the button that begins anew, and stays out", async () => {
    const { ana } = await forms();
    await ana.types("paid SAN-2023-018");
    await ana.fills({ because: "late" });
    await ana.closes();
    await ana.types("paid SAN-2023-018");
    expect((await ana.presses("Begin anew")).view).not.toContain(DRAFT);
    expect(ana.view()?.state).toMatchObject({ because: { "value/1": { value: "as agreed" } } });
    await ana.closes();
    expect((await ana.types("paid SAN-2023-018")).view).not.toContain(DRAFT);
  });

  test("is submitted beside what stood there when the form was opened, a draft or not", async () => {
    const { ana, host } = await forms();
    const heard: object[] = [];
    host.serve({
      submit: async ({ values, stood }) => {
        heard.push({ values, stood });
        return said("Recorded");
      },
    });
    await ana.types("paid SAN-2023-018");
    await ana.fills({ because: "late" });
    await ana.closes();
    await ana.types("paid SAN-2023-018");
    await ana.submits();
    const ref = ["SAN-2023-018"];
    expect(heard).toEqual([{ values: { ref, because: ["late"] }, stood: { ref, because: ["as agreed"] } }]);
  });

  test("is gone once it was submitted", async () => {
    const { ana } = await forms();
    await ana.types("paid SAN-2023-018");
    await ana.fills({ because: "late", as: "Owner" });
    await ana.submits();
    expect((await ana.types("paid SAN-2023-018")).view).not.toContain(DRAFT);
  });

  test("is not kept where nothing was entered", async () => {
    const { ana, host } = await forms();
    await ana.types("paid SAN-2023-018");
    await ana.closes();
    expect([...host.kept.keys()].filter((key) => key.startsWith("slack/draft/"))).toEqual([]);
  });

  test("is offered to nobody else, for no other matter and no other command", async () => {
    const { ana, person } = await forms();
    await ana.types("paid SAN-2023-018");
    await ana.fills({ because: "late" });
    await ana.closes();
    const bea = person({ user: BEA, userName: "bea" });
    expect((await bea.types("paid SAN-2023-018")).view).not.toContain(DRAFT);
    expect((await ana.types("paid SAN-2023-021")).view).not.toContain(DRAFT);
    await ana.closes();
    expect((await ana.types("closed SAN-2023-018")).view).not.toContain(DRAFT);
  });

  test("is kept for the matter that was chosen, not for the one that the form was opened for", async () => {
    const { ana, host } = await forms();
    host.serve({ lookUp: async () => [{ value: "SAN-2023-021", label: "SAN-2023-021" }] });
    await ana.types("paid SAN-2023-018");
    await ana.fills({ because: "late", ref: "SAN-2023-021" });
    await ana.closes();
    expect((await ana.types("paid SAN-2023-018")).view).not.toContain(DRAFT);
    await ana.closes();
    expect((await ana.types("paid SAN-2023-021")).view).toContain(DRAFT);
    expect(ana.view()?.state).toMatchObject({ because: { "value/0": { value: "late" } } });
    await ana.submits();
    expect((await ana.types("paid SAN-2023-021")).view).not.toContain(DRAFT);
  });

  test("of one message does not stand in the note that is made of another", async () => {
    const { host, ana } = await slackScreen("http");
    const source = (address?: string): Field => ({
      ...{ name: "source", label: "Source", required: false, kind: { type: "text", longest: 300 } },
      ...(address === undefined ? {} : { initial: [address] }),
    });
    host.answerWith(({ text }) => ({ ...said("-"), form: formOf([source(text), FIELDS[2]!], { verb: "note", words: WORDS }) }));
    await ana.types("https://slack.example/1");
    await ana.fills({ because: "late" });
    await ana.closes();
    expect((await ana.types("https://slack.example/2")).view).not.toContain(DRAFT);
    await ana.closes();
    expect((await ana.types("https://slack.example/1")).view).toContain(DRAFT);
  });

  test("is all that is kept: what the form itself brings is of the day on which it is opened", async () => {
    const { host, ana } = await slackScreen("http");
    const day = (initial: string): Field => ({ name: "on", label: "Day", required: true, kind: { type: "day" }, initial: [initial] });
    host.answerWith(({ text }) => ({ ...said("-"), form: formOf([day(text), FIELDS[2]!], { words: WORDS }) }));
    await ana.types("2024-05-01");
    await ana.fills({ because: "" });
    await ana.closes();
    expect((await ana.types("2024-05-02")).view).toContain(DRAFT);
    expect(ana.view()?.state).toMatchObject({
      on: { "value/0": { selected_date: "2024-05-02" } },
      because: { "value/0": { value: null } },
    });
  });

  test("is nothing where a form was submitted as it was opened, and refused", async () => {
    const { ana, host } = await forms();
    host.serve({ submit: async () => ({ fields: { because: "No" }, other: null }) });
    await ana.types("paid SAN-2023-018");
    await ana.submits();
    expect((await ana.types("paid SAN-2023-018")).view).not.toContain(DRAFT);
  });

  test("is kept a day", async () => {
    const kept: (number | undefined)[] = [];
    const screen = await slackScreen("http", ({ state }) => ({
      state: {
        ...state,
        set: (key, value, milliseconds) => {
          if (key.startsWith("slack/draft/")) kept.push(milliseconds);
          return state.set(key, value);
        },
      },
    }));
    screen.host.answerWith(() => ({ ...said("-"), form: formOf(FIELDS) }));
    await screen.ana.types("paid SAN-2023-018");
    await screen.ana.fills({ because: "late" });
    await screen.ana.closes();
    expect(kept).toEqual([86_400_000]);
  });
});
