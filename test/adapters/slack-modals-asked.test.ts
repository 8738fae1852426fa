import { expect, test } from "vitest";
import { ownKeys } from "../../adapters/chat/slack/own-keys.ts";
import type { Answer, PersonRef } from "../../src/ports/chat.ts";
import { CHANNEL, TEAM, USER } from "../fakes/slack-platform/names.ts";
import { cardOf, formOf, REF, type Screen, said, slackScreen } from "./slack-answer-screen.ts";

const DRAFT = "What you entered here before is filled in again.";
const WORDS = { draft: DRAFT, anew: "Begin anew", working: "A moment", kept: "It is kept", cut: "It was cut" };
const FORM = formOf([REF, { name: "because", label: "Because", required: false, kind: { type: "text", longest: 100 } }], { words: WORDS });

function question(version: number): Answer {
  const actions = [{ label: "Record it", command: `paid SAN-2023-018 --because late --confirmed ${version}` }];
  return { cards: [cardOf("Nothing is recorded yet", [{ kind: "actions", actions }])], audience: "asker", asks: true };
}

/** Ana has filled in a form and is asked whether it is meant; pressing the button comes to what is given. */
async function asked(...presses: readonly Answer[]): Promise<Screen> {
  return askedAt(await slackScreen("http"), ...presses);
}

async function askedAt(screen: Screen, ...presses: readonly Answer[]): Promise<Screen> {
  const left = [...presses];
  screen.host.answerWith(({ text }) => (text.includes("--confirmed") ? left.shift()! : { ...said("-"), form: FORM }));
  screen.host.serve({ form: async () => FORM, submit: async () => question(1) });
  await screen.ana.types("paid SAN-2023-018");
  await screen.ana.fills({ because: "late" });
  expect((await screen.ana.submits()).messages.join()).toContain("Nothing is recorded yet");
  return screen;
}

async function reopened({ ana }: Screen): Promise<string | null> {
  const { view } = await ana.types("paid SAN-2023-018");
  await ana.closes();
  return view;
}

test("what was entered into a form is kept while it is asked whether it is meant", async () => {
  const screen = await asked();
  expect(await reopened(screen)).toContain(DRAFT);
});

test("and no longer once the button of the question has recorded it", async () => {
  const screen = await asked(said("Recorded"));
  await screen.ana.presses("Record it");
  expect(await reopened(screen)).not.toContain(DRAFT);
});

test("it is kept where the question is asked anew, until that is recorded", async () => {
  const screen = await asked(question(2), said("Recorded"));
  await screen.ana.presses("Record it");
  expect(await reopened(screen)).toContain(DRAFT);
  await screen.ana.presses("Record it");
  expect(await reopened(screen)).not.toContain(DRAFT);
});

test("it is kept where the button is refused, until it has recorded it", async () => {
  const screen = await asked({ ...said("Not done: the register is locked"), refused: true }, said("Recorded"));
  await screen.ana.presses("Record it");
  expect(await reopened(screen)).toContain(DRAFT);
  await screen.ana.presses("Record it");
  expect(await reopened(screen)).not.toContain(DRAFT);
});

test("the same submission delivered again asks nothing again, and keeps what was entered", async () => {
  const screen = await asked();
  expect((await screen.ana.repeats()).messages).toEqual([]);
  expect(await reopened(screen)).toContain(DRAFT);
});

test("what is noted of the question is the person's own: it goes with them", async () => {
  const { host } = await asked();
  const holding = async (text: string) =>
    [...host.kept].map(([key, value]) => ({ key, value })).filter(({ key, value }) => `${key} ${JSON.stringify(value)}`.includes(text));
  const own = await ownKeys.notesOf(`slack:${TEAM}/${USER}` as PersonRef, holding as never);
  expect(own.map(({ key }) => key).filter((key) => key.startsWith("slack/asked/"))).toHaveLength(1);
});

test("what is noted of it lies where the form was filled in: a channel may be another desk's than its workspace", async () => {
  const { host } = await asked();
  const rows = [...host.kept].map(([key, value]) => ({ key, value }));
  const own = await ownKeys.notesOf(`slack:${TEAM}/${USER}` as PersonRef, async (text) => rows.filter(({ key }) => key.includes(text)));
  const noted = own.filter(({ key }) => /^slack\/(asked|draft)\//.test(key) && !key.endsWith("/stood"));
  expect(noted.map(({ at }) => at)).toEqual([`slack:${TEAM}/${CHANNEL}`, `slack:${TEAM}/${CHANNEL}`]);
});

test("a submission that was refused before it ran keeps what was entered, and can be submitted again", async () => {
  const screen = await slackScreen("http");
  const answers: Answer[] = [{ ...said("Not done by a fault of ours; nothing was recorded"), refused: true }, said("Recorded")];
  screen.host.answerWith(() => ({ ...said("-"), form: FORM }));
  screen.host.serve({ form: async () => FORM, submit: async () => answers.shift()! });
  await screen.ana.types("paid SAN-2023-018");
  await screen.ana.fills({ because: "late" });
  expect((await screen.ana.submits()).messages.join()).toContain("nothing was recorded");
  expect([...screen.host.kept.keys()].filter((key) => key.startsWith("slack/submitted/"))).toEqual([]);
  expect((await screen.ana.types("paid SAN-2023-018")).view).toContain(DRAFT);
  expect((await screen.ana.submits()).messages.join()).toContain("Recorded");
  expect(await reopened(screen)).not.toContain(DRAFT);
});

test("what was entered into the form after the question is its own, and stays when the question's button records it", async () => {
  const screen = await asked(said("Recorded"));
  await screen.ana.types("paid SAN-2023-018");
  await screen.ana.fills({ because: "a second payment" });
  await screen.ana.closes();
  await screen.ana.presses("Record it");
  const kept = [...screen.host.kept].filter(([key]) => key.startsWith("slack/draft/")).map(([, value]) => value);
  expect(kept).toContainEqual({ because: ["a second payment"] });
  expect(await reopened(screen)).toContain(DRAFT);
});

test("what was entered stays where another button than the question's own is pressed", async () => {
  const screen = await slackScreen("http");
  const settings = cardOf("This place is told", [{ kind: "actions", actions: [{ label: "Settings", command: "settings" }] }]);
  const { cards } = question(1);
  screen.host.answerWith(({ text }) => (text === "settings" ? said("Set") : { ...said("-"), form: FORM }));
  screen.host.serve({ form: async () => FORM, submit: async () => ({ ...question(1), cards: [...cards, settings] }) });
  await screen.ana.types("paid SAN-2023-018");
  await screen.ana.fills({ because: "late" });
  await screen.ana.submits();
  expect((await screen.ana.presses("Settings")).messages.join()).toContain("Set");
  expect(await reopened(screen)).toContain(DRAFT);
});

/** The screen, whose store refuses every such call from when it is said. */
async function forgetful(call: "get" | "delete", kind: RegExp): Promise<{ readonly screen: Screen; readonly breaks: () => void }> {
  let isBroken = false;
  const screen = await slackScreen("http", ({ state }) => ({
    state: {
      ...state,
      [call]: async (key: string) => (isBroken && kind.test(key) ? Promise.reject(new Error("the store is away")) : state[call](key)),
    },
  }));
  const breaks = () => {
    isBroken = true;
  };
  return { screen, breaks };
}

test.each(["get", "delete"] as const)(
  "the question's button records, and its answer is shown, where the store fails at %s",
  async (call) => {
    const { screen, breaks } = await forgetful(call, /^slack\/(asked|draft)/);
    await askedAt(screen, said("Recorded"));
    breaks();
    expect((await screen.ana.presses("Record it")).messages.join()).toContain("Recorded");
    expect(screen.host.complaints.join()).toContain("could not be looked up");
  },
);

test("a button of a plain card does not ask the store for a question first", async () => {
  const { screen, breaks } = await forgetful("get", /^slack\/asked/);
  const list = cardOf("List", [{ kind: "actions", actions: [{ label: "Show", command: "show SAN-2023-018" }] }]);
  screen.host.answerWith(({ text }) => (text === "list" ? { cards: [list], audience: "asker" } : said("It stands so")));
  await screen.ana.types("list");
  breaks();
  expect((await screen.ana.presses("Show")).messages.join()).toContain("It stands so");
  expect(screen.host.complaints).toEqual([]);
});
