import { afterEach, describe, expect, test, vi } from "vitest";
import { slackAdapter } from "../../adapters/chat/slack/slack.ts";
import type { Card } from "../../src/ports/card.ts";
import type { DeliveryKey, PersonRef, Place } from "../../src/ports/chat.ts";
import { chatAdapterContract } from "../contracts/chat-adapter.ts";
import { testHost } from "../contracts/chat-host.ts";
import { type SlackHarness, slackHarness } from "../fakes/slack-platform/harness.ts";
import { signedForm, slashCommand } from "../fakes/slack-platform/person.ts";
import { BOT_TOKEN, CHANNEL, SIGNING_SECRET, seen, slackPlatform, TEAM, USER } from "../fakes/slack-platform/slack-platform.ts";

chatAdapterContract("slack over HTTP", () => slackHarness("http"));
chatAdapterContract("slack over Socket Mode", () => slackHarness("socket"));

const ONCE = "matter/M-1/due" as DeliveryKey;
let opened: SlackHarness | undefined;

async function open(): Promise<SlackHarness> {
  opened = await slackHarness("http");
  return opened;
}

afterEach(async () => {
  await opened?.close();
  opened = undefined;
});

describe("a message to Slack", () => {
  test("says all of it in its text, which is what a screen reader reads", async () => {
    const { adapter, place, platform } = await open();
    const facts = [{ label: "Rate", value: ["EUR 150 & more"] }];
    const actions = [{ label: "Why", command: "why M-1" }];
    await adapter.post(
      place,
      {
        title: "M-1 <due>",
        tone: "soon",
        blocks: [
          { kind: "facts", facts },
          { kind: "actions", actions },
        ],
      },
      ONCE,
    );
    expect(platform.messages(CHANNEL)[0]).toMatchObject({
      text: "M-1 &lt;due&gt;\nRate: EUR 150 &amp; more\n[Why: why M-1]",
      mrkdwn: false,
    });
    expect(platform.calls.at(-1)!.args).toMatchObject({ unfurl_links: "false", unfurl_media: "false" });
  });

  test("mentions a person of Slack by id and names any other", async () => {
    const { adapter, place, platform } = await open();
    const people = ["slack:T0TEAM/U0ANA", "console:local"].map((person, index) => ({ person: person as PersonRef, name: `name ${index}` }));
    await adapter.post(place, { ...EMPTY, blocks: [{ kind: "text", text: [people[0]!, " and ", people[1]!] }] }, ONCE);
    expect(seen(platform.messages(CHANNEL)[0]!)).toContain("@U0ANA and name 1");
  });

  test("to a person goes to their direct messages, and can be replaced there", async () => {
    const { adapter, platform } = await open();
    const result = await adapter.post(`slack:${TEAM}/${USER}` as Place, EMPTY, ONCE);
    expect(result).toMatchObject({ ok: true, posted: expect.stringMatching(/^slack:T0TEAM\/D0ANA\/\d+\.\d+$/) });
    if (result.ok) expect(await adapter.update(result.posted, { ...EMPTY, title: "mended" })).toMatchObject({ ok: true });
    expect(platform.messages("D0ANA").map(seen)).toEqual(["mended"]);
  });

  test("whose blocks Slack refuses is shown whole in plainer ones", async () => {
    const { adapter, place, platform } = await open();
    platform.failNext({ kind: "refusal", error: "invalid_blocks" });
    expect(await adapter.post(place, { ...EMPTY, title: "*due* <!here>" }, ONCE)).toMatchObject({ ok: true });
    expect(platform.messages(CHANNEL).map(seen)).toEqual(["*due* <!here>"]);
  });

  test("that was cut off half-way goes on with the part that was refused, when it is posted again", async () => {
    const { adapter, place, platform } = await open();
    const rows = Array.from({ length: 400 }, (_, row) => [[`row ${row} ${".".repeat(60)}`]]);
    const card: Card = { ...EMPTY, blocks: [{ kind: "rows", heading: [], rows }] };
    platform.failNext({ kind: "answer", status: 429, retryAfter: "30" }, { after: 1 });
    expect(await adapter.post(place, card, ONCE)).toMatchObject({ retry: "later", afterSeconds: 30 });
    expect(await adapter.post(place, card, ONCE)).toMatchObject({ ok: true });
    const shown = platform.messages(CHANNEL).map(seen).join("\n");
    expect(shown.match(/row \d+/g)).toEqual(rows.map((_, row) => `row ${row}`));
  });

  test("with a long confirmation or a long command loses neither", async () => {
    const { adapter, place, platform } = await open();
    const actions = [
      { label: "Annul", command: "annul M-1", confirm: "sure? ".repeat(100) },
      { label: "Note", command: `note M-1 ${"&".repeat(900)}` },
    ];
    expect(await adapter.post(place, { ...EMPTY, blocks: [{ kind: "actions", actions }] }, ONCE)).toMatchObject({ ok: true });
    const shown = seen(platform.messages(CHANNEL)[0]!);
    for (const text of ["[Annul]", actions[0]!.confirm!.trim(), "Note note M-1", "&".repeat(900)]) expect(shown).toContain(text);
  });

  test("to another workspace than the bot's is refused for good", async () => {
    const { adapter } = await open();
    expect(await adapter.post("slack:T9OTHER/C1" as Place, EMPTY, ONCE)).toMatchObject({
      retry: "never",
      reason: expect.stringContaining("workspace"),
    });
  });

  for (const [code, advice] of Object.entries({
    not_in_channel: "/invite",
    is_archived: "Unarchive",
    invalid_auth: "token",
    surprise: "(surprise)",
  }))
    test(`that Slack refuses with ${code} says what to do`, async () => {
      const { adapter, place, platform } = await open();
      platform.failNext({ kind: "refusal", error: code });
      expect(await adapter.post(place, EMPTY, ONCE)).toMatchObject({ retry: "never", reason: expect.stringContaining(advice) });
    });

  test("is worth trying again where Slack cannot be reached, since nothing was sent", async () => {
    const { adapter, place, platform } = await open();
    await platform.close();
    expect(await adapter.post(place, EMPTY, ONCE)).toMatchObject({ retry: "later" });
  });

  for (const [what, then] of [
    ["that breaks off", "break"],
    ["that does not end", "wait"],
    ["of a proxy", "end"],
  ] as const)
    test(`that gets an answer ${what} may have been shown`, async () => {
      const { adapter, place, platform } = await open();
      platform.failNext({ kind: "half", body: "<html>", then });
      expect(await adapter.post(place, EMPTY, ONCE)).toMatchObject({ ok: false, retry: "unknown" });
    });

  test("is sent later where a 429 says no seconds", async () => {
    const { adapter, place, platform } = await open();
    platform.failNext({ kind: "answer", status: 429 });
    expect(await adapter.post(place, EMPTY, ONCE)).toMatchObject({ ok: false, retry: "later" });
  });
});

describe("a slash command", () => {
  test("with a mention names the person by reference, and a link by its address", async () => {
    const { adapter, host, send, platform } = await open();
    const fields = {
      ...slashCommand("", "1.t", platform.responseUrl(CHANNEL, USER)),
      text: "owner M-1 <@U7BOB|bob> &lt;ok&gt; <https://a.example/?b=1&amp;c=2>",
    };
    await send(signedForm(fields, { now: host.clock.now() }));
    await adapter.idle();
    expect(host.heard.map(({ text }) => text)).toEqual(["owner M-1 slack:T0TEAM/U7BOB <ok> https://a.example/?b=1&c=2"]);
  });

  test("of another name is answered in words", async () => {
    const { adapter, host, send, platform } = await open();
    await send(signedForm(slashCommand("list", "1.t", platform.responseUrl(CHANNEL, USER), "/other"), { now: host.clock.now() }));
    await adapter.idle();
    expect(host.heard).toEqual([]);
    expect(platform.messages(CHANNEL, USER).map(seen)).toEqual(["This app answers /matter."]);
  });

  test("whose response address is used up is answered to the asker all the same", async () => {
    const { adapter, host, send, platform } = await open();
    await send(signedForm(slashCommand("list", "1.t", `${platform.responseUrl(CHANNEL, USER)}used`), { now: host.clock.now() }));
    await adapter.idle();
    expect(platform.messages(CHANNEL, USER).map(seen)).toEqual(["ok"]);
    expect(platform.messages(CHANNEL).filter(({ user }) => user === undefined)).toEqual([]);
  });

  test("whose answer cannot be made is answered in words, and the log says why", async () => {
    const chat = await open();
    chat.answerWith(() => {
      throw new Error("a bug");
    });
    expect((await chat.type("list", { id: "7.trigger" })).join()).toContain("7.trigger");
    expect(chat.host.complaints).toEqual(["slack: a command could not be answered"]);
  });
});

describe("a connection over Socket Mode", () => {
  test("that Slack closes is opened again, also where the first attempt fails", async () => {
    opened = await slackHarness("socket");
    const { platform } = opened;
    platform.failNext({ kind: "answer", status: 500 }, { method: "apps.connections.open" });
    platform.dropConnections();
    await vi.waitFor(() => expect(platform.calls.filter(({ method }) => method === "apps.connections.open")).toHaveLength(3), {
      interval: 5,
    });
    await vi.waitFor(() => expect(platform.connections).toBe(1), { interval: 5 });
    expect(await opened.type("list")).toEqual(["ok"]);
  });

  test("is not opened again once the adapter was stopped", async () => {
    opened = await slackHarness("socket");
    await opened.adapter.stop();
    await vi.waitFor(() => expect(opened!.platform.connections).toBe(0), { interval: 5 });
    expect(await opened.adapter.post(opened.place, EMPTY, ONCE)).toMatchObject({ ok: false, retry: "later" });
  });
});

describe("starting", () => {
  const refuses = async (config: Partial<Parameters<typeof slackAdapter>[0]>): Promise<string> => {
    const [platform, host] = [await slackPlatform(), await testHost()];
    const adapter = slackAdapter({ mode: "http", botToken: BOT_TOKEN, signingSecret: SIGNING_SECRET, apiUrl: platform.apiUrl, ...config });
    const said = await adapter.start(host).then(
      () => "",
      (error: Error) => error.message,
    );
    await Promise.all([platform.close(), host.close()]);
    return said;
  };

  test("with a wrong token says which token to copy from where", async () => {
    expect(await refuses({ botToken: "xoxb-wrong" })).toContain("Bot User OAuth Token");
  });

  test("without what the mode needs says what is missing", async () => {
    expect(await refuses({ signingSecret: "" })).toContain("signing secret");
    expect(await refuses({ mode: "socket" })).toContain("connections:write");
  });

  test("with a wrong app token says so", async () => {
    expect(await refuses({ mode: "socket", appToken: "xapp-wrong" })).toContain("Socket Mode");
  });
});

const EMPTY: Card = { title: "due", tone: "calm", blocks: [] };
