import { expect, test } from "vitest";
import { calling } from "./slack-calls.ts";
import type { Json } from "./slack-platform/blocks/shape.ts";
import type { Acknowledged, Door } from "./slack-platform/doors.ts";
import { pressedButton, type SlackPerson, slackPerson } from "./slack-platform/person.ts";
import { CHANNEL, USER } from "./slack-platform/slack-platform.ts";

const plain = (text: string) => ({ type: "plain_text", text });
const input = (block_id: string, element: Json, more: Json = {}) => ({
  type: "input",
  block_id,
  label: plain(`The ${block_id}`),
  element,
  ...more,
});
const list = [
  { text: plain("Euro"), value: "EUR" },
  { text: plain("Złoty & more"), value: "PLN" },
];
const FORM = {
  type: "modal",
  ...{
    title: plain("Register"),
    submit: plain("Save"),
    close: plain("Cancel"),
    private_metadata: "m",
    callback_id: "form",
    notify_on_close: true,
  },
  blocks: [
    input("ref", { type: "plain_text_input", action_id: "v", max_length: 5 }),
    input("day", { type: "datepicker", action_id: "v", initial_date: "2024-02-18" }, { optional: true }),
    input("currency", { type: "static_select", action_id: "v", options: list }, { optional: true, dispatch_action: true }),
    input("who", { type: "external_select", action_id: "v", min_query_length: 2 }, { optional: true }),
    { type: "actions", block_id: "b", elements: [{ type: "button", action_id: "anew", text: plain("Begin & anew"), value: "a&b" }] },
  ],
};

type Heard = Json & { readonly type: string; readonly trigger_id: string };

/** A person before an app that answers so; with a form open, where the test wants one. */
async function before(answer: (heard: Heard) => unknown, isOpen = true) {
  const slack = await calling();
  const heard: Heard[] = [];
  const door: Door = async (_type, payload): Promise<Acknowledged> => {
    heard.push(payload as Heard);
    const body = answer(payload as Heard);
    return { status: 200, body };
  };
  const person: SlackPerson = slackPerson({ platform: slack.platform, door, settled: async () => {} });
  if (isOpen) await slack.call("views.open", { trigger_id: slack.platform.trigger(USER), view: FORM });
  return { ...slack, heard, person, last: () => heard.at(-1)! };
}

test("a trigger opens one view, within three seconds, in its own workspace", async () => {
  const { call, platform, clock } = await before(() => undefined, false);
  const open = (trigger_id: string, token?: string) => call("views.open", { trigger_id, view: FORM }, token);
  expect(await open("made-up")).toMatchObject({ error: "invalid_trigger_id" });
  const trigger = platform.trigger(USER);
  expect(await open(trigger)).toMatchObject({ ok: true, view: { root_view_id: expect.any(String), state: { values: { ref: {} } } } });
  expect(await open(trigger)).toMatchObject({ error: "exchanged_trigger_id" });
  const late = platform.trigger(USER);
  clock.now += 3_000;
  expect(await open(late)).toMatchObject({ error: "expired_trigger_id" });
  expect(await open(platform.trigger(USER), "xoxb-other")).toMatchObject({ error: "invalid_trigger_id" });
});

test("what is wrong with a view is said where it is", async () => {
  const { call, platform } = await before(() => undefined, false);
  const wrong = { ...FORM, title: plain("x".repeat(25)) };
  const answer = await call("views.open", { trigger_id: platform.trigger(USER), view: wrong });
  expect(answer).toMatchObject({
    error: "invalid_arguments",
    response_metadata: { messages: [expect.stringContaining("/view/title/text")] },
  });
});

test("a form is submitted with what was entered, what stood in it, and nothing for what was left empty", async () => {
  const { person, last } = await before(() => undefined);
  await person.fills({ "The ref": "M-1", currency: "Złoty & more" });
  const seen = await person.submits();
  expect(last()).toMatchObject({ type: "view_submission", user: { id: USER }, view: { private_metadata: "m", callback_id: "form" } });
  const { values } = (last().view as { readonly state: { readonly values: Json } }).state;
  expect(values).toEqual({
    ref: { v: { type: "plain_text_input", value: "M-1" } },
    day: { v: { type: "datepicker", selected_date: "2024-02-18" } },
    currency: { v: { type: "static_select", selected_option: list[1] } },
    who: { v: { type: "external_select", selected_option: null } },
  });
  expect(seen.view).toBe(null);
});

test("the client does not send what a person could not enter", async () => {
  const { person, heard } = await before(() => undefined);
  await expect(person.submits()).rejects.toThrow("not optional: ref");
  await expect(person.fills({ ref: "M-1234" })).rejects.toThrow("at most 5");
  await expect(person.fills({ ref: "M\n1" })).rejects.toThrow("one line");
  await expect(person.fills({ currency: "USD" })).rejects.toThrow("no option USD");
  await expect(person.fills({ day: "tomorrow" })).rejects.toThrow("no day");
  await expect(person.fills({ nothing: "x" })).rejects.toThrow("no field nothing");
  await expect(person.presses("Nothing")).rejects.toThrow("no button Nothing");
  expect(heard).toEqual([]);
});

test("errors stand at their fields and the form stays, and errors of other blocks are trouble", async () => {
  let errors: Json = { ref: "Taken." };
  const { person } = await before(({ type }) => (type === "view_submission" ? { response_action: "errors", errors } : undefined));
  await person.fills({ ref: "M-1" });
  const seen = await person.submits();
  expect([seen.errors, seen.view]).toEqual([{ ref: "Taken." }, expect.stringContaining("Register")]);
  errors = { b: "Not a field." };
  await expect(person.submits()).rejects.toThrow("trouble with the app: errors of a block without input: b");
});

test("an acknowledgement updates the form, lays another upon it, or clears all, and what was entered stays where it can", async () => {
  const second = { ...FORM, title: plain("Second") };
  const answers: Json[] = [
    { response_action: "update", view: second },
    { response_action: "push", view: FORM },
    { response_action: "clear" },
  ];
  const { person, platform } = await before(({ type }) => (type === "view_submission" ? answers.shift() : undefined));
  await person.fills({ ref: "M-1" });
  expect((await person.submits()).view).toContain("Second");
  expect(person.view()!.state.ref!.v).toMatchObject({ value: "M-1" });
  expect((await person.submits()).view).toContain("Register");
  expect(platform.views(USER)).toHaveLength(2);
  expect(person.view()!.state.ref!.v).toMatchObject({ value: null });
  await person.fills({ ref: "M-2" });
  expect((await person.submits()).view).toBe(null);
});

test("views lie three deep at most, and a push takes a trigger from within a view", async () => {
  const { call, platform, person } = await before(() => undefined);
  const push = (view?: string) => call("views.push", { trigger_id: platform.trigger(USER, undefined, view), view: FORM });
  expect(await push()).toMatchObject({ error: "not_found" });
  expect(await push(person.view()!.id)).toMatchObject({ ok: true });
  expect(await push(person.view()!.id)).toMatchObject({ ok: true });
  expect(await push(person.view()!.id)).toMatchObject({ error: "push_limit_reached" });
});

test("an update names the view as it was, and a view that was closed is not there", async () => {
  const { call, person, last } = await before(() => undefined);
  const { id: view_id, hash } = person.view()!;
  expect(await call("views.update", { view_id, hash: "older", view: FORM })).toMatchObject({ error: "hash_conflict" });
  expect(await call("views.update", { view_id, hash, view: FORM }, "xoxb-other")).toMatchObject({ error: "not_found" });
  expect(await call("views.update", { view_id, hash, view: FORM })).toMatchObject({ ok: true });
  await person.closes();
  expect(last()).toMatchObject({ type: "view_closed", is_cleared: false });
  expect(await call("views.update", { view_id, view: FORM })).toMatchObject({ error: "not_found" });
});

test("a choice that dispatches and a button of a form are told at once, with what is entered and without a channel", async () => {
  const { person, heard, last } = await before(() => undefined);
  await person.fills({ ref: "M-1" });
  expect(heard).toEqual([]);
  await person.fills({ currency: "EUR" });
  expect(last()).toMatchObject({ type: "block_actions", actions: [{ block_id: "currency", selected_option: list[0] }] });
  await person.presses("Begin & anew");
  expect(last()).toMatchObject({ actions: [{ action_id: "anew", value: "a&amp;b" }], state: { values: { ref: { v: { value: "M-1" } } } } });
  expect(last()).not.toHaveProperty("channel");
  expect(last()).not.toHaveProperty("response_url");
});

test("what is typed into an external select is asked for from two characters on, and chosen from what the app offers", async () => {
  const { person, heard, last } = await before(({ type }) => (type === "block_suggestion" ? { options: list } : undefined));
  expect(await person.looksUp("who", "E")).toEqual([]);
  expect(heard).toEqual([]);
  expect(await person.looksUp("who", "Eu")).toEqual(list);
  expect(last()).toMatchObject({ type: "block_suggestion", value: "Eu", block_id: "who", action_id: "v" });
  await person.fills({ who: "EUR" });
  expect(person.view()!.state.who!.v).toEqual({ type: "external_select", selected_option: list[0] });
});

test("Home, shortcuts and commands come as Slack sends them, and a second delivery is the same", async () => {
  const { person, call, heard, last } = await before(() => undefined, false);
  const { ts } = await call("chat.postMessage", { channel: CHANNEL, text: "a note" });
  await person.opensHome();
  expect(last()).toMatchObject({ type: "event_callback", event: { type: "app_home_opened", tab: "home", user: USER } });
  await call("views.publish", { user_id: USER, view: { type: "home", blocks: FORM.blocks.slice(-1) } });
  expect((await person.opensHome()).home).toContain("[Begin & anew]");
  expect(last()).toHaveProperty("event.view.hash");
  await person.uses("register_matter");
  expect(last()).toMatchObject({ type: "shortcut", callback_id: "register_matter" });
  await person.usesOn("note_on_matter", { ts, text: "a note" });
  expect(last()).toMatchObject({ type: "message_action", message: { text: "a note" }, message_ts: ts, channel: { id: CHANNEL } });
  await person.types("assign M-1 @ana <now>");
  expect(last()).toMatchObject({ command: "/matter", text: "assign M-1 <@U0ANA|ana> &lt;now&gt;" });
  await person.repeats();
  expect(heard.at(-1)).toEqual(heard.at(-2));
});

test("what the acknowledgement of a command says is shown to whoever typed it", async () => {
  const { person } = await before(() => ({ text: "Not *here*.", mrkdwn: false }), false);
  expect((await person.types("list")).messages).toEqual(["Not *here*."]);
});

test("an external id names one view, and Home is published as it was last seen", async () => {
  const { call, platform } = await before(() => undefined, false);
  const named = { ...FORM, external_id: "register" };
  expect(await call("views.open", { trigger_id: platform.trigger(USER), view: named })).toMatchObject({ ok: true });
  expect(await call("views.open", { trigger_id: platform.trigger(USER), view: named })).toMatchObject({ error: "duplicate_external_id" });
  expect(await call("views.update", { external_id: "register", view: named })).toMatchObject({ ok: true });
  const home = { user_id: USER, view: { type: "home", blocks: [] } };
  expect(await call("views.publish", home)).toMatchObject({ ok: true });
  expect(await call("views.publish", { ...home, hash: "older" })).toMatchObject({ error: "hash_conflict" });
  expect(await call("views.publish", { ...home, hash: platform.home(USER)!.hash })).toMatchObject({ ok: true });
});

test("a button of a message comes with its message and its value escaped, and one that only one person sees without the message", async () => {
  const { person, call, last } = await before(() => undefined, false);
  const shown = { channel: CHANNEL, text: "x", blocks: FORM.blocks.slice(-1) };
  await call("chat.postMessage", shown);
  await person.presses("anew");
  expect(last()).toMatchObject({
    channel: { id: CHANNEL },
    message: { text: "x" },
    container: { is_ephemeral: false },
    actions: [{ value: "a&amp;b" }],
  });
  await call("chat.postEphemeral", { ...shown, user: USER });
  await person.presses("anew");
  expect(last()).toMatchObject({ container: { is_ephemeral: true }, actions: [{ value: "a&amp;b" }] });
  expect(last()).not.toHaveProperty("message");
  expect(pressedButton({ action_id: "a", value: "<&>" }, "1", "u")).toMatchObject({ actions: [{ value: "&lt;&amp;&gt;" }] });
});
