import { describe, expect, test } from "vitest";
import type { PersonRef } from "../../src/ports/chat.ts";
import { instantOf, millisecondsOf } from "../../src/time/instant.ts";
import {
  type Account,
  ANNA,
  BOB,
  BOT,
  CHANNEL,
  GROUP,
  members as membersActivity,
  ofTeam,
  PERSONAL,
  TENANT,
  typed,
} from "../fakes/teams-platform/activities.ts";
import { INSECURE, openScene, placeIn, type Scene } from "./teams-harness.ts";

const MINUTE = 60_000;
const EXTERNAL = { kind: "shared", because: "external" };
const GUESTS = { kind: "shared", because: "guests" };
const UNKNOWN = { kind: "unknown" };
const INTERNAL = { kind: "internal" };
const GIL: Account = { id: "29:gil", name: "Gil", aadObjectId: "gil" };

/** Anna has written in the channel and in a group chat. */
async function open(people: readonly Account[] = [ANNA, BOB]): Promise<Scene & { readonly people: Account[] }> {
  const everybody = [...people];
  const scene = await openScene(INSECURE, { members: everybody });
  for (const where of [CHANNEL, GROUP]) await scene.say(typed(scene.platform.serviceUrl, where, "list"));
  return { ...scene, people: everybody };
}

function personOf({ id, aadObjectId }: Account): PersonRef {
  return `teams:${aadObjectId ?? id}` as PersonRef;
}

function pass({ bot }: Scene, minutes: number): void {
  bot.clock.set(instantOf(millisecondsOf(bot.clock.now()) + minutes * MINUTE));
}

/** How many rosters Teams was asked for. */
function rosters({ platform }: Scene): number {
  return platform.requests.filter(({ path }) => path.endsWith("/pagedmembers")).length;
}

describe("a place of Teams", () => {
  test.each([CHANNEL, GROUP])("whose people are all of the tenant is internal: %s", async (where) => {
    expect(await (await open()).bot.adapter.audience(placeIn(where))).toEqual(INTERNAL);
  });

  test.each([
    ["a guest", { userRole: "guest" }, GUESTS],
    ["a guest by name", { userPrincipalName: "gil_example.org#EXT#@us.example" }, GUESTS],
    ["somebody of another tenant", { tenantId: "another" }, EXTERNAL],
    ["somebody anonymous", { userRole: "anonymous" }, EXTERNAL],
    ["somebody of whom no role is told", { userRole: "" }, UNKNOWN],
  ] as const)("with %s in its roster is told so", async (_, what, expected) => {
    const { bot } = await open([ANNA, { ...GIL, ...what }]);
    for (const where of [CHANNEL, GROUP]) expect(await bot.adapter.audience(placeIn(where))).toEqual(expected);
  });

  test("with somebody in its roster who is in no directory is shared with others", async () => {
    const { bot } = await open([ANNA, { id: "29:passer-by", name: "Passer-by" }]);
    expect(await bot.adapter.audience(placeIn(CHANNEL))).toEqual(EXTERNAL);
  });

  test.each([
    ["shared", EXTERNAL],
    ["private", INTERNAL],
    ["standard", INTERNAL],
  ])("that is a %s channel is told so", async (type, expected) => {
    const { bot, platform, say } = await open();
    await say(ofTeam(typed(platform.serviceUrl, CHANNEL, "list"), type));
    // A later activity that leaves the type out takes nothing back.
    await say(typed(platform.serviceUrl, CHANNEL, "list"));
    expect(await bot.adapter.audience(placeIn(CHANNEL))).toEqual(expected);
  });

  test("whose roster Teams does not give, and one that the bot is not in, are unknown, and the latter is told as one where it is absent", async () => {
    const { bot, platform } = await open();
    expect(await bot.adapter.audience(placeIn("19:elsewhere@thread.tacv2"))).toEqual({ ...UNKNOWN, because: "absent" });
    platform.failWith({ kind: "answer", status: 403, code: "BotNotInConversationRoster" });
    expect(await bot.adapter.audience(placeIn(CHANNEL))).toEqual(UNKNOWN);
  });

  test("of another tenant is unknown", async () => {
    const { bot } = await open();
    expect(await bot.adapter.audience(`teams:another/${CHANNEL}` as ReturnType<typeof placeIn>)).toEqual(UNKNOWN);
  });

  test("whose roster has several pages is read to its last person", async () => {
    const many = Array.from({ length: 1_100 }, (_, index): Account => ({ id: `29:p${index}`, aadObjectId: `p${index}` }));
    const scene = await open([ANNA, ...many, { ...GIL, userRole: "guest" }]);
    expect(await scene.bot.adapter.audience(placeIn(CHANNEL))).toEqual(GUESTS);
    expect(rosters(scene)).toBe(3);
  });

  test("is asked about anew when Teams tells that somebody came", async () => {
    const scene = await open();
    const { bot, platform, people, say } = scene;
    expect(await bot.adapter.audience(placeIn(CHANNEL))).toEqual(INTERNAL);
    people.push({ ...GIL, userRole: "guest" });
    expect(bot.changes).toEqual([]);
    await say(membersActivity(platform.serviceUrl, CHANNEL, { membersAdded: [GIL] }));
    expect(bot.changes).toEqual([placeIn(CHANNEL)]);
    expect(await bot.adapter.audience(placeIn(CHANNEL))).toEqual(GUESTS);
  });

  test("is one person's own where they write to the bot alone, by whichever of its names", async () => {
    const { bot, platform, say } = await open();
    await say(typed(platform.serviceUrl, PERSONAL, "list"));
    for (const place of [placeIn(PERSONAL), bot.adapter.direct(personOf(ANNA))!])
      expect(await bot.adapter.audience(place)).toEqual({ kind: "person", person: personOf(ANNA) });
  });
});

describe("a person of Teams", () => {
  test.each([
    ["a member", {}, "member"],
    ["a guest", { userRole: "guest" }, "guest"],
    ["anonymous", { userRole: "anonymous" }, "stranger"],
    ["of another tenant", { tenantId: "another" }, "stranger"],
    ["somebody of whom no role is told", { userRole: "" }, "unknown"],
  ] as const)("who is %s is told so, by the roster of where they write", async (_, what, expected) => {
    const { bot, platform, say } = await open([ANNA, { ...GIL, ...what }]);
    await say({ ...typed(platform.serviceUrl, CHANNEL, "list"), from: GIL });
    expect(await bot.adapter.kindOf(personOf(GIL))).toBe(expected);
  });

  test("whom a roster has told of is not looked up again", async () => {
    const { bot, platform } = await open([ANNA, BOB, { ...GIL, userRole: "guest" }]);
    await bot.adapter.audience(placeIn(CHANNEL));
    const before = platform.requests.length;
    expect(await bot.adapter.kindOf(personOf(BOB))).toBe("member");
    expect(await bot.adapter.kindOf(personOf(GIL))).toBe("guest");
    expect(platform.requests).toHaveLength(before);
  });

  test("who has never written is told of by their own conversation with the bot", async () => {
    const { bot } = await open([ANNA, { ...GIL, userRole: "guest" }]);
    expect(await bot.adapter.kindOf(personOf(GIL))).toBe("guest");
  });

  test("whom Teams does not know is unknown, as is the bot", async () => {
    const { bot } = await open();
    expect(await bot.adapter.kindOf("teams:nobody" as PersonRef)).toBe("unknown");
    expect(await bot.adapter.kindOf(`teams:${BOT.id}` as PersonRef)).toBe("unknown");
    expect(await bot.adapter.kindOf(`teams:${TENANT}/x` as PersonRef)).toBe("unknown");
  });

  test("who becomes a guest is known as one within a quarter of an hour", async () => {
    const scene = await open();
    expect(await scene.bot.adapter.kindOf(personOf(ANNA))).toBe("member");
    scene.people[0] = { ...ANNA, userRole: "guest" };
    pass(scene, 15);
    expect(await scene.bot.adapter.kindOf(personOf(ANNA))).toBe("guest");
  });
});
