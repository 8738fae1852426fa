import { expect, onTestFinished, test } from "vitest";
import { slackAdapter } from "../../adapters/chat/slack/slack.ts";
import type { Card, Chart } from "../../src/ports/card.ts";
import type { DeliveryKey, Place } from "../../src/ports/chat.ts";
import type { Form } from "../../src/ports/form.ts";
import { millisecondsOf } from "../../src/time/instant.ts";
import { NOW, testHost } from "../contracts/chat-host.ts";
import type { Json } from "../fakes/slack-platform/blocks/shape.ts";
import { httpDoor } from "../fakes/slack-platform/doors.ts";
import { SIGNING_SECRET } from "../fakes/slack-platform/names.ts";
import { type Origin, slashCommand, viewAction } from "../fakes/slack-platform/payloads.ts";
import { render } from "../fakes/slack-platform/render.ts";
import { slackProxy } from "./slack-emulate-proxy.ts";
import { BOT, emulated, MANIFEST_SCOPES, READER, TEAM } from "./slack-emulated.ts";

const FORM: Form = {
  ...{ verb: "paid", title: "Payment", submit: "Record", cancel: "Cancel" },
  fields: [{ name: "on", label: "Day of payment", required: true, kind: { type: "day" } }],
};

/** The adapter before emulate, and what Ana does delivered by hand. */
async function open(scopes: readonly string[] = MANIFEST_SCOPES) {
  const slack = await emulated({ scopes });
  const proxy = await slackProxy({ behind: slack.apiUrl, now: () => millisecondsOf(NOW), inChannel: async () => undefined });
  const host = await testHost();
  const config = { mode: "http", botToken: BOT, signingSecret: SIGNING_SECRET, apiUrl: proxy.apiUrl, pauseMilliseconds: 0 } as const;
  const adapter = slackAdapter(config);
  await adapter.start(host);
  onTestFinished(async () => {
    await adapter.stop();
    await Promise.all([host.close(), proxy.close(), slack.close()]);
  });
  const [channel, user] = [slack.ids.get("watch")!, slack.ids.get("ana")!];
  const origin: Origin = { team: TEAM, user, userName: "ana", channel, channelName: "watch" };
  const door = httpDoor(
    () => host.url,
    () => ({ now: host.clock.now() }),
  );
  return {
    slack,
    proxy,
    host,
    adapter,
    origin,
    place: `slack:${TEAM}/${channel}` as Place,
    /** A trigger of emulate's own, which lives three seconds by the machine's clock. */
    trigger: async () => String((await slack.call("views.generateTriggerId", { user_id: user }, BOT)).trigger_id),
    async type(text: string, trigger: string) {
      await door("slash_commands", slashCommand(text, trigger, proxy.responseUrl(), "/matter", origin));
      await adapter.idle();
    },
    async send(type: "interactive" | "events_api", payload: object) {
      await door(type, payload);
      await adapter.idle();
    },
    viewsSaid: (method: string) => proxy.answers.filter((answer) => answer.method === method).map(({ body }) => body),
  };
}

// emulate's triggers live three seconds by the machine's clock, which a busy machine may use up.
test("a form opens at a Slack that others wrote, by the trigger of the command, and nothing else is said", { retry: 2 }, async () => {
  const { host, slack, proxy, type, trigger, viewsSaid } = await open();
  host.answerWith(() => ({ cards: [{ title: "Type the day", tone: "calm", blocks: [] }], audience: "asker", form: FORM }));
  await type("paid SAN-2023-018", await trigger());
  expect(viewsSaid("views.open")).toMatchObject([{ ok: true, view: { type: "modal", title: { text: "Payment" } } }]);
  expect(await slack.page("views")).toContain("<td>Payment</td>");
  expect(proxy.responses).toEqual([]);
});

test("a form whose trigger somebody else used, or that was never given, is answered in words", { retry: 2 }, async () => {
  const { host, slack, proxy, type, trigger, viewsSaid } = await open();
  host.answerWith(() => ({ cards: [{ title: "Type the day", tone: "calm", blocks: [] }], audience: "asker", form: FORM }));
  const used = await trigger();
  const view = JSON.stringify({ type: "modal", title: { type: "plain_text", text: "Another" }, blocks: [] });
  expect(await slack.call("views.open", { trigger_id: used, view }, BOT)).toMatchObject({ ok: true });
  await type("paid SAN-2023-018", used);
  await type("paid SAN-2023-018", "1.made.up");
  expect(viewsSaid("views.open").map(({ error }) => error)).toEqual(["exchanged_trigger_id", "invalid_trigger_id"]);
  expect(proxy.responses.map((message) => render(message).split("\n")[0])).toEqual([
    "Slack did not open the form (exchanged_trigger_id)",
    "Type the day",
    "Slack did not open the form (invalid_trigger_id)",
    "Type the day",
  ]);
});

test("a command that is delivered again opens its form once, and nothing more is said", {
  retry: 2,
}, async () => {
  const { host, proxy, type, trigger, viewsSaid } = await open();
  host.answerWith(() => ({ cards: [{ title: "Type the day", tone: "calm", blocks: [] }], audience: "asker", form: FORM }));
  const same = await trigger();
  await Promise.all([type("paid SAN-2023-018", same), type("paid SAN-2023-018", same)]);
  await type("paid SAN-2023-018", same);
  expect(viewsSaid("views.open").map(({ ok, error = ok }) => error)).toEqual([true]);
  expect(proxy.responses).toEqual([]);
});

test("Home is published there, and its pages are turned", async () => {
  const { host, origin, send, viewsSaid } = await open();
  const cards = Array.from({ length: 300 }, (_, index): Card => ({ title: `Matter ${index}`, tone: "calm", blocks: [] }));
  host.serve({ home: async () => ({ cards, previous: "Previous page", next: "Next page" }) });
  const event = { type: "app_home_opened", user: origin.user, channel: "D0HOME", tab: "home", event_ts: "1.1" };
  await send("events_api", { type: "event_callback", team_id: TEAM, event_id: "Ev1", event_time: 1, event });
  const [{ view }] = viewsSaid("views.publish") as unknown as [{ view: Json }];
  expect(render({ blocks: view.blocks as readonly Json[] })).toContain("Matter 0\n");
  const buttons = (view.blocks as readonly Json[])
    .filter(({ type }) => type === "actions")
    .flatMap(({ elements }) => elements as readonly Json[]);
  const next = buttons.find(({ text }) => (text as Json).text === "Next page")!;
  await send("interactive", viewAction({ ...next, block_id: "b", action_ts: "1" }, view, "1.trigger", origin));
  const turned = viewsSaid("views.publish")[1]!.view as Json;
  expect(render({ blocks: turned.blocks as readonly Json[] })).not.toContain("Matter 0\n");
  expect(JSON.stringify(turned.blocks)).toContain("Previous page");
});

const CHART: Chart = {
  ...{ kind: "chart", title: "What has accrued", summary: "In 3 days EUR 450.00.", unit: "EUR" },
  points: [1, 2, 3].map((day) => ({ label: `day ${day}`, value: 150 * day, shown: `EUR ${150 * day}.00` })),
};

for (const [what, scopes] of [
  ["as a picture where the app may upload files", [...MANIFEST_SCOPES, "files:write"]],
  ["by its values where it may not", MANIFEST_SCOPES],
] as const)
  test(`a chart that the workspace does not draw is shown ${what}`, async () => {
    const { adapter, place, proxy, slack } = await open(scopes);
    void proxy.failNext({ kind: "refusal", error: "invalid_blocks" }, { method: "chat.postMessage" });
    const card: Card = { title: "SAN-2023-018", tone: "overdue", blocks: [CHART] };
    expect(await adapter.post(place, card, "total" as DeliveryKey)).toMatchObject({ ok: true });
    const [, channel] = place.split("/");
    const { messages } = (await slack.call("conversations.history", { channel: channel! }, READER)) as { messages: readonly Json[] };
    const shown = messages.map((message) => render(message)).join("\n");
    if (scopes.includes("files:write")) {
      expect(shown).toContain("[image: In 3 days EUR 450.00.]");
      expect(await slack.page("files")).toContain("What has accrued");
    } else {
      for (const { label, shown: value } of CHART.points) expect(shown).toContain(`${label} · ${value}`);
      expect(proxy.answers.map(({ body }) => body.error)).toContain("missing_scope");
    }
  });
