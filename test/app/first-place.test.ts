import { describe, expect, test } from "vitest";
import { usualSettings } from "../../src/alerts/subscription.ts";
import type { Answer, Audience, PersonRef, Place } from "../../src/ports/chat.ts";
import { CHANNEL, formDesk, textOf, usualAudience } from "../commands/form-desk.ts";

const BETWEEN_TWO = "slack:T1/D0OTHERS" as Place;
const SHARED = "slack:T1/C0SHARED" as Place;
const UNTOLD = "slack:T1/C0UNTOLD" as Place;
const UNINVITED = "slack:T1/C0UNINVITED" as Place;
const FIRST = "This is the first place";

const OTHERS: Readonly<Record<string, Audience>> = {
  [BETWEEN_TWO]: { kind: "unknown", because: "absent" },
  [SHARED]: { kind: "shared", because: "guests" },
  [UNTOLD]: { kind: "unknown" },
  [UNINVITED]: { kind: "internal", absent: true },
};

async function deskOfMany() {
  return formDesk(undefined, { audience: (place) => OTHERS[place] ?? usualAudience(place) });
}

describe("the first word of a platform", () => {
  test.each([
    [BETWEEN_TWO, "is not, or no longer, in this conversation"],
    [UNINVITED, "is not, or no longer, in this conversation"],
    [SHARED, "There are guests here"],
    [UNTOLD, "The platform does not tell who reads here"],
  ])(
    "that is typed in %s sets nothing up, and is told why nothing comes there; the first that is typed among the desk's people does",
    async (place, why) => {
      const { type, desk } = await deskOfMany();
      const told = textOf(await type("help watch", { place }));
      expect(told).toContain("nobody is reminded of anything yet");
      expect(told).toContain(why);
      expect(told).not.toContain(FIRST);
      expect(await desk.store.subscriptions.all()).toEqual([]);
      expect(await desk.store.state("first-place").get("slack")).toBeUndefined();
      expect(textOf(await type("list"))).toContain(FIRST);
      expect((await desk.store.subscriptions.all()).map((one) => one.place)).toEqual([CHANNEL]);
      expect(textOf(await type("list", { place }))).not.toContain("nobody is reminded");
    },
  );

  test("may be typed in a person's own conversation with the bot", async () => {
    const { type, desk } = await deskOfMany();
    const place = "slack:T1/U1/dm" as Place;
    expect(textOf(await type("list", { place }))).toContain(FIRST);
    expect((await desk.store.subscriptions.all()).map((one) => one.place)).toEqual([place]);
  });
});

describe("a conversation in which the bot is not", () => {
  test.each(["watch authority:CNIL", "watch", "operations here"])("is not set up by %s, which says what to do instead", async (line) => {
    const { type, desk } = await deskOfMany();
    await type("list");
    const told = textOf(await type(line, { place: BETWEEN_TWO }));
    expect(told).toContain("is not, or no longer, in this conversation");
    expect(told).toContain("To a direct message between people it cannot be added");
    expect(await desk.store.subscriptions.of(BETWEEN_TWO)).toBeNull();
    expect(await desk.store.state("desk").get("operations")).toBeUndefined();
  });

  test("is told so by settings and watches", async () => {
    const { type } = await deskOfMany();
    await type("list");
    for (const line of ["settings --lang en", "watches"])
      expect(textOf(await type(line, { place: BETWEEN_TWO }))).toContain("is not, or no longer, in this conversation");
  });

  test("is not a place to which anything can be escalated", async () => {
    const { type, desk } = await deskOfMany();
    await type("list");
    expect(textOf(await type(`escalate --to ${BETWEEN_TWO} --after 4h`))).toContain(`is not, or no longer, in ${BETWEEN_TWO}`);
    expect((await desk.store.subscriptions.of(CHANNEL))?.escalation).toBeNull();
  });
});

describe("that a place is not the first", () => {
  const NOT = "No place watches anything yet";

  test.each(["watch", "watch authority:CNIL", "settings", "settings --internal yes"])(
    "is not added to %s, which says itself what comes there",
    async (line) => {
      const { type } = await deskOfMany();
      expect(textOf(await type(line, { place: UNTOLD }))).not.toContain(NOT);
    },
  );

  test("is told once in each place, and to nobody once a place of any platform watches", async () => {
    const { type, desk } = await deskOfMany();
    expect(textOf(await type("help", { place: UNTOLD }))).toContain(NOT);
    expect(textOf(await type("list", { place: UNTOLD }))).not.toContain(NOT);
    expect(textOf(await type("list", { place: SHARED }))).toContain(NOT);
    const by = await desk.store.people.idOf("teams:ana" as PersonRef, "ana");
    const since = desk.clock.now();
    const elsewhere = "teams:T/1" as Place;
    await desk.store.subscriptions.settle(usualSettings(elsewhere, "en", "Europe/Paris", by, since));
    await desk.store.subscriptions.add(elsewhere, { filters: [], by, since });
    expect(textOf(await type("list", { place: BETWEEN_TWO }))).not.toContain(NOT);
  });

  test.each([
    ["list --here", {}],
    ["list", { overheard: true }],
    ["list", { passing: true }],
  ] as const)("is not told where others read the answer: %s %j", async (line, how) => {
    const { type } = await deskOfMany();
    expect(textOf(await type(line, { place: SHARED, ...how }))).not.toContain(NOT);
    expect(textOf(await type("list", { place: SHARED }))).toContain(NOT);
  });

  test("is added to what a form came to, and not to that of watch", async () => {
    const { submit, desk } = await deskOfMany();
    const fields = { authority: ["CNIL"], ref: ["SAN-2024-001"], respondent: ["Firma"], kind: ["sanction"] };
    expect(textOf((await submit("register", fields, { place: UNTOLD })) as Answer)).toContain(NOT);
    expect(textOf((await submit("watch", {}, { place: SHARED })) as Answer)).not.toContain(NOT);
    expect(await desk.store.subscriptions.of(SHARED)).not.toBeNull();
  });
});

describe("a place that somebody has confirmed as internal", () => {
  const CONFIRM = "settings --internal yes";

  test("is the first with its next word", async () => {
    const { type, desk } = await deskOfMany();
    expect(textOf(await type(CONFIRM, { place: UNTOLD }))).not.toContain(FIRST);
    expect(textOf(await type("list", { place: UNTOLD }))).toContain(FIRST);
    expect((await desk.store.subscriptions.all()).map((one) => one.place)).toEqual([UNTOLD]);
  });

  test("keeps how it is spoken to, which alone makes no first place of it", async () => {
    const { type, desk } = await deskOfMany();
    await type(`${CONFIRM} --at 08:15 --lang en`, { place: UNTOLD });
    expect(textOf(await type("list", { place: UNTOLD }))).toMatch(/This is the first place.*8:15|This is the first place.*08:15/);
    expect(await desk.store.subscriptions.of(UNTOLD)).toMatchObject({ at: "08:15", watches: [{ filters: [] }] });
  });

  test("is not, where the bot seems not to be, yet may be set up there, and is told so", async () => {
    const { type, desk } = await deskOfMany();
    await type(CONFIRM, { place: BETWEEN_TWO });
    const told = textOf(await type("list", { place: BETWEEN_TWO }));
    expect(told).toContain("Type watch here, or in your own messages");
    expect(told).not.toContain("is not, or no longer,");
    expect(textOf(await type("watch", { place: BETWEEN_TWO }))).not.toContain("Not done");
    expect(await desk.store.subscriptions.of(BETWEEN_TWO)).not.toBeNull();
  });

  test("is refused all the same where the platform tells for certain that nothing can be posted", async () => {
    const { type } = await deskOfMany();
    await type(CONFIRM, { place: UNINVITED });
    expect(textOf(await type("watch", { place: UNINVITED }))).toContain("cannot post there");
  });
});

test.each([
  ["watch", UNINVITED],
  ["operations here", UNINVITED],
  [`escalate --to ${UNINVITED} --after 4h`, CHANNEL],
])("a channel of the company's own people to which the bot was not invited is not set up by %s", async (line, place) => {
  const { type, desk } = await deskOfMany();
  await type("list");
  expect(textOf(await type(line, { place }))).toContain("cannot post there");
  expect((await desk.store.subscriptions.all()).map((one) => [one.place, one.escalation])).toEqual([[CHANNEL, null]]);
  expect(await desk.store.state("desk").get("operations")).toBeUndefined();
});

describe("a first word that sets its place up itself", () => {
  test.each([
    ["watch --digest off", { digest: "off", watches: [{ filters: [] }] }],
    ["WATCH authority:CNIL --at 08:15 --digest weekly", { digest: "weekly", at: "08:15", watches: [{ filters: ["authority:CNIL"] }] }],
  ])("is obeyed, and nothing is set up or said before it: %s", async (line, settled) => {
    const { type, desk } = await formDesk();
    const settledAs: string[] = [];
    const { settle } = desk.store.subscriptions;
    desk.store.subscriptions.settle = (settings, ...rest) => {
      settledAs.push(settings.digest);
      return settle.call(desk.store.subscriptions, settings, ...rest);
    };
    expect(textOf(await type(line))).not.toContain(FIRST);
    expect(new Set(settledAs)).toEqual(new Set([settled.digest]));
    expect(await desk.store.subscriptions.of(CHANNEL)).toMatchObject(settled);
    expect(textOf(await type("list"))).not.toContain(FIRST);
  });

  test("is remembered: a place that then says unwatch is not made to watch again", async () => {
    const { type, desk } = await formDesk();
    await type("watch authority:CNIL");
    await type("unwatch");
    expect(textOf(await type("list"))).not.toContain(FIRST);
    expect((await desk.store.subscriptions.of(CHANNEL))?.watches ?? []).toEqual([]);
  });

  test.each([
    ["settings --digest off", "reminders come here, and no digest"],
    ["settings --digest weekly --at 08:15", "reminders and a weekly digest at 08:15 (Paris) come here"],
    ["settings --digest monthly", "reminders and a monthly digest at 09:00 (Paris) come here"],
    ["settings --at 08:15", "reminders and a digest at 08:15 (Paris) come here"],
  ])(
    "as settings does, which says that nothing is watched yet; the next word makes it the first, as it was set: %s",
    async (line, comes) => {
      const { type, desk } = await formDesk();
      const told = textOf(await type(line));
      expect(told).not.toContain(FIRST);
      expect(told).toContain("This place watches nothing yet: the settings hold once it does. Type watch to watch every matter");
      expect((await desk.store.subscriptions.of(CHANNEL))?.watches).toEqual([]);
      expect(textOf(await type("list"))).toContain(comes);
      expect((await desk.store.subscriptions.of(CHANNEL))?.watches).toMatchObject([{ filters: [] }]);
    },
  );

  test("may be a form that is opened and submitted", async () => {
    const { type, submit, desk } = await formDesk();
    expect(textOf(await type("form settings"))).not.toContain(FIRST);
    expect(await desk.store.subscriptions.of(CHANNEL)).toBeNull();
    expect(textOf((await submit("settings", { digest: ["off"] })) as Answer)).not.toContain(FIRST);
    expect(await desk.store.subscriptions.of(CHANNEL)).toMatchObject({ digest: "off", watches: [] });
    expect(textOf((await submit("watch", {})) as Answer)).not.toContain(FIRST);
    expect(await desk.store.state("first-place").get("slack")).toBe(CHANNEL);
  });

  test("does not stop anything where nothing is watched yet", async () => {
    const { type } = await formDesk();
    const told = textOf(await type("unwatch"));
    expect(told).toContain("This place watches nothing");
    expect(told).not.toContain(FIRST);
  });
});

describe("mine as the first word, which is about the person and not the place", () => {
  const OWN = "slack:T1/U1/dm" as Place;

  test.each(["mine", "MINE --digest weekly", "form mine"])("sets nothing up for the channel in which it is typed: %s", async (line) => {
    const { type, desk } = await formDesk();
    const told = textOf(await type(line));
    expect(told).not.toContain(FIRST);
    expect(told).not.toContain("No place watches anything yet");
    expect(await desk.store.subscriptions.of(CHANNEL)).toBeNull();
    // A digest of one's own reaches one alone: the next word makes the first place all the same.
    expect(textOf(await type("list"))).toContain(FIRST);
    expect((await desk.store.subscriptions.of(CHANNEL))?.watches).toMatchObject([{ filters: [] }]);
  });

  test("is done in one's own conversation, which stays one's own digest whatever is typed there next", async () => {
    const { type, desk } = await formDesk();
    expect(textOf(await type("mine", { place: OWN }))).toContain("Your own digest");
    const told = textOf(await type("list", { place: OWN }));
    expect(told).not.toContain(FIRST);
    expect(told).toContain("No place watches anything yet");
    expect(await desk.store.subscriptions.all()).toMatchObject([
      { place: OWN, reminders: false, watches: [{ filters: ["people:ana,slack:T1/U1"] }] },
    ]);
    expect(textOf(await type("list"))).toContain(FIRST);
  });

  test("may be its form", async () => {
    const { submit, type, desk } = await formDesk();
    expect(textOf((await submit("mine", {})) as Answer)).not.toContain(FIRST);
    expect((await desk.store.subscriptions.all()).map(({ place }) => place)).toEqual([OWN]);
    expect(textOf(await type("list"))).toContain(FIRST);
  });
});
