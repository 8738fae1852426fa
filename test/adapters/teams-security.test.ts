import { describe, expect, test } from "vitest";
import { BOT, CHANNEL, executed, happened, installation, PERSONAL, typed } from "../fakes/teams-platform/activities.ts";
import { INSECURE, key, openScene, placeIn, seenIn, startBot, titled } from "./teams-harness.ts";

describe("what the Teams adapter does not answer", () => {
  test.each([
    "https://smba.trafficmanager.net.example.org/",
    "https://evil.trafficmanager.net/",
    "https://user@smba.trafficmanager.net/",
    "http://smba.trafficmanager.net/emea/",
    "https://smba.trafficmanager.net:8443/",
    "https://smba.trafficmanager.net@example.org/",
    "https://xn--smba-.trafficmanager.net/",
    "//smba.trafficmanager.net/",
    "file:///etc/passwd",
    "nonsense",
  ])("a service URL that is not Microsoft's is neither kept nor answered: %s", async (serviceUrl) => {
    const { bot, say } = await openScene();
    for (const activity of [
      typed(serviceUrl, CHANNEL, "list"),
      installation(serviceUrl, CHANNEL, "add"),
      happened(serviceUrl, "teamRenamed"),
    ])
      expect(await say(activity)).toBe(403);
    expect([bot.heard, bot.state.size]).toEqual([[], 0]);
  });

  test("another tenant: of the conversation, of the person in a shared channel, or of the channel's data", async () => {
    const { platform, bot, say } = await openScene();
    const activity = typed(platform.serviceUrl, CHANNEL, "list");
    const foreign = [
      { ...activity, conversation: { ...activity.conversation!, tenantId: "another" }, channelData: {} },
      { ...activity, from: { ...activity.from!, tenantId: "another" } },
      { ...activity, channelData: { tenant: { id: "another" } } },
      { ...executed(platform.serviceUrl, CHANNEL, { command: "list" }, "1"), channelData: { tenant: { id: "another" } } },
      { ...installation(platform.serviceUrl, CHANNEL, "add"), channelData: { tenant: { id: "another" } } },
    ];
    for (const one of foreign) expect(await say(one)).toBe(403);
    expect([bot.heard, bot.state.size]).toEqual([[], 0]);
  });

  test("another channel than Teams, and what lacks its id or its conversation", async () => {
    const { platform, bot, say } = await openScene();
    const activity = typed(platform.serviceUrl, CHANNEL, "list");
    const { id: _id, ...unnamed } = activity;
    const { conversation: _conversation, ...nowhere } = activity;
    for (const one of [{ ...activity, channelId: "webchat" }, unnamed, nowhere]) expect(await say(one)).toBe(403);
    expect([bot.heard, bot.state.size]).toEqual([[], 0]);
  });

  test.each([
    ["no JSON", "{", 400],
    ["no object", "[]", 400],
    ["no type", "{}", 400],
    ["too much", `{"type":"message","text":"${"x".repeat(5_000_000)}"}`, 413],
  ])("a body that holds %s", async (_, body, status) => {
    const { bot } = await openScene();
    expect((await fetch(bot.endpoint, { method: "POST", body })).status).toBe(status);
  });

  test.each([
    ["numbers for words", { text: 5, from: 7, entities: "x", locale: [], recipient: { ...BOT, name: {} } }],
    ["holes in lists", { entities: [null, 5, { type: "mention" }, { type: "mention", text: "<at>x</at>", mentioned: null }] }],
    ["nested nonsense", { value: { command: { command: "list" } }, channelData: { tenant: null, team: 5 } }],
  ])("an activity with %s does no harm", async (_, strange) => {
    const { platform, say } = await openScene();
    expect([200, 403]).toContain(await say({ ...typed(platform.serviceUrl, CHANNEL, "list"), ...(strange as object) }));
  });
});

describe("a text of Teams that is made to take long", () => {
  test.each(["<at>", "<at ", "<at>x</at", "<", "<br"])(
    "%s over and over is read at once, typed or in a message that is noted",
    async (piece) => {
      const { platform, bot, say } = await openScene();
      await say(installation(platform.serviceUrl, PERSONAL, "add"));
      const long = piece.repeat(Math.floor(250_000 / piece.length));
      const messagePayload = { body: { contentType: "html", content: long } };
      const noted = { ...executed(platform.serviceUrl, PERSONAL, {}, "1"), name: "composeExtension/fetchTask" };
      const begun = performance.now();
      expect(await say(typed(platform.serviceUrl, PERSONAL, long))).toBe(200);
      expect(await say({ ...noted, value: { commandId: "note", messagePayload } })).toBe(200);
      // Read once for each beginning it would take several seconds.
      expect(performance.now() - begun).toBeLessThan(1_000);
      expect(bot.heard).toHaveLength(1);
    },
  );
});

describe("an activity of Teams that was recorded and is sent again", () => {
  test("is answered once, also by a program that was started anew", async () => {
    const { platform, bot, say } = await openScene();
    const activity = typed(platform.serviceUrl, PERSONAL, "liquidate M-1 100");
    for (let times = 0; times < 3; times++) expect(await say(activity)).toBe(200);
    expect(bot.heard).toHaveLength(1);
    const next = await startBot(INSECURE, new Map(bot.state));
    expect((await platform.deliver(next.endpoint, activity)).status).toBe(200);
    await next.adapter.settled();
    expect(next.heard).toEqual([]);
    expect(seenIn(platform, PERSONAL)).toEqual(["ok"]);
    await next.close();
  });

  test("takes the bot out of no place that it has come back to", async () => {
    const { platform, bot, say } = await openScene();
    const removal = installation(platform.serviceUrl, CHANNEL, "remove");
    await say(installation(platform.serviceUrl, CHANNEL, "add"));
    await say(removal);
    await say(installation(platform.serviceUrl, CHANNEL, "add"));
    expect(await say(removal)).toBe(200);
    expect(await bot.adapter.post(placeIn(CHANNEL), titled("due"), key())).toMatchObject({ ok: true });
  });
});

describe("a fault of ours in Teams", () => {
  test("is told under a reference that stands in the log, and says nothing else to the channel", async () => {
    const { platform, bot, say } = await openScene();
    bot.answerWith(() => {
      throw new Error("ENOENT /home/curewatch/data of eyJhbGciOiJ.eyJzdWIiOiIx.c2ln and s3cret");
    });
    expect(await say(typed(platform.serviceUrl, CHANNEL, "list"))).toBe(200);
    const said = [...platform.shown(CHANNEL), ...platform.whispered(CHANNEL)].map(({ activity }) => JSON.stringify(activity)).join();
    const [, reference] = /in its log under ([0-9a-f]{8})/.exec(said) ?? [];
    expect(said).not.toMatch(/ENOENT|curewatch\/data|eyJ/);
    expect(bot.warnings.join()).toContain(reference);
  });
});

describe("the secrets of the Teams adapter", () => {
  test("stand in no line of the log and in nothing that is kept or shown, whatever fails", async () => {
    const secret = "cl1ent~s3cret";
    const token = "eyJ0eXAiOiJKV1Qi.eyJhdWQiOiJodHRwczov.c2lnbmF0dXJl";
    const failing = { tokens: 0 };
    const tokenOf = async () => {
      failing.tokens += 1;
      if (failing.tokens % 3 === 0) throw Object.assign(new Error(`refused ${secret} ${token}`), { errorCode: "invalid_client" });
      return token;
    };
    const config = { ...INSECURE, appPassword: secret, overrides: { ...INSECURE.overrides, token: tokenOf } };
    const { platform, bot, say } = await openScene(config);
    bot.answerWith(() => {
      throw Object.assign(new Error(`Bearer ${token} ${secret}`), {
        headers: { authorization: `Bearer ${token}` },
        cause: new Error(secret),
      });
    });
    for (const status of [401, 403, 500, 200, 502, 413]) {
      platform.failWith({ kind: "answer", status });
      await say(typed(platform.serviceUrl, CHANNEL, "list"));
      const result = await bot.adapter.post(placeIn(CHANNEL), titled("due"), key());
      expect(JSON.stringify(result)).not.toMatch(/s3cret|eyJ0/);
    }
    expect(bot.logged.length).toBeGreaterThan(3);
    const everything = [bot.logged, [...bot.state], platform.shown(CHANNEL), platform.whispered(CHANNEL)]
      .map((one) => JSON.stringify(one))
      .join();
    expect(everything).not.toMatch(/s3cret|eyJ0/);
  });
});
