import { describe, expect, onTestFinished, test } from "vitest";
import { STORE } from "../../adapters/index.ts";
import { openRegister, type Register } from "../../src/alerts/register.ts";
import type { Facts } from "../../src/matter/facts.ts";
import type { Matter } from "../../src/matter/history.ts";
import type { Ledger } from "../../src/ports/ledger.ts";
import { minute } from "../contracts/delivery-fixtures.ts";
import { erase } from "../contracts/privacy-fixtures.ts";

const KEYS = ["CNIL:SAN-2023-018", "AEPD:PS-7", "CNIL:PS-7", "CNIL:PS-7/google-llc"];

function factsOf(key: string): Facts {
  const [authority, ref] = key.split(":");
  return { authority, ref, kind: "sanction", respondent: "Ada Exemple" } as unknown as Facts;
}

function note(text: string) {
  return { type: "note", on: "2024-02-19", text } as never;
}

function stamp(commandId: string, at = 0) {
  return { recordedAt: minute(at), by: "p1", via: "command", commandId } as const;
}

/** A register that holds everything in memory, one on the same ledger that reads what it is asked for, and how many streams that one has read. */
async function both() {
  const store = await STORE.open({ url: "sqlite::memory:" });
  onTestFinished(() => store.close());
  const streams: string[] = [];
  const ledger: Ledger = {
    ...store.ledger,
    readAll: () => Promise.reject(new Error("it reads everything")),
    read: (stream) => {
      streams.push(stream);
      return store.ledger.read(stream);
    },
    readEach: (some) => {
      streams.push(...some);
      return store.ledger.readEach(some);
    },
  };
  const whole = openRegister(store.ledger, store.privacy);
  const large = openRegister(ledger, store.privacy, store.finder, 0);
  await whole.record(() => KEYS.map((key) => ({ key, facts: factsOf(key), events: [note("first")] })), stamp("c1"));
  return { store, whole, large, streams };
}

async function each(register: Register): Promise<readonly Matter[]> {
  const all: Matter[] = [];
  for await (const some of register.each()) all.push(...some);
  return all;
}

describe("a register that is too large to be held", () => {
  test("answers as one that is held", async () => {
    const { whole, large } = await both();
    for (const name of [...KEYS, "PS-7", "ps 7", "AEPD:PS-7", "PS-7/google-llc", "cnil:ps-7", "PS-8", "", "/"])
      expect(await large.named(name)).toEqual(await whole.named(name));
    for (const key of [...KEYS, "CNIL:NONE"]) expect(await large.matter(key)).toEqual(await whole.matter(key));
    const asked = [KEYS[2]!, "CNIL:NONE", KEYS[0]!, KEYS[2]!];
    expect(await large.some(asked)).toEqual(await whole.some(asked));
    const inOrder = (await each(whole)).toSorted((a, b) => (a.key < b.key ? -1 : 1));
    expect([await each(large), await large.all()]).toEqual([inOrder, inOrder]);
    expect([await large.size(), await large.head()]).toEqual([await whole.size(), await whole.head()]);
  });

  test("reads what it is asked for, and once", async () => {
    const { large, streams } = await both();
    for (let time = 0; time < 3; time++) await large.named("SAN-2023-018");
    await large.some([KEYS[0]!, KEYS[1]!]);
    expect(streams).toEqual([KEYS[0], KEYS[1]]);
  });

  test("reads anew what another process has recorded or erased", async () => {
    const { store, whole, large } = await both();
    await large.some(KEYS);
    await whole.record(() => [{ key: KEYS[0]!, facts: null, events: [note("second")] }], stamp("c2", 1));
    expect((await large.named("SAN-2023-018"))[0]?.events).toHaveLength(2);
    await erase(store.privacy, { kind: "text", stream: KEYS[0]!, eventId: "registered-1", path: "respondent" });
    expect((await large.matter(KEYS[0]!))?.facts.respondent).toBe("[erased]");
    expect((await large.matter(KEYS[1]!))?.facts.respondent).toBe("Ada Exemple");
  });

  test("decides on the matters that are asked for, though nobody said beforehand which", async () => {
    const { whole, large, streams } = await both();
    let asked = 0;
    const decide = (matters: { get(key: string): Matter | undefined }) => {
      asked += 1;
      // As a decision that is sure of its matter.
      const { version } = matters.get(KEYS[1]!)!;
      return [{ key: KEYS[1]!, facts: null, events: [note(`after ${version}`)] }];
    };
    expect(await large.record(decide, stamp("c2", 1))).toMatchObject({ repeated: false });
    expect([asked, streams]).toEqual([2, [KEYS[1]]]);
    expect((await whole.matter(KEYS[1]!))?.events.map(({ event }) => event)).toMatchObject([{ text: "first" }, { text: "after 2" }]);
    expect(await large.record(decide, stamp("c3", 2), [KEYS[1]!])).toMatchObject({ repeated: false });
    expect(asked).toBe(3);
    expect(await large.record(() => [], stamp("c3", 2))).toMatchObject({ repeated: true });
    expect(await large.record(() => [{ key: "CNIL:NEW", facts: factsOf("CNIL:NEW"), events: [] }], stamp("c4", 3))).toMatchObject({
      repeated: false,
    });
    expect((await large.matter("CNIL:NEW"))?.version).toBe(1);
  });

  test("throws what a decision throws that lacks nothing", async () => {
    const { large } = await both();
    const faulty = () => {
      throw new Error("a bug");
    };
    await expect(large.record(faulty, stamp("c2", 1))).rejects.toThrow("a bug");
  });

  test("was held until it grew", async () => {
    const { store, whole } = await both();
    const register = openRegister(store.ledger, store.privacy, store.finder, KEYS.length);
    const [held] = await register.named("SAN-2023-018");
    expect(await each(register)).toEqual(await each(whole));
    await whole.record(() => [{ key: "AEPD:A-1", facts: factsOf("AEPD:A-1"), events: [] }], stamp("c2", 1));
    expect((await each(register)).map(({ key }) => key)).toEqual([...KEYS, "AEPD:A-1"]);
    expect((await each(register)).map(({ key }) => key)).toEqual(["AEPD:A-1", ...KEYS].toSorted());
    expect(await register.named("SAN-2023-018")).toEqual([held]);
  });
});
