import { describe, expect, test } from "vitest";
import { adaptiveCard } from "../../adapters/chat/teams/adaptive-card.ts";
import type { Answer, ChatHost } from "../../src/ports/chat.ts";
import type { FormProblems } from "../../src/ports/form.ts";
import { readButtons, readLines } from "../fakes/teams-platform/card-check.ts";
import { type DialogDesk, dialogDesk, dialogIn, KOUROU, pressed, type Shown, shownIn } from "./teams-dialog-desk.ts";
import { titled } from "./teams-harness.ts";

const PAID = { data: { command: "form paid SAN-2023-018" } };
const ENTERED = { on: "2024-01-10", for: "fine", amount: "5000" };

/** The form of a payment, open before a desk whose submissions go otherwise. */
async function opened(
  submit: (host: ChatHost) => ChatHost["submit"],
  patience = 10_000,
): Promise<{ readonly at: DialogDesk; readonly form: Shown }> {
  const at = await dialogDesk({ patience, over: (host) => ({ submit: submit(host) }) });
  await at.types(KOUROU);
  return { at, form: dialogIn(await at.sends("task/fetch", PAID)) };
}

function submits({ at, form }: { readonly at: DialogDesk; readonly form: Shown }): ReturnType<DialogDesk["sends"]> {
  return at.sends("task/submit", pressed(form, [...form.buttons.keys()][0]!, ENTERED));
}

async function late<Result>(result: Result): Promise<Result> {
  await new Promise((resolve) => setTimeout(resolve, 30));
  return result;
}

describe("a form that Teams submits", () => {
  test("and that fails is answered with a reference, and what was entered stands in it again", async () => {
    const one = await opened(() => () => Promise.reject(new Error("the disk is full of secrets")));
    const said = shownIn(await submits(one));
    expect(said).toMatch(/log under [0-9a-f]{8}/);
    expect(said).not.toContain("secrets");
    const again = dialogIn(await one.at.sends("task/fetch", PAID));
    expect(again.inputs.get("amount")).toMatchObject({ value: "5000" });
  });

  test("and that takes long is said to be worked on; what came of it is told to its asker alone", async () => {
    const one = await opened((host) => async (submission) => late(await host.submit(submission)), 1);
    expect(shownIn(await submits(one))).toBe("This takes a moment. The answer comes into the conversation.");
    expect(one.at.told).toMatchObject([{ audience: "asker", cards: [{ title: "Recorded · SAN-2023-018" }] }]);
    expect(shownIn(await submits(one))).toBeNull();
    expect((await one.at.desk.register.all())[0]!.events.filter(({ event }) => event.type === "paid")).toHaveLength(1);
  });

  test("and that takes long and then fails is told of with a reference, and what was entered stands in it again", async () => {
    const fails = async () => {
      await late(null);
      throw new Error("the disk is full of secrets");
    };
    const one = await opened(() => fails, 1);
    await submits(one);
    expect(one.at.told).toMatchObject([{ audience: "asker", cards: [{ title: expect.stringMatching(/log under [0-9a-f]{8}\.$/) }] }]);
    expect(dialogIn(await one.at.sends("task/fetch", PAID)).inputs.get("amount")).toMatchObject({ value: "5000" });
  });

  test.each([
    ["en", "This takes a moment. The answer comes into the conversation."],
    ["fr", "Cela prend un instant. La réponse arrive dans la conversation."],
  ] as const)("by a button of a card, and that takes long, is not to be pressed again: its answer comes (%s)", async (language, words) => {
    const answer: Answer = { cards: [titled("Recorded")], audience: "asker" };
    const at = await dialogDesk({ patience: 1, language, over: () => ({ onCommand: async () => late(answer) }) });
    expect(shownIn(await at.sends("task/submit", { data: { command: "closed SAN-2023-018 --confirmed x" } }))).toBe(words);
    expect(at.told).toEqual([answer]);
  });

  test("and that takes long and is wrong is told with what is wrong, and opened again with what was entered", async () => {
    const problems: FormProblems = { fields: { amount: "An amount, please." }, other: "Nothing was recorded." };
    const one = await opened(() => async () => late(problems), 1);
    await submits(one);
    const [card] = one.at.told[0]!.cards;
    expect(readLines(adaptiveCard(card!)).join("\n")).toContain("An amount, please.");
    expect(readButtons(adaptiveCard(card!))).toMatchObject([
      { data: { command: "form paid CNIL:SAN-2023-018", msteams: { type: "task/fetch" } } },
    ]);
    expect(dialogIn(await one.at.sends("task/fetch", PAID)).inputs.get("amount")).toMatchObject({ value: "5000" });
    const said = readLines(adaptiveCard(card!)).join("\n");
    expect(said).toContain("What you entered is kept for a day: press the button to go on with it.");
    expect(said).not.toContain("type form");
  });

  test.each([
    ["en", "open the form at that message again to go on with it."],
    ["fr", "rouvrez le formulaire sur ce message pour la reprendre."],
  ] as const)(
    "of a message, and that takes long and is wrong, is opened again at that message: no line brings it back (%s)",
    async (language, words) => {
      const submit = async () => late<FormProblems>({ fields: {}, other: "No." });
      const at = await dialogDesk({ patience: 1, language, over: () => ({ submit }) });
      const noted = async () =>
        dialogIn(
          await at.sends("composeExtension/fetchTask", {
            commandId: "note",
            messagePayload: { id: "1700000000001", body: { contentType: "text", content: "They call" } },
          }),
        );
      const form = await noted();
      await at.sends("task/submit", pressed(form, [...form.buttons.keys()][0]!, { text: "They agree" }));
      const card = adaptiveCard(at.told[0]!.cards[0]!);
      expect(readLines(card).join("\n")).toContain(words);
      expect(readButtons(card)).toEqual([]);
      expect((await noted()).inputs.get("text")).toMatchObject({ value: "They agree" });
    },
  );

  test("shows what is wrong with no field, or with one that the form has not, above them all", async () => {
    const one = await opened(() => async () => ({ fields: { elsewhere: "Not that." }, other: "Not today." }));
    const wrong = dialogIn(await submits(one));
    expect(wrong.lines.slice(0, 2)).toEqual(["Not today.", "Not that."]);
    expect(wrong.inputs.get("amount")).toMatchObject({ value: "5000" });
  });

  test("closes and shows its answer in the conversation where that is for everybody, or more than a dialog holds", async () => {
    const everybody: Answer = { cards: [titled("complied with")], audience: "place" };
    const one = await opened(() => async () => everybody);
    expect(shownIn(await submits(one))).toBeNull();
    expect(one.at.told).toEqual([everybody]);
    const large: Answer = { cards: [titled("A list", [{ kind: "text", text: ["x".repeat(40_000)] }])], audience: "asker" };
    const other = await opened(() => async () => large);
    expect(shownIn(await submits(other))).toBe("A list");
    expect(other.at.told).toEqual([large]);
  });

  test("is opened without the people whom Teams does not tell in good time: they are typed", async () => {
    const at = await dialogDesk({ patience: 200, people: () => new Promise(() => {}) });
    await at.types(KOUROU);
    const form = dialogIn(await at.sends("task/fetch", { data: { command: "form assign SAN-2023-018" } }));
    expect(form.inputs.get("person")).toMatchObject({ type: "Input.Text" });
  });

  test("of another version of this app is refused, and nothing is recorded", async () => {
    const one = await opened((host) => host.submit);
    const { status } = await one.at.sends("task/submit", { data: { ...ENTERED, form: { version: 1 } } });
    expect(status).toBe(400);
    expect((await one.at.desk.register.all())[0]!.events.some(({ event }) => event.type === "paid")).toBe(false);
  });

  test("answers a button of a card that a dialog shows in the dialog, and opens the form that it asks for there", async () => {
    const one = await opened((host) => host.submit);
    const shown = dialogIn(await one.at.sends("task/submit", { data: { command: "show SAN-2023-018" } }));
    expect(shown.lines.join("\n")).toContain("Commune de Kourou");
    expect([...shown.buttons.values()].some(({ type }) => type === "Action.Execute")).toBe(false);
    const form = dialogIn(await one.at.sends("task/submit", { data: { command: "form snooze SAN-2023-018" } }));
    expect(form.inputs.has("day")).toBe(true);
  });
});
