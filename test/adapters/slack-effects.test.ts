import { afterEach, expect, test } from "vitest";
import type { Card } from "../../src/ports/card.ts";
import type { DeliveryKey, PersonRef } from "../../src/ports/chat.ts";
import type { Form } from "../../src/ports/form.ts";
import { HOSTILE } from "../contracts/chat-cards.ts";
import type { Json } from "../fakes/slack-platform/blocks/shape.ts";
import { effectsOf } from "../fakes/slack-platform/effects.ts";
import { type SlackHarness, slackHarness } from "../fakes/slack-platform/harness.ts";
import { readAloud, render } from "../fakes/slack-platform/render.ts";
import { CHANNEL, USER } from "../fakes/slack-platform/slack-platform.ts";

const NOTHING = { pings: [], links: [] };

/** What people write, in every place of a card where it can stand. */
const TYPED: Card = {
  title: HOSTILE,
  tone: "urgent",
  blocks: [
    { kind: "text", text: [HOSTILE, { bold: HOSTILE }] },
    { kind: "facts", facts: [{ label: HOSTILE, value: [HOSTILE] }] },
    { kind: "rows", heading: [HOSTILE], rows: [[[HOSTILE], [HOSTILE]]] },
    { kind: "note", text: [HOSTILE] },
    { kind: "chart", title: HOSTILE, summary: HOSTILE, unit: HOSTILE, points: [{ label: HOSTILE, value: 1, shown: HOSTILE }] },
    { kind: "actions", actions: [{ label: HOSTILE, command: HOSTILE, confirm: HOSTILE }] },
  ],
};

const FORM: Form = {
  ...{ verb: "paid", title: HOSTILE, submit: "Record", cancel: "Cancel", intro: [HOSTILE] },
  fields: [
    { name: "note", label: HOSTILE, hint: HOSTILE, required: false, kind: { type: "text", longest: 500 }, initial: [HOSTILE] },
    {
      ...{ name: "choice", label: HOSTILE, required: false },
      kind: { type: "choice", many: false, options: [{ value: "1", label: HOSTILE, detail: HOSTILE }] },
    },
  ],
};

let opened: SlackHarness | undefined;

async function open(): Promise<SlackHarness> {
  opened = await slackHarness("http");
  return opened;
}

afterEach(async () => {
  await opened?.close();
  opened = undefined;
});

test("what people write calls nobody and leads nowhere, in a post, an answer, a form and Home", async () => {
  const { adapter, host, place, platform, person } = await open();
  host.answerWith(() => ({ cards: [TYPED], audience: "asker" }));
  host.serve({ home: async () => ({ cards: [TYPED], previous: HOSTILE, next: HOSTILE }) });
  expect(await adapter.post(place, TYPED, "hostile" as DeliveryKey)).toMatchObject({ ok: true });
  await person.types("list");
  const messages = platform.messages(CHANNEL, USER);
  expect(messages.length).toBeGreaterThanOrEqual(2);
  expect(messages.map(effectsOf)).toEqual(messages.map(() => NOTHING));
  host.answerWith(() => ({ cards: [TYPED], audience: "asker", form: FORM }));
  await person.types("paid M-1");
  await person.opensHome();
  const views = [person.view()!, platform.home(USER)!].map(({ view }) => view);
  for (const { blocks, title } of views) {
    expect(effectsOf({ blocks: [...(blocks as readonly Json[]), ...(title === undefined ? [] : [title as Json])] })).toEqual(NOTHING);
    expect(JSON.stringify(blocks)).toContain("channel");
  }
});

test("a form shows what stands in it as it was written", async () => {
  const { host, person } = await open();
  host.answerWith(() => ({ cards: [], audience: "asker", form: FORM }));
  const { view } = await person.types("paid M-1");
  // The label and the hint of the field, the intro, and the title where it is longer than Slack's own.
  expect(view!.split(HOSTILE).length - 1).toBeGreaterThanOrEqual(4);
  await person.submits();
});

test("a mention and a link of a card call that person and lead there, in what is seen and by nothing else", async () => {
  const { adapter, place, platform } = await open();
  const blocks: Card["blocks"] = [
    {
      kind: "text",
      text: [
        { person: "slack:T0TEAM/U0ANA" as PersonRef, name: "Ana" },
        { link: "the decision", href: "https://example.org/d?a=1&b=2" },
      ],
    },
  ];
  await adapter.post(place, { title: "M-1", tone: "calm", blocks }, "mention" as DeliveryKey);
  const [message] = platform.messages(CHANNEL);
  expect(effectsOf({ blocks: message!.blocks! })).toEqual({ pings: [USER], links: ["https://example.org/d?a=1&b=2"] });
  expect(render(message!)).toContain("the decision");
});

test("a screen reader reads all that is seen", async () => {
  const { adapter, place, platform } = await open();
  await adapter.post(place, TYPED, "aloud" as DeliveryKey);
  const read = platform.messages(CHANNEL).map(readAloud).join("\n");
  expect(read.split(HOSTILE).length - 1).toBeGreaterThanOrEqual(10);
});
