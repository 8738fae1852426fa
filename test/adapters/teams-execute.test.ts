import { describe, expect, test } from "vitest";
import type { Answer, ChatHost } from "../../src/ports/chat.ts";
import type { Form } from "../../src/ports/form.ts";
import { cardProblems, readButtons, readLines } from "../fakes/teams-platform/card-check.ts";
import { type DialogDesk, dialogDesk, KOUROU, shownIn } from "./teams-dialog-desk.ts";
import { titled } from "./teams-harness.ts";

const INVOKES = [
  ...["adaptiveCard/action", "task/fetch", "task/submit", "config/submit", "composeExtension/fetchTask", "composeExtension/submitAction"],
  ...["composeExtension/query", "composeExtension/selectItem", "application/search"],
];

function press(command: unknown): object {
  return { action: { type: "Action.Execute", verb: "command", data: { command } }, trigger: "manual" };
}

function answering(answer: () => Answer | Promise<Answer>): Parameters<typeof dialogDesk>[0] {
  return { over: (): Partial<ChatHost> => ({ onCommand: async () => answer() }) };
}

function pressOn(at: DialogDesk, command = "show M-1"): ReturnType<DialogDesk["sends"]> {
  return at.sends("adaptiveCard/action", press(command));
}

describe("a press on a button of Teams", () => {
  test("shows the asker alone what the matter is now in place of the pressed card", async () => {
    const at = await dialogDesk();
    await at.types(KOUROU);
    const { body } = await pressOn(at, "show SAN-2023-018");
    expect(body).toMatchObject({ statusCode: 200, type: "application/vnd.microsoft.card.adaptive" });
    expect(cardProblems(body.value)).toEqual([]);
    expect(readLines(body.value).join("\n")).toContain("Commune de Kourou");
    expect(at.told).toEqual([]);
  });

  test("says what happened where the button is stale, and records nothing", async () => {
    const at = await dialogDesk();
    await at.types(KOUROU);
    await at.confirms("closed SAN-2023-018 --on 2024-01-18");
    const { body } = await pressOn(at, "snooze SAN-2023-018 until 2024-02-01");
    expect(readLines(body.value).join("\n")).toMatch(/closed/i);
  });

  test("is answered with a message, and with the cards beside it, where they are several or for everybody", async () => {
    for (const answer of [
      { cards: [titled("complied with")], audience: "place" },
      { cards: [titled("complied with"), titled("and more")], audience: "asker" },
    ] satisfies readonly Answer[]) {
      const at = await dialogDesk(answering(() => answer));
      expect((await pressOn(at)).body).toEqual({
        statusCode: 200,
        type: "application/vnd.microsoft.activity.message",
        value: "complied with",
      });
      expect(at.told).toEqual([answer]);
    }
  });

  test("that asks for a form has the answer as it is where it has such a button already", async () => {
    const form: Form = { verb: "settings", title: "Settings", submit: "Set", cancel: "Cancel", fields: [] };
    const actions = [{ label: "Change", command: "form settings" }];
    const at = await dialogDesk(
      answering(() => ({ cards: [titled("so it is", [{ kind: "actions", actions }])], audience: "asker", form })),
    );
    expect(readButtons((await pressOn(at)).body.value).map(({ title }) => title)).toEqual(["Change"]);
  });

  test("that asks for a form has the answer in words, with a button that opens it", async () => {
    const field = { name: "on", label: "On", required: true, kind: { type: "day" } } as const;
    const ref = { name: "ref", label: "Matter", required: true, kind: { type: "text", longest: 60 }, initial: ["SAN 1"] } as const;
    const form: Form = { verb: "paid", title: "Record a payment", submit: "Record", cancel: "Cancel", fields: [ref, field] };
    const at = await dialogDesk(answering(() => ({ cards: [titled("type it")], audience: "asker", form })));
    const { body } = await pressOn(at);
    expect(readLines(body.value)).toEqual(["type it"]);
    expect(readButtons(body.value)).toMatchObject([
      { title: "Record a payment", data: { command: 'form paid "SAN 1"', msteams: { type: "task/fetch" } } },
    ]);
  });

  test("is told that it takes a moment where it does, and is answered afterwards", async () => {
    const made = Promise.withResolvers<Answer>();
    const at = await dialogDesk({ ...answering(() => made.promise), patience: 1 });
    setTimeout(() => made.resolve({ cards: [titled("late")], audience: "asker" }), 30);
    expect((await pressOn(at)).body).toMatchObject({ statusCode: 200, value: "This takes a moment." });
    expect(at.told.map(({ cards }) => cards[0]!.title)).toEqual(["late"]);
  });

  test("that takes long and then fails is told of with a reference, and nothing of why", async () => {
    const made = Promise.withResolvers<Answer>();
    const at = await dialogDesk({ ...answering(() => made.promise), patience: 1 });
    setTimeout(() => made.reject(new Error("the disk is full of secrets")), 30);
    await pressOn(at);
    expect(at.told).toMatchObject([
      { audience: "asker", cards: [{ title: expect.stringMatching(/could not be shown.*log under \w{8}\.$/) }] },
    ]);
    expect(at.faults).toHaveLength(1);
  });

  test("is told so in French to whoever reads Teams in French", async () => {
    const made = Promise.withResolvers<Answer>();
    const at = await dialogDesk({ ...answering(() => made.promise), patience: 1, language: "fr" });
    setTimeout(() => made.resolve({ cards: [titled("tard")], audience: "asker" }), 30);
    expect((await pressOn(at)).body).toMatchObject({ value: "Cela prend un instant." });
    const { body } = await at.sends("adaptiveCard/action", press(5));
    expect(body).toMatchObject({ value: { message: "Ce bouton vient d'une autre version de cette application." } });
  });
});

describe("an invoke of Teams", () => {
  test("that is not known is answered 501, and nothing is heard", async () => {
    const at = await dialogDesk(answering(() => Promise.reject(new Error("heard"))));
    for (const name of ["", "signin/verifyState", "fileConsent/invoke", "composeExtension/querySettingUrl", "constructor", "__proto__"])
      expect([name, (await at.sends(name, {})).status]).toEqual([name, 501]);
  });

  test.each(INVOKES)("%s that cannot be read is refused as Teams wants it, whatever it holds", async (name) => {
    const at = await dialogDesk();
    const odd = [undefined, null, 5, "x", [], {}, { data: null }, { data: { form: {} } }, { data: { form: { verb: "paid", known: 5 } } }];
    const more = [{ action: { data: { command: 5 } } }, { commandId: 5 }, { dataset: "nonsense" }, { matter: { value: 'x"\ny' } }];
    for (const value of [...odd, ...more]) {
      const { status, body } = await at.sends(name, value);
      const inner = body.statusCode ?? status;
      expect([JSON.stringify(value), inner]).toEqual([JSON.stringify(value), 400]);
    }
    expect(at.faults).toEqual([]);
  });

  test.each(["adaptiveCard/action", "task/fetch", "task/submit"])(
    "%s that fails is answered with a reference and nothing of why",
    async (name) => {
      const at = await dialogDesk(answering(() => Promise.reject(new Error("the password is hunter2"))));
      const { status, body } = await at.sends(name, { ...press("show M-1"), data: { command: "show M-1" } });
      expect(status).toBe(200);
      const said = name === "adaptiveCard/action" ? (body.value as { message: string }).message : String(shownIn({ body }));
      const [reference] = /[0-9a-f]{8}/.exec(said) ?? [];
      expect(said).toContain("under");
      expect(JSON.stringify(body)).not.toContain("hunter2");
      expect(at.faults).toMatchObject([{ reference, invoke: name }]);
    },
  );
});
