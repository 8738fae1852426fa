import { expect, test } from "vitest";
import type { Form } from "../../src/ports/form.ts";
import { CHANNEL, executed, submitted, typed } from "../fakes/teams-platform/activities.ts";
import { dialogIn, pressed, shownIn } from "./teams-dialog-desk.ts";
import { buttonIn, openScene, type Scene, seenIn, titled } from "./teams-harness.ts";

const FORM: Form = {
  verb: "assign",
  title: "Assign it",
  submit: "Assign",
  cancel: "Cancel",
  fields: [
    { name: "ref", label: "Matter", required: true, kind: { type: "text", longest: 60 }, initial: ["M-1"] },
    { name: "person", label: "Person", required: true, kind: { type: "person" } },
  ],
};

async function invoked(
  { platform, bot }: Scene,
  name: string,
  value: unknown,
): Promise<{ readonly body: Readonly<Record<string, unknown>> }> {
  const { status, body } = await platform.deliver(bot.endpoint, { ...executed(platform.serviceUrl, CHANNEL, {}, "1"), name, value });
  await bot.adapter.settled();
  expect(status).toBe(200);
  return { body: (typeof body === "object" ? body : {}) as Readonly<Record<string, unknown>> };
}

test("what is typed and has a form is answered with a button, which opens the dialog, which is submitted: over HTTP as Teams speaks it", async () => {
  const scene = await openScene();
  const { platform, bot, say } = scene;
  const heard: unknown[] = [];
  bot.serve({
    submit: async ({ verb, values, person, overheard }) => {
      heard.push([verb, values, person, overheard]);
      return { cards: [titled("assigned")], audience: "place" };
    },
  });
  bot.answerWith(({ text }) => ({ cards: [titled(text)], audience: "place", form: FORM }));
  await say(typed(platform.serviceUrl, CHANNEL, "assign M-1"));
  const { data } = buttonIn(platform, CHANNEL, "Assign it");
  expect(data).toEqual({ msteams: { type: "task/fetch" }, command: "form assign M-1" });
  const dialog = dialogIn(await invoked(scene, "task/fetch", { data, context: { theme: "default" } }));
  expect([dialog.title, [...dialog.inputs.keys()]]).toEqual(["Assign it", ["ref", "person"]]);
  const before = seenIn(platform, CHANNEL).length;
  expect(shownIn(await invoked(scene, "task/submit", pressed(dialog, "Assign", { person: "Anna Weber" })))).toBeNull();
  expect(heard).toEqual([["assign", { ref: ["M-1"], person: ["Anna Weber"] }, bot.heard[0]!.person, undefined]]);
  expect(seenIn(platform, CHANNEL).slice(before)).toEqual(["assigned"]);
  // A client without dialogs sends the button's data as a message.
  await say(submitted(platform.serviceUrl, CHANNEL, data, "1"));
  expect(bot.heard.at(-1)!.text).toBe("form assign M-1");
});
