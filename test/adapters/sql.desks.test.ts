import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { openStore } from "../../adapters/store/sql/open.ts";
import type { PersonRef } from "../../src/ports/chat.ts";
import type { Store } from "../../src/ports/store.ts";
import { claimOf, DELIVERED, KEY, minute, settledAs } from "../contracts/delivery-fixtures.ts";
import { fill, stamp, to } from "../contracts/ledger-fixtures.ts";
import { folderOfTest } from "../support/cli.ts";

async function opened(): Promise<{ readonly house: Store; readonly url: string }> {
  const url = `sqlite:${join(folderOfTest(), "register.db")}`;
  const house = await openStore({ url });
  onTestFinished(() => house.close());
  return { house, url };
}

describe("the desks of one register", () => {
  test("hold nothing of one another, under the same names", async () => {
    const { house } = await opened();
    const other = await house.desk("slack-t1");
    await fill(house.ledger);
    await house.deliveries.turn([], [claimOf(KEY)], minute(0));
    await house.state("slack").set("key", "house");
    await house.people.idOf("slack:T1/U1" as PersonRef, "ana");
    expect(await other.ledger.head()).toMatchObject({ events: 0 });
    expect((await other.ledger.read("alpha")).length).toBe(0);
    expect((await other.deliveries.known([KEY])).size).toBe(0);
    expect([await other.state("slack").get("key"), (await other.index.states()).size]).toEqual([undefined, 0]);
    expect((await other.deliveries.turn([], [claimOf(KEY)], minute(0))).has(KEY)).toBe(true);
    await other.state("slack").set("key", "other");
    expect(await house.state("slack").get("key")).toBe("house");
  });

  test("are written at the same time, each to a chain of its own that holds", async () => {
    const { house } = await opened();
    const desks = [house, await house.desk("slack-t1"), await house.desk("slack-t2")];
    await Promise.all(
      desks.flatMap(({ ledger, deliveries }) =>
        Array.from({ length: 20 }, async (_, n) => {
          await ledger.append([to(`stream ${n}`, 0, `e${n}`)], stamp(`command ${n}`));
          await deliveries.turn([], [claimOf(`${n}`)], minute(n));
          await deliveries.turn([settledAs(`${n}`, DELIVERED)], [], minute(n));
        }),
      ),
    );
    for (const { ledger, deliveries } of desks) {
      expect(await ledger.verify()).toMatchObject({ ok: true, events: 20 });
      expect(await deliveries.tally()).toMatchObject({ delivered: 20, claimed: 0 });
    }
  });

  test("are named in order, are there after the register is opened again, and share its lead", async () => {
    const { house, url } = await opened();
    const other = await house.desk("slack-t1");
    await fill(other.ledger);
    expect(await house.desks()).toEqual(["main", "slack-t1"]);
    expect([await other.lead(), await house.lead()]).toEqual([true, true]);
    const again = await openStore({ url });
    onTestFinished(() => again.close());
    expect(await again.desks()).toEqual(["main", "slack-t1"]);
    expect(await (await again.desk("slack-t1")).lead()).toBe(false);
    expect(await (await again.desk("slack-t1")).ledger.head()).toEqual(await other.ledger.head());
  });

  test("stay open when one of them is closed, but for the one that opened the register", async () => {
    const { house } = await opened();
    const other = await house.desk("slack-t1");
    await other.close();
    await fill(other.ledger);
    expect(await house.ledger.head()).toMatchObject({ events: 0 });
  });
});
