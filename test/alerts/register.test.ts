import { expect, test } from "vitest";
import { openStore } from "../../adapters/store/sql/open.ts";
import { openRegister } from "../../src/alerts/register.ts";
import type { Ledger, LedgerRow } from "../../src/ports/ledger.ts";
import type { Instant } from "../../src/time/instant.ts";
import { given } from "../support/given.ts";
import { turnsDuring } from "../support/turns.ts";

const AT = "2024-02-16T08:00:00.000Z" as Instant;

/** A ledger with one matter, which notes how many rows each reading found, and can be told to fail once. */
async function counted() {
  const store = await openStore({ url: "sqlite::memory:" });
  const by = await store.people.idOf("test:ana" as never, "ana");
  const { facts, key } = given({});
  await openRegister(store.ledger).record(() => [{ key, facts, events: [] }], { recordedAt: AT, by, commandId: "c1", via: "command" });
  const found: number[] = [];
  let failing = 0;
  const ledger: Ledger = {
    ...store.ledger,
    async readAll(after, limit): Promise<readonly LedgerRow[]> {
      if (failing-- > 0) throw new Error("the disk is away");
      const rows = await store.ledger.readAll(after, limit);
      found.push(rows.length);
      return rows;
    },
  };
  return { store, ledger, register: openRegister(ledger), found, key, fail: () => (failing = 1) };
}

test("of many who ask at once after a start, one reads the whole register and all see it", async () => {
  const { register, found, key } = await counted();
  const seen = await Promise.all(Array.from({ length: 10 }, () => register.matter(key)));
  expect(seen.map((matter) => matter?.key)).toEqual(seen.map(() => key));
  expect(found.filter((rows) => rows > 0)).toEqual([1]);
});

test("whoever asks after a reading that failed reads again", async () => {
  const { register, key, fail } = await counted();
  fail();
  const [first, second] = await Promise.allSettled([register.matter(key), register.matter(key)]);
  expect(first).toMatchObject({ status: "rejected" });
  expect(second).toMatchObject({ status: "fulfilled", value: { key } });
});

test("what is looked through once takes no register into memory, and finds the same", async () => {
  const { store, ledger, found, key } = await counted();
  const register = openRegister(ledger, store.privacy, store.finder);
  const keys = async (once: { readonly once?: true }) => {
    const seen: string[] = [];
    for await (const some of register.each(once)) seen.push(...some.map((matter) => matter.key));
    return seen;
  };
  expect(await keys({ once: true })).toEqual([key]);
  expect(found).toEqual([]);
  expect(await keys({})).toEqual([key]);
  expect(found).toEqual([1]);
});

test("a register in memory comes some at a time, while others go first, as it was when it was asked for", async () => {
  const store = await openStore({ url: "sqlite::memory:" });
  const by = await store.people.idOf("test:ana" as never, "ana");
  const register = openRegister(store.ledger, store.privacy, store.finder);
  const changeOf = (index: number) => {
    const { facts } = given({ ref: `SAN-${index}` });
    return { key: `CNIL:SAN-${index}`, facts, events: [] };
  };
  const changes = Array.from({ length: 1_200 }, (_, index) => changeOf(index));
  await register.record(() => changes, { recordedAt: AT, by, commandId: "c1", via: "import" });
  const keys: string[] = [];
  let most = 0;
  const { turns } = await turnsDuring(async () => {
    for await (const some of register.each()) {
      if (keys.length === 0) await register.record(() => [changeOf(9_999)], { recordedAt: AT, by, commandId: "c2", via: "command" });
      keys.push(...some.map(({ key }) => key));
      most = Math.max(most, some.length);
    }
  });
  expect(keys).toEqual(changes.map(({ key }) => key));
  expect(most).toBe(500);
  expect(turns).toBeGreaterThanOrEqual(2);
  expect((await register.all()).map(({ key }) => key)).toEqual([...keys, "CNIL:SAN-9999"]);
});
