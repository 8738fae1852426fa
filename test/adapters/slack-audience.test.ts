import { afterEach, describe, expect, test } from "vitest";
import type { PersonRef, Place } from "../../src/ports/chat.ts";
import { type SlackHarness, type SlackHarnessOptions, slackHarness } from "../fakes/slack-platform/harness.ts";
import { signedJson } from "../fakes/slack-platform/person.ts";
import { BOT_TOKEN, CHANNEL, DIRECT, NEEDED_SCOPES, READ_SCOPES, SCOPES, TEAM, USER } from "../fakes/slack-platform/slack-platform.ts";
import type { Being, UserOptions } from "../fakes/slack-platform/workspaces.ts";

const SECRET_ROOM = "C0SECRET";
const THREE = "C0THREE";
const TWO_PEOPLE = "D0OTHERS";
const EXTERNAL = { kind: "shared", because: "external" };
const GUESTS = { kind: "shared", because: "guests" };
const UNKNOWN = { kind: "unknown" };
const ABSENT = { kind: "unknown", because: "absent" };
const NOT_NOW = { kind: "unknown", because: "not-now" };
const INTERNAL = { kind: "internal" };
const MINUTE = 60;

let opened: SlackHarness | undefined;

afterEach(async () => {
  await opened?.close();
  opened = undefined;
});

/** Ana and others, in a public channel, a private one, and a direct conversation of three. */
async function open(others: readonly UserOptions[] = [], more: SlackHarnessOptions = {}): Promise<SlackHarness> {
  const channels = [
    { id: CHANNEL },
    { id: SECRET_ROOM, isPrivate: true, members: [USER] },
    { id: THREE, isPrivate: true, isGroupDirect: true, members: [USER, ...others.map(({ id }) => id)] },
  ];
  const users = [{ id: USER, name: "ana" }, ...others];
  const workspace = { team: TEAM, botToken: BOT_TOKEN, channels, users, scopes: SCOPES };
  opened = await slackHarness("http", { ...more, slack: { workspaces: [workspace] } });
  return opened;
}

const at = (channel: string) => `slack:${TEAM}/${channel}` as Place;
const called = ({ platform }: SlackHarness) => platform.calls.map(({ method }) => method);

describe("a channel of Slack", () => {
  test.each([CHANNEL, SECRET_ROOM, THREE])("whose members all belong to the company is internal: %s", async (channel) => {
    const { adapter } = await open([{ id: "U0BEN" }]);
    expect(await adapter.audience(at(channel))).toEqual(INTERNAL);
  });

  test.each([
    ["external", EXTERNAL],
    ["pending", EXTERNAL],
    ["organisation", INTERNAL],
  ] as const)("whose sharing is %s is told so", async (sharing, expected) => {
    const { adapter, platform } = await open();
    platform.channel(SECRET_ROOM).sharing = sharing;
    expect(await adapter.audience(at(SECRET_ROOM))).toEqual(expected);
  });

  test.each([
    ["guest", GUESTS],
    ["single-channel guest", GUESTS],
    ["stranger", EXTERNAL],
    ["deleted", INTERNAL],
  ] as const)("with a %s among its members, as among those who talk directly, is told so", async (is, expected) => {
    const { adapter, platform } = await open([{ id: "U0GIL", is }]);
    platform.channel(CHANNEL).members = [USER, "U0GIL"];
    expect(await adapter.audience(at(CHANNEL))).toEqual(expected);
    expect(await adapter.audience(at(THREE))).toEqual(expected);
  });

  test("is internal beside guests who are in other channels alone", async () => {
    const { adapter, platform } = await open([{ id: "U0GIL", is: "guest" }]);
    platform.channel(CHANNEL).members = [USER];
    expect(await adapter.audience(at(CHANNEL))).toEqual(INTERNAL);
  });

  test("whose members are in many pages is read to its last member", async () => {
    const many = Array.from({ length: 1_200 }, (_, index): UserOptions => ({ id: `U1${index}` }));
    const { adapter, platform } = await open([...many, { id: "U9LAST", is: "guest" }]);
    platform.channel(CHANNEL).members = [USER, ...many.map(({ id }) => id), "U9LAST"];
    expect(await adapter.audience(at(CHANNEL))).toEqual(GUESTS);
    expect(called(opened!).filter((method) => method === "conversations.members")).toHaveLength(3);
    expect(called(opened!)).not.toContain("users.info");
  });

  test("with members whom the workspace's list does not tell of is looked at person by person, and is unknown where they are many", async () => {
    const away = (count: number) => Array.from({ length: count }, (_, index): UserOptions => ({ id: `U2${index}`, home: "T0SISTER" }));
    const few = await open(away(3));
    few.platform.channel(CHANNEL).members = [USER, "U20"];
    expect(await few.adapter.audience(at(CHANNEL))).toEqual(EXTERNAL);
    await few.close();
    const { adapter, platform } = await open(away(21));
    platform.channel(CHANNEL).members = [USER, ...away(21).map(({ id }) => id)];
    expect(await adapter.audience(at(CHANNEL))).toEqual(UNKNOWN);
    expect(called(opened!)).not.toContain("users.info");
  });

  test.each([
    [CHANNEL, "channels:read"],
    [SECRET_ROOM, "groups:read"],
    [THREE, "mpim:read"],
  ])("is unknown without the scope of its kind, and known soon after it was granted: %s", async (channel, scope) => {
    const { adapter, platform, pass } = await open();
    platform.grant(SCOPES.filter((one) => one !== scope));
    expect(await adapter.audience(at(channel))).toEqual(UNKNOWN);
    platform.grant(SCOPES);
    pass(10 * MINUTE);
    expect(await adapter.audience(at(channel))).toEqual(INTERNAL);
  });

  test("that the bot is not in, or that there is not, is unknown, and told as one where it is absent", async () => {
    const { adapter, platform } = await open();
    platform.channel(SECRET_ROOM).isMember = false;
    expect(await adapter.audience(at(SECRET_ROOM))).toEqual(ABSENT);
    expect(await adapter.audience(at("C0NONE"))).toEqual(ABSENT);
    expect(await adapter.audience("slack:T0OTHER/C0WATCH" as Place)).toEqual(UNKNOWN);
  });

  test.each(READ_SCOPES)(
    "that Slack does not know for the bot is not told as one where it is absent without %s, for want of which Slack hides",
    async (scope) => {
      const { adapter, platform } = await open();
      platform.grant(SCOPES.filter((one) => one !== scope));
      // As Slack answers of a channel that the token may not see; the pretended one says missing_scope of those that are there.
      void platform.failNext({ kind: "refusal", error: "channel_not_found" }, { method: "conversations.info" });
      expect(await adapter.audience(at(SECRET_ROOM))).toEqual(UNKNOWN);
    },
  );

  test.each([
    ["internal", INTERNAL],
    ["external", EXTERNAL],
  ])("that is public, %s and not the bot's is told as one where it is absent, unless it may post in any", async (sharing, readers) => {
    const { adapter, platform, pass } = await open();
    Object.assign(platform.channel(CHANNEL), { isMember: false, ...(sharing === "external" ? { sharing } : {}) });
    expect(await adapter.audience(at(CHANNEL))).toEqual({ ...readers, absent: true });
    platform.grant([...SCOPES, "chat:write.public"]);
    // It is asked anew at once: no time has to pass.
    expect(await adapter.audience(at(CHANNEL))).toEqual(readers);
    platform.grant(SCOPES);
    platform.channel(CHANNEL).isMember = true;
    pass(15 * MINUTE);
    expect(await adapter.audience(at(CHANNEL))).toEqual(readers);
  });

  test("is asked about anew at once where the bot was not, so that whoever has just invited it is not told so again", async () => {
    const { adapter, platform } = await open();
    platform.channel(SECRET_ROOM).isMember = false;
    expect(await adapter.audience(at(SECRET_ROOM))).toEqual(ABSENT);
    platform.channel(SECRET_ROOM).isMember = true;
    expect(await adapter.audience(at(SECRET_ROOM))).toEqual(INTERNAL);
  });

  test("becomes shared with a guest who is invited, within a quarter of an hour", async () => {
    const { adapter, platform, pass } = await open([{ id: "U0GIL" }]);
    expect(await adapter.audience(at(CHANNEL))).toEqual(INTERNAL);
    platform.workspaces.get(TEAM)!.users.get("U0GIL")!.is = "guest" satisfies Being;
    platform.channel(CHANNEL).members = [USER, "U0GIL"];
    pass(15 * MINUTE);
    expect(await adapter.audience(at(CHANNEL))).toEqual(GUESTS);
  });

  test.each(["channel_shared", "member_joined_channel"])("is asked about at once where Slack tells of %s", async (type) => {
    const { adapter, platform, send, host } = await open();
    expect(await adapter.audience(at(CHANNEL))).toEqual(INTERNAL);
    platform.channel(CHANNEL).sharing = "external";
    const event = platform.event(TEAM, { type, channel: CHANNEL, ...(type === "channel_shared" ? {} : { user: USER }) });
    await send(signedJson(event, { now: host.clock.now() }), "/slack/events");
    await adapter.idle();
    expect(host.changes).toEqual([at(CHANNEL)]);
    expect(await adapter.audience(at(CHANNEL))).toEqual(EXTERNAL);
  });

  test("is held for what it was by the program that starts next, while Slack lets it ask no more", async () => {
    const harness = await open();
    expect(await harness.adapter.audience(at(CHANNEL))).toEqual(INTERNAL);
    await harness.restart();
    void harness.platform.failNext({ kind: "answer", status: 429, retryAfter: "30" }, { method: "conversations.info" });
    expect(await harness.adapter.audience(at(CHANNEL))).toEqual(INTERNAL);
    harness.platform.channel(CHANNEL).sharing = "external";
    harness.pass(MINUTE);
    expect(await harness.adapter.audience(at(CHANNEL))).toEqual(EXTERNAL);
  });

  test.each(["conversations.info", "conversations.members"])(
    "of which nothing was told before, while Slack is in trouble at %s, cannot be told now, and is known a minute later",
    async (method) => {
      const { adapter, platform, pass } = await open();
      for (const fault of [{ status: 429, retryAfter: "1" }, { status: 500 }]) {
        void platform.failNext({ kind: "answer", ...fault }, { method });
        const place = at(fault.status === 500 ? THREE : CHANNEL);
        expect(await adapter.audience(place)).toEqual(NOT_NOW);
        pass(MINUTE);
        expect(await adapter.audience(place)).toEqual(INTERNAL);
      }
    },
  );

  test("of which one member cannot be looked up now cannot be told now", async () => {
    const { adapter, platform, pass } = await open([{ id: "U20", home: "T0SISTER" }]);
    platform.channel(CHANNEL).members = [USER, "U20"];
    void platform.failNext({ kind: "answer", status: 500 }, { method: "users.info" });
    expect(await adapter.audience(at(CHANNEL))).toEqual(NOT_NOW);
    pass(MINUTE);
    expect(await adapter.audience(at(CHANNEL))).toEqual(EXTERNAL);
  });

  test("that many ask about at the same time is asked about once", async () => {
    const harness = await open();
    await Promise.all(Array.from({ length: 20 }, () => harness.adapter.audience(at(CHANNEL))));
    expect(called(harness).filter((method) => /^(conversations|users)\./.test(method))).toEqual([
      "conversations.info",
      "conversations.members",
      "users.list",
    ]);
  });
});

describe("a direct conversation of Slack", () => {
  test("is the person's own once they have opened it, or were written to", async () => {
    const { adapter, platform, send, host } = await open();
    platform.grant(NEEDED_SCOPES);
    expect(await adapter.audience(at(DIRECT))).toEqual(UNKNOWN);
    const event = platform.event(TEAM, { type: "app_home_opened", user: USER, channel: DIRECT, tab: "messages" });
    await send(signedJson(event, { now: host.clock.now() }), "/slack/events");
    await adapter.idle();
    expect(await adapter.audience(at(DIRECT))).toEqual({ kind: "person", person: `slack:${TEAM}/${USER}` });
  });

  test("of two other people is none of the bot's: Slack knows no such conversation for it", async () => {
    const { adapter, platform } = await open();
    // Slack asks for the scope of a conversation that the bot sees, and says of others that they are not there; the pretended one asks first.
    platform.grant([...SCOPES, "im:read"]);
    expect(await adapter.audience(at(TWO_PEOPLE))).toEqual(ABSENT);
  });
});

describe("a person of Slack", () => {
  const kindOf = ({ adapter }: SlackHarness, user: string, team = TEAM) => adapter.kindOf(`slack:${team}/${user}` as PersonRef);

  test.each([
    ["guest", "guest"],
    ["single-channel guest", "guest"],
    ["stranger", "stranger"],
    ["deleted", "stranger"],
  ] as const)("who is a %s is told so", async (is, expected) => {
    expect(await kindOf(await open([{ id: "U0GIL", is }]), "U0GIL")).toBe(expected);
  });

  test("of another workspace is a stranger, and nobody is asked", async () => {
    const harness = await open();
    const before = harness.platform.calls.length;
    expect(await kindOf(harness, USER, "T0OTHER")).toBe("stranger");
    expect(harness.platform.calls).toHaveLength(before);
  });

  test("whose own workspace is another one is a stranger", async () => {
    expect(await kindOf(await open([{ id: "U0GIL", home: "T0OTHER" }]), "U0GIL")).toBe("stranger");
  });

  test("whom Slack does not know, or does not tell of, is unknown", async () => {
    const harness = await open();
    expect(await kindOf(harness, "U0NOBODY")).toBe("unknown");
    harness.platform.grant(["commands", "chat:write"]);
    expect(await kindOf(harness, USER)).toBe("unknown");
  });

  test("who becomes a guest is known as one within a quarter of an hour", async () => {
    const harness = await open();
    expect(await kindOf(harness, USER)).toBe("member");
    harness.platform.workspaces.get(TEAM)!.users.get(USER)!.is = "guest";
    harness.pass(15 * MINUTE);
    expect(await kindOf(harness, USER)).toBe("guest");
  });
});
