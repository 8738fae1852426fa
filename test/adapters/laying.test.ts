import { describe, expect, test } from "vitest";
import { type Hand, lay, type Standing } from "../../adapters/chat/shared/laying.ts";
import type { AdapterState } from "../../src/ports/chat.ts";

/** A pretended platform on which each message is a word, and whose third call may fail. */
function platform(fails?: number) {
  const shown = new Map<string, string>();
  const calls: string[] = [];
  const kept = new Map<string, { value: unknown; milliseconds: number | undefined }>();
  const state: { -readonly [Name in keyof AdapterState]: AdapterState[Name] } = {
    get: async (key) => kept.get(key)?.value,
    set: async (key, value, milliseconds) => kept.set(key, { value: structuredClone(value), milliseconds }),
    add: async (key) => !kept.has(key) && kept.set(key, { value: true, milliseconds: undefined }) === kept,
    delete: async (key) => kept.delete(key),
  };
  const words = { list: [] as readonly string[] };
  const call = (what: string) => {
    calls.push(what);
    return calls.length === fails ? ({ ok: false, retry: "later", reason: "the platform asks to wait" } as const) : undefined;
  };
  const hand: Hand<string> = {
    async send(where, index) {
      const failure = call(`send ${words.list[index]}`);
      if (failure) return failure;
      const id = `m${shown.size + 1}`;
      shown.set(id, words.list[index]!);
      return { ok: true, id, where };
    },
    async change(_, id, index) {
      const failure = call(`change ${id} to ${words.list[index]}`);
      if (failure) return failure;
      if (!shown.has(id)) return { ok: false, retry: "never", reason: "the message is gone", gone: true };
      shown.set(id, words.list[index]!);
      return { ok: true };
    },
    async remove(_, id) {
      const failure = call(`remove ${id}`);
      if (!failure) shown.delete(id);
      return failure ?? { ok: true };
    },
  };
  const breakState = () => {
    state.get = () => Promise.reject(new Error("the database is starting up"));
  };
  const breakNotes = () => {
    state.set = () => Promise.reject(new Error("the database is starting up"));
  };
  const say = (list: readonly string[], as: "post" | "update" = "post", ids: readonly string[] = []) => {
    words.list = list;
    const standing: Standing<string> = { where: "room", parts: ids.map((id) => ({ id, content: "" })) };
    return lay({ hand, messages: list, state, note: "note", standing, as });
  };
  return { shown, calls, kept, say, breakState, breakNotes };
}

describe("laying out the messages of a card", () => {
  test("a single message leaves no note: it would cost as much as the delivery's own record", async () => {
    const { say, kept } = platform();
    expect(await say(["one"])).toEqual({ ok: true, where: "room", ids: ["m1"] });
    expect(kept.size).toBe(0);
  });

  test("of several, each is noted when the platform has it, for some days", async () => {
    const { say, kept } = platform(3);
    expect(await say(["one", "two", "three"])).toMatchObject({ ok: false });
    const { value, milliseconds } = kept.get("note")!;
    expect((value as Standing<string>).parts.map((part) => part?.id)).toEqual(["m1", "m2"]);
    expect(milliseconds).toBe(7 * 86_400_000);
  });

  test("posted again, what says the same is left alone and the rest is sent", async () => {
    const { say, calls } = platform(3);
    await say(["one", "two", "three"]);
    expect(await say(["one", "zwei", "three"])).toMatchObject({ ok: true, ids: ["m1", "m2", "m3"] });
    expect(calls.slice(3)).toEqual(["change m2 to zwei", "send three"]);
    expect(await say(["one", "zwei", "three"])).toMatchObject({ ok: true });
    expect(calls).toHaveLength(5);
  });

  test("posted again shorter, what is too much is taken back", async () => {
    const { say, calls, shown } = platform(3);
    await say(["one", "two", "three"]);
    expect(await say(["one"])).toMatchObject({ ok: true, ids: ["m1"] });
    expect(calls.at(-1)).toBe("remove m2");
    expect([...shown.values()]).toEqual(["one"]);
  });

  test("an update that fails in its growth goes on and leaves no note behind", async () => {
    const { say, kept, calls } = platform(4);
    await say(["one"]);
    expect(await say(["eins", "two", "three"], "update", ["m1"])).toMatchObject({ ok: false, retry: "later" });
    expect(await say(["eins", "two", "three"], "update", ["m1"])).toMatchObject({ ok: true, ids: ["m1", "m2", "m3"] });
    expect(calls.slice(4)).toEqual(["send three"]);
    expect(kept.size).toBe(0);
  });

  test("an update of what somebody removed in part says so and takes back the rest", async () => {
    const { say, shown, kept } = platform();
    await say(["one", "two"]);
    kept.clear();
    shown.delete("m2");
    expect(await say(["eins", "zwei"], "update", ["m1", "m2"])).toMatchObject({ ok: false, retry: "never", gone: true });
    expect([shown.size, kept.size]).toEqual([0, 0]);
  });

  test("a note that makes no sense is as good as none", async () => {
    const { say, kept } = platform();
    kept.set("note", { value: ["m1", "m2"], milliseconds: 1 });
    expect(await say(["one"])).toMatchObject({ ok: true, ids: ["m1"] });
  });

  test("where what stands cannot be read nothing is sent, and nobody has to wonder whether it was", async () => {
    const { say, calls, breakState } = platform();
    breakState();
    expect(await say(["one"])).toMatchObject({
      ok: false,
      retry: "later",
      afterSeconds: 1,
      reason: expect.stringContaining("nothing was sent"),
    });
    expect(calls).toEqual([]);
  });

  test("what stands and cannot be noted does not keep the rest back; where the rest fails for now it is in doubt whether all is shown twice", async () => {
    const well = platform();
    well.breakNotes();
    expect(await well.say(["one", "two"])).toMatchObject({ ok: true, ids: ["m1", "m2"] });
    const failing = platform(2);
    failing.breakNotes();
    expect(await failing.say(["one", "two"])).toMatchObject({ ok: false, retry: "unknown" });
    const first = platform(1);
    first.breakNotes();
    expect(await first.say(["one", "two"])).toMatchObject({ ok: false, retry: "later" });
  });
});
