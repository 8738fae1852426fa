import { describe, expect, test } from "vitest";
import type { Audience, Place } from "../../src/ports/chat.ts";
import { CHANNEL, formDesk, textOf, usualAudience } from "../commands/form-desk.ts";

const BETWEEN_TWO = "slack:T1/D0OTHERS" as Place;
const SHARED = "slack:T1/C0SHARED" as Place;
const UNTOLD = "slack:T1/C0UNTOLD" as Place;
const FIRST = "This is the first place";

const OTHERS: Readonly<Record<string, Audience>> = {
  [BETWEEN_TWO]: { kind: "unknown", because: "absent" },
  [SHARED]: { kind: "shared", because: "guests" },
  [UNTOLD]: { kind: "unknown" },
};

async function deskOfMany() {
  return formDesk(undefined, { audience: (place) => OTHERS[place] ?? usualAudience(place) });
}

describe("the first word of a platform", () => {
  test.each([
    [BETWEEN_TWO, "is not in this conversation"],
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
    expect(told).toContain("is not in this conversation");
    expect(told).toContain("To a direct message between people it cannot be added");
    expect(await desk.store.subscriptions.of(BETWEEN_TWO)).toBeNull();
    expect(await desk.store.state("desk").get("operations")).toBeUndefined();
  });

  test("is told so by settings and watches", async () => {
    const { type } = await deskOfMany();
    await type("list");
    for (const line of ["settings --lang en", "watches"])
      expect(textOf(await type(line, { place: BETWEEN_TWO }))).toContain("is not in this conversation");
  });

  test("is not a place to which anything can be escalated", async () => {
    const { type, desk } = await deskOfMany();
    await type("list");
    expect(textOf(await type(`escalate --to ${BETWEEN_TWO} --after 4h`))).toContain(`is not in ${BETWEEN_TWO}`);
    expect((await desk.store.subscriptions.of(CHANNEL))?.escalation).toBeNull();
  });
});
