import { expect, test } from "vitest";
import type { FormValues } from "../../src/ports/form.ts";
import { formOf, QUIET, REF, type Screen, said, slackScreen } from "./slack-answer-screen.ts";

const DRAFT = "What you entered here before is filled in again.";
const WORDS = { draft: DRAFT, anew: "Begin anew", working: "A moment", kept: "It is kept", cut: "It was cut" };
/** Where the bot is not, Slack tells no address of a message. */
const UNTOLD = { channel: QUIET, channelName: "quiet" };
/** With the text alone, what the form knew is more than the 3,000 characters of private_metadata. */
const LONG = "word ".repeat(580).trim();

const A = { ts: "1700000000.000100", text: "A: they call for an extension" };
const B = { ts: "1700000099.000100", text: "B: they refuse the extension" };

async function notes(): Promise<Screen & { readonly noted: FormValues[] }> {
  const screen = await slackScreen("http");
  const noted: FormValues[] = [];
  const field = (name: string, longest: number, initial: readonly string[] = []) =>
    ({ name, label: name, required: false, kind: { type: "text", longest }, initial }) as const;
  screen.host.serve({
    form: async ({ verb, values }) =>
      formOf([{ ...REF, initial: [] }, field("text", 3_000, values.text), field("source", 300, values.source)], { verb, words: WORDS }),
    lookUp: async () => [{ value: "SAN-2023-018", label: "SAN-2023-018" }],
    submit: async ({ values }) => {
      noted.push(values);
      return said("Noted");
    },
  });
  screen.host.answerWith(() => ({
    ...said("-"),
    form: formOf([{ ...REF, initial: [] }, field("text", 3_000), field("source", 300)], { verb: "note", words: WORDS }),
  }));
  return { ...screen, noted };
}

const textIn = (person: { view(): { state: unknown } | null }) => JSON.stringify((person.view()?.state as { text?: unknown })?.text);

test("what was entered of one message is not filled in over the words of another, where Slack tells no address of either", async () => {
  const { person, noted } = await notes();
  const ana = person(UNTOLD);
  await ana.usesOn("note_on_matter", A);
  await ana.fills({ text: "A: agreed until 20 December" });
  await ana.closes();
  expect((await ana.usesOn("note_on_matter", B)).view).not.toContain(DRAFT);
  await ana.fills({ ref: "SAN-2023-018" });
  await ana.submits();
  expect(noted).toEqual([{ ref: ["SAN-2023-018"], text: [B.text] }]);
  expect((await ana.usesOn("note_on_matter", A)).view).toContain(DRAFT);
  expect(textIn(ana)).toContain("A: agreed until 20 December");
});

test("nor where the address comes too late: the message is known without it", async () => {
  const { ana, platform } = await notes();
  for (const _ of [1, 2]) platform.failNext({ kind: "refusal", error: "ratelimited" }, { method: "chat.getPermalink" });
  await ana.usesOn("note_on_matter", A);
  await ana.fills({ text: "A: agreed" });
  await ana.closes();
  expect((await ana.usesOn("note_on_matter", B)).view).not.toContain(DRAFT);
});

test("of a long message, whose words are more than a form carries, it stands neither in another one nor in a note that is made of none", async () => {
  const { ana, platform, person } = await notes();
  for (const who of [ana, person(UNTOLD)]) {
    await who.usesOn("note_on_matter", { ts: "1700000199.000100", text: `FIRST ${LONG}` });
    await who.fills({ ref: "SAN-2023-018" });
    await who.closes();
    expect((await who.usesOn("note_on_matter", { ts: "1700000299.000100", text: `SECOND ${LONG}` })).view).not.toContain(DRAFT);
    expect(textIn(who)).toContain("SECOND");
    await who.closes();
    expect((await who.types("form note")).view).not.toContain(DRAFT);
    await who.closes();
  }
  expect(platform.views(ana.origin.user)).toEqual([]);
});

test("beginning anew of a long message brings its own words back", async () => {
  const { person, host } = await notes();
  const ana = person(UNTOLD);
  const long = { ts: "1700000199.000100", text: `FIRST ${LONG}` };
  await ana.usesOn("note_on_matter", long);
  await ana.fills({ text: "short" });
  await ana.closes();
  expect((await ana.usesOn("note_on_matter", long)).view).toContain(DRAFT);
  await ana.presses("Begin anew");
  expect(textIn(ana)).toContain("FIRST word");
  expect([...host.kept.keys()].filter((key) => key.startsWith("slack/draft/"))).toEqual([]);
});
