import { expect, test } from "vitest";
import { ownKeys } from "../../adapters/chat/teams/own-keys.ts";
import type { Answer, PersonRef } from "../../src/ports/chat.ts";
import { NotNow } from "../../src/ports/not-now.ts";
import { type DialogDesk, dialogDesk, dialogIn, KOUROU, pressed, type Shown, shownIn } from "./teams-dialog-desk.ts";

const COMPLIED = { data: { command: "form complied SAN-2023-018" } };
const NOTHING = "Nothing is recorded yet";
const DAY = "2024-01-10";

async function opened(): Promise<{ readonly at: DialogDesk; readonly form: Shown }> {
  const at = await dialogDesk();
  await at.types(KOUROU);
  return { at, form: dialogIn(await at.sends("task/fetch", COMPLIED)) };
}

type Opened = Awaited<ReturnType<typeof opened>>;

async function submits({ at, form }: Opened): Promise<Shown> {
  return dialogIn(await at.sends("task/submit", pressed(form, [...form.buttons.keys()][0]!, { on: DAY })));
}

/** What stands in the form when it is opened again. */
async function reopened({ at }: Opened): Promise<unknown> {
  return dialogIn(await at.sends("task/fetch", COMPLIED)).inputs.get("on")?.value;
}

async function recorded({ at }: Opened): Promise<number> {
  return (await at.desk.register.all())[0]!.events.filter(({ event }) => event.type === "complied").length;
}

/** The press on the button of a card that is asked about: the one that records it. */
function confirming({ buttons }: Shown) {
  const button = [...buttons.values()].find(({ data }) => String((data as { command?: string }).command).includes("--confirmed"));
  return { data: button!.data };
}

test("a form whose question was lost on the way asks again when it is submitted again, and keeps what was entered", async () => {
  const one = await opened();
  expect((await submits(one)).lines.join("\n")).toContain(NOTHING);
  expect((await submits(one)).lines.join("\n")).toContain(NOTHING);
  expect(await recorded(one)).toBe(0);
  expect(await reopened(one)).toBe(DAY);
});

test("what was entered is kept no longer once it was recorded by the button of the question", async () => {
  const one = await opened();
  await submits(one);
  const asked = await submits(one);
  await one.at.sends("task/submit", confirming(asked));
  expect(await recorded(one)).toBe(1);
  expect(await reopened(one)).not.toBe(DAY);
});

test("nor where the question stands in the conversation, since the form took long", async () => {
  const one = await opened();
  const asked = confirming(await submits(one));
  await one.at.sends("adaptiveCard/action", { action: asked });
  expect(await recorded(one)).toBe(1);
  expect(await reopened(one)).not.toBe(DAY);
});

test("a question whose matter has changed meanwhile is asked anew, and what was entered is kept until it was recorded", async () => {
  const one = await opened();
  const asked = await submits(one);
  await one.at.types("paid SAN-2023-018 --on 2024-01-08 --amount 100 --for fine");
  const again = dialogIn(await one.at.sends("task/submit", confirming(asked)));
  expect(await recorded(one)).toBe(0);
  expect(await reopened(one)).toBe(DAY);
  await one.at.sends("task/submit", confirming(again));
  expect(await recorded(one)).toBe(1);
  expect(await reopened(one)).not.toBe(DAY);
});

test("what was entered is kept where the question's button is refused, and no longer once it was recorded after all", async () => {
  const one = await opened();
  const asked = await submits(one);
  const { store } = one.at.desk;
  const { ledger } = store;
  const append: typeof ledger.append = async () => Promise.reject(new NotNow("busy", "locked"));
  const restored = ledger.append;
  Object.assign(ledger, { append });
  expect(dialogIn(await one.at.sends("task/submit", confirming(asked))).lines.join("\n")).toContain("Not done");
  Object.assign(ledger, { append: restored });
  expect(await recorded(one)).toBe(0);
  expect(await reopened(one)).toBe(DAY);
  await one.at.sends("task/submit", confirming(asked));
  expect(await recorded(one)).toBe(1);
  expect(await reopened(one)).not.toBe(DAY);
});

test("a form that was recorded is not recorded again when it is submitted again", async () => {
  const one = await opened();
  await one.at.sends("task/submit", confirming(await submits(one)));
  const paid = dialogIn(await one.at.sends("task/fetch", { data: { command: "form note SAN-2023-018" } }));
  const press = pressed(paid, [...paid.buttons.keys()][0]!, { text: "counsel agrees" });
  await one.at.sends("task/submit", press);
  expect(shownIn(await one.at.sends("task/submit", press))).toBeNull();
});

test("what is noted of a question is the person's own: it goes with them", async () => {
  const person = "teams:29:1x" as PersonRef;
  const rows = [
    { key: `draft/${person}/teams:t/19:legal/paid`, value: {} },
    { key: `asked/${person}/abc`, value: {} },
    { key: "asked/teams:29:1xy/abc", value: {} },
  ];
  const own = await ownKeys.notesOf(person, async (text) => rows.filter(({ key }) => key.includes(text)));
  expect(own.map(({ key }) => key)).toEqual(rows.slice(0, 2).map(({ key }) => key));
});

test("what is noted of a question lies where its form was filled in: a channel may be another desk's than its tenant", async () => {
  const person = "teams:29:1x" as PersonRef;
  const rows = [{ key: `asked/${person}/abc`, value: { of: `draft/${person}/teams:t/19:legal` } }];
  const own = await ownKeys.notesOf(person, async (text) => rows.filter(({ key }) => key.includes(text)));
  expect(own).toEqual([{ key: rows[0]!.key, at: "teams:t/19:legal" }]);
});

test("a submission that was refused before it ran keeps what was entered, and can be submitted again", async () => {
  let isBusy = true;
  const refused: Answer = { cards: [{ title: "Not done by a fault of ours", tone: "calm", blocks: [] }], audience: "asker", refused: true };
  const at = await dialogDesk({ over: ({ submit }) => ({ submit: async (one) => (isBusy ? refused : submit(one)) }) });
  await at.types(KOUROU);
  const note = { data: { command: "form note SAN-2023-018" } };
  const form = dialogIn(await at.sends("task/fetch", note));
  const press = pressed(form, [...form.buttons.keys()][0]!, { text: "counsel agrees" });
  expect(dialogIn(await at.sends("task/submit", press)).title).toContain("Not done");
  expect(dialogIn(await at.sends("task/fetch", note)).inputs.get("text")?.value).toBe("counsel agrees");
  isBusy = false;
  await at.sends("task/submit", press);
  expect((await at.desk.register.all())[0]!.events).toHaveLength(1);
  expect(dialogIn(await at.sends("task/fetch", note)).inputs.get("text")?.value).not.toBe("counsel agrees");
});
