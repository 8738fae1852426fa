import { describe, expect, onTestFinished, test } from "vitest";
import { ownKeys } from "../../adapters/chat/slack/own-keys.ts";
import { openStore } from "../../adapters/store/sql/open.ts";
import { openBelonging } from "../../src/app/belonging.ts";
import { scopedTo } from "../../src/app/desk-scope.ts";
import type { Card } from "../../src/ports/card.ts";
import type { ChatAdapter, DeliveryKey, MayGoOn, PersonRef, Place, PostRef, PostResult } from "../../src/ports/chat.ts";
import type { DeskMembers } from "../../src/ports/desk-members.ts";
import { MemoryChat } from "../contracts/broken/chat/sound.ts";
import { card, longCard } from "../contracts/chat-cards.ts";
import { adapterOfTest } from "./desk-of-test.ts";
import { NOON } from "./many-of-test.ts";

const CARD: Card = { title: "due", tone: "calm", blocks: [] };
const LENT = "slack:T1/C2" as Place;
const KEY = `["${LENT}","digest","2026-11-22"]` as DeliveryKey;

/** A card is three messages on that platform; `between` is done after the first of them. */
function threeAtATime(between: () => Promise<unknown>) {
  const shown: string[] = [];
  const later: PostResult = { ok: false, retry: "later", reason: "not now" };
  async function lay(mayGoOn: MayGoOn | undefined, refused = later): Promise<PostResult> {
    for (const part of ["one", "two", "three"]) {
      if ((await mayGoOn?.()) === false) return refused;
      shown.push(part);
      if (part === "one") await between();
    }
    return { ok: true, posted: `${LENT}/1.0` as PostRef };
  }
  const adapter: ChatAdapter = {
    ...adapterOfTest("slack"),
    post: (_to, { title }, _once, _under, mayGoOn) => lay(mayGoOn, title === "doubtful" ? { ...later, retry: "unknown" } : later),
    update: (_posted, _card, mayGoOn) => lay(mayGoOn),
  };
  return { adapter, shown };
}

/** The house's scope of that platform; its place becomes another desk's, or cannot be looked up, once the first message stands. */
async function amidst(what: "given away" | "unreadable" | "nothing") {
  const store = await openStore({ url: "sqlite::memory:" });
  onTestFinished(() => store.close());
  await store.desk("acme");
  let isReadable = true;
  let asked = 0;
  const members: DeskMembers = {
    ...store.members,
    async version() {
      asked += 1;
      if (!isReadable) throw new Error("the disk is gone");
      return store.members.version();
    },
  };
  const { adapter, shown } = threeAtATime(async () => {
    if (what === "given away") await store.members.assign(LENT, "acme", NOON);
    isReadable = what !== "unreadable";
  });
  const belonging = openBelonging(members, [adapter]);
  const house = scopedTo("main", adapter, belonging, "en");
  return { house, shown, store, asked: () => asked };
}

describe("a card of several messages", () => {
  test("goes no further once its place was given away in its midst, and waits for the place to come back", async () => {
    const { house, shown } = await amidst("given away");
    expect(await house.post(LENT, CARD, KEY)).toEqual({
      ...{ ok: false, retry: "later" },
      reason: "The place belongs to another desk now: what is due there waits until the desk has it again",
    });
    expect(shown).toEqual(["one"]);
  });

  test("goes no further while it cannot be looked whose its place is", async () => {
    const { house, shown } = await amidst("unreadable");
    expect(await house.post(LENT, CARD, KEY)).toMatchObject({
      ...{ ok: false, retry: "later" },
      reason: expect.stringContaining("the disk is gone"),
    });
    expect(shown).toEqual(["one"]);
  });

  test("is left as it stands where it is being changed when its place is given away", async () => {
    const { house, shown } = await amidst("given away");
    expect(await house.update(`${LENT}/1.0` as PostRef, CARD)).toMatchObject({ ok: false, retry: "never" });
    expect(shown).toEqual(["one"]);
  });

  test("of which nobody can tell what stands is in doubt still when its place was given away", async () => {
    const { house } = await amidst("given away");
    expect(await house.post(LENT, { ...CARD, title: "doubtful" }, KEY)).toMatchObject({ ok: false, retry: "unknown", reason: "not now" });
  });

  test("goes no further where whoever posts it may not, in the adapter's own words", async () => {
    const { house, shown } = await amidst("nothing");
    const once = async () => shown.length === 0;
    expect(await house.post(LENT, CARD, KEY, undefined, once)).toMatchObject({ ok: false, retry: "later", reason: "not now" });
    expect(await house.update(`${LENT}/1.0` as PostRef, CARD, async () => false)).toMatchObject({ ok: false, retry: "later" });
    expect(shown).toEqual(["one"]);
  });

  test("costs one question of whose its place is for each message, and no more", async () => {
    const { house, shown, asked } = await amidst("nothing");
    expect(await house.post(LENT, CARD, KEY)).toMatchObject({ ok: true });
    expect([shown, asked()]).toEqual([["one", "two", "three"], 3]);
  });
});

describe("the keys of a desk", () => {
  async function twoDesks(place: string) {
    const chat = new MemoryChat();
    const store = await openStore({ url: "sqlite::memory:" });
    onTestFinished(() => store.close());
    await store.desk("acme");
    // All that it reaches is the house's, but for what was given away.
    const { workspaces: _, ...adapter } = chat.adapter;
    const belonging = openBelonging(store.members, [adapter]);
    const [house, acme] = ["main", "acme"].map((name) => scopedTo(name, adapter, belonging, "en")) as [ChatAdapter, ChatAdapter];
    const give = async () => {
      await store.members.assign(place, "acme", NOON);
      await belonging.refresh();
    };
    return { chat, house, acme, give };
  }

  test("are its own: where a place was given away, what its new desk says by the same key is said, and changes nothing of the other's", async () => {
    const { chat, house, acme, give } = await twoDesks("memory:room");
    expect(await house.post(chat.place, longCard("firm"), KEY)).toMatchObject({ ok: true });
    const before = await chat.shown();
    await give();
    expect(await acme.find(chat.place, KEY, NOON)).toBeNull();
    const posted = await acme.post(chat.place, card("client"), KEY);
    const after = await chat.shown();
    expect(after.slice(0, before.length)).toEqual(before);
    expect(after.slice(before.length).join("\n")).toContain("client");
    expect(await acme.find(chat.place, KEY, NOON)).toBe(posted.ok && posted.posted);
  });

  test("are bare at the house, so that what stood before is found, and tell whose conversation they are about at each", async () => {
    const asked: string[] = [];
    const adapter: ChatAdapter = {
      ...adapterOfTest("slack"),
      async find(_to, once) {
        asked.push(once);
        return null;
      },
    };
    const own = `["slack:T1/U3","reminder"]` as DeliveryKey;
    for (const name of ["main", "acme"]) {
      const belonging = { ofPlace: () => name, ofPerson: () => name, refresh: async () => false, served: async () => new Set<string>() };
      await scopedTo(name, adapter, belonging, "en").find("slack:T1/U3" as Place, own, NOON);
    }
    expect(asked).toEqual([own, `${own}@acme`]);
    const kept = asked.map((once) => ({ key: `slack/parts/${once}`, value: null }));
    const notes = await ownKeys.notesOf("slack:T1/U3" as PersonRef, async () => kept);
    expect(notes.map(({ key }) => key)).toEqual(kept.map(({ key }) => key));
  });
});

describe("what belongs to whom", () => {
  test("is read by one at a time, so that nothing older is taken for what was read last", async () => {
    const reads: (() => void)[] = [];
    let isReading = false;
    const wasReading: boolean[] = [];
    const version = async () => {
      wasReading.push(isReading);
      isReading = true;
      await new Promise<void>((read) => reads.push(read));
      isReading = false;
      return wasReading.length;
    };
    const members = { version, all: async () => new Map() } as unknown as DeskMembers;
    const belonging = openBelonging(members, [adapterOfTest("slack")]);
    // Whoever has their answer asks again at once, while another waits for their turn.
    const asked = [belonging.refresh().then(() => belonging.refresh()), belonging.refresh()];
    let isOver = false;
    const all = Promise.all(asked).then(() => {
      isOver = true;
    });
    while (!isOver) {
      await new Promise(setImmediate);
      reads.shift()?.();
    }
    await all;
    expect(wasReading.length).toBeGreaterThan(1);
    expect(wasReading).not.toContain(true);
  });
});
