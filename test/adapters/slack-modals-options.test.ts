import { describe, expect, test } from "vitest";
import type { Choice, Field, LookupRequest } from "../../src/ports/form.ts";
import { CHANNEL, TEAM, USER } from "../fakes/slack-platform/names.ts";
import { formOf, MODES, type Mode, REF, type Screen, said, slackScreen } from "./slack-answer-screen.ts";

async function opened(mode: Mode, fields: readonly Field[]): Promise<Screen> {
  const screen = await slackScreen(mode);
  screen.host.answerWith(() => ({ ...said("-"), form: formOf(fields) }));
  screen.host.serve({ form: async () => formOf(fields) });
  await screen.ana.types("paid");
  return screen;
}

function choices(count: number, label = (index: number) => `Choice ${index}`): readonly Choice[] {
  return Array.from({ length: count }, (_, index) => ({ value: `value-${index}`, label: label(index) }));
}

describe.each(MODES)("a list of which the options are asked for, over %s", (mode) => {
  test("is asked for what was typed, in the place and for the person of the form", async () => {
    const { host, ana } = await opened(mode, [REF]);
    const lookups: LookupRequest[] = [];
    host.serve({
      async lookUp(request) {
        lookups.push(request);
        return [{ value: "SAN-2023-021", label: "SAN-2023-021 · A & B <Ltd>", detail: "CNIL" }];
      },
    });
    const [option] = await ana.looksUp("ref", "a & b");
    expect(option).toMatchObject({
      value: "SAN-2023-021",
      text: { text: "SAN-2023-021 · A &amp; B &lt;Ltd&gt;" },
      description: { text: "CNIL" },
    });
    expect(lookups).toEqual([
      expect.objectContaining({
        of: "matter",
        query: "a & b",
        most: 100,
        place: `slack:${TEAM}/${CHANNEL}`,
        person: `slack:${TEAM}/${USER}`,
      }),
    ]);
  });

  test("has at most 100 options of 75 characters, none twice and none that Slack could not carry", async () => {
    const { host, ana } = await opened(mode, [REF]);
    const long = { value: "x".repeat(151), label: "too long to carry" };
    host.serve({ lookUp: async () => [long, ...choices(120, (index) => `${"&".repeat(80)} ${index}`), ...choices(3)] });
    const options = await ana.looksUp("ref", "");
    expect(options).toHaveLength(100);
    expect(new Set(options.map(({ value }) => value)).size).toBe(100);
    expect(options.every(({ text }) => (text as { readonly text: string }).text.length <= 75)).toBe(true);
    expect(options[0]!.value).toBe("value-0");
  });

  test("is empty, and acknowledged, where the look-up fails", async () => {
    const { host, ana } = await opened(mode, [REF]);
    host.serve({ lookUp: async () => Promise.reject(new Error("a bug")) });
    expect(await ana.looksUp("ref", "san")).toEqual([]);
    expect(host.complaints).toEqual(["slack: options could not be looked up"]);
  });
});

describe("a field of more than 100 options", () => {
  const many: Field = { name: "event", label: "Event", required: false, kind: { type: "choice", many: false, options: choices(150) } };

  test("finds them by what is typed, without accents and capitals, and keeps what was chosen", async () => {
    const options = choices(150, (index) => (index === 140 ? "Échéance passée" : `Choice ${index}`));
    const screen = await opened("http", [REF, { ...many, kind: { type: "choice", many: false, options } }]);
    const submitted: unknown[] = [];
    screen.host.serve({ submit: async ({ values }) => said(String(submitted.push(values.event))) });
    expect(await screen.ana.looksUp("event", "echeance")).toHaveLength(1);
    expect(await screen.ana.looksUp("event", "")).toHaveLength(100);
    await screen.ana.fills({ event: "Échéance passée" });
    await screen.ana.submits();
    expect(submitted).toEqual([["value-140"]]);
  });

  test("of whatever characters comes back as it was given, and travels without those that Slack might escape", async () => {
    const odd = "A & B <Ltd> 100%26 ”é”";
    const kind = (many: boolean) => ({ type: "choice", many, options: [{ value: odd, label: odd }] }) as const;
    const screen = await opened("http", [
      REF,
      { name: "one", label: "One", required: false, kind: kind(false) },
      { name: "several", label: "Several", required: false, kind: kind(true), initial: [odd] },
    ]);
    const submitted: unknown[] = [];
    screen.host.serve({ submit: async ({ values }) => said(String(submitted.push([values.one, values.several]))) });
    const values = [...JSON.stringify(screen.ana.view()?.view.blocks).matchAll(/"value":"([^"]*)"/g)].map(([, value]) => value);
    expect(values.filter((value) => /[&<>]/.test(value!))).toEqual([]);
    await screen.ana.fills({ one: odd });
    await screen.ana.submits();
    expect(submitted).toEqual([[[odd], [odd]]]);
  });

  test("shows what stands in it at first", async () => {
    const { ana } = await opened("http", [REF, { ...many, initial: ["value-149"] }]);
    expect(ana.view()?.state.event).toMatchObject({
      "value/0/own": { selected_option: { value: "value-149", text: { text: "Choice 149" } } },
    });
  });
});

describe("a field", () => {
  test("whose options Slack cannot carry, or of which there are none, is typed", async () => {
    const options = [{ value: "x".repeat(151), label: "long" }];
    const { ana } = await opened("http", [
      { name: "long", label: "Long", required: false, kind: { type: "choice", many: false, options } },
      { name: "none", label: "None", required: false, kind: { type: "choice", many: true, options: [] } },
    ]);
    expect(ana.view()?.state).toMatchObject({
      long: { "value/0": { type: "plain_text_input" } },
      none: { "value/0": { type: "plain_text_input" } },
    });
  });

  test("whose text is longer than it holds is cut, and it is said", async () => {
    const text = "é".repeat(3_500);
    const { ana } = await opened("http", [
      { name: "text", label: "Text", required: false, kind: { type: "text", longest: 9_000, lines: true }, initial: [text] },
    ]);
    expect(ana.view()?.state.text).toMatchObject({ "value/0": { value: text.slice(0, 3_000) } });
    expect(JSON.stringify(ana.view()?.view.blocks)).toContain("was cut");
  });

  test("that was typed as no day is left to be chosen", async () => {
    const { ana } = await opened("http", [{ name: "on", label: "On", required: false, kind: { type: "day" }, initial: ["16/02/2024"] }]);
    expect(ana.view()?.state.on).toMatchObject({ "value/0": { selected_date: null } });
  });
});
