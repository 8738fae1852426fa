import { expect, test } from "vitest";
import { openRegister } from "../../src/alerts/register.ts";
import type { PostRef } from "../../src/ports/chat.ts";
import { ErasedSince } from "../../src/ports/delivery-log.ts";
import { claimOf, minute } from "../contracts/delivery-fixtures.ts";
import { deskOfTest, later, moment } from "./desk-of-test.ts";

const START = moment("2024-02-20T09:00");
const PLACE = "memory:one";

/** Two matters, each with a name and one thing to say in a place that takes one message at a time. */
async function deskErasingOnPost(which: number) {
  const done: { erase: (() => Promise<unknown>) | null } = { erase: null };
  let posted = 0;
  const desk = await deskOfTest(async () => {
    const { erase } = done;
    done.erase = null;
    await erase?.();
    return { ok: true, posted: `memory:${++posted}` as PostRef };
  });
  for (const number of [1, 2]) await desk.hold({ ref: `SAN-2024-00${number}`, respondent: `Jean Zyzzyva ${number}` });
  await desk.watch(PLACE, { digest: "off" });
  const rows = await desk.store.ledger.readAll(0, 10);
  const { stream, eventId } = rows[which - 1]!;
  done.erase = () => desk.store.privacy.erase([{ kind: "text", stream, eventId, path: "respondent" }], "p1", START, "request");
  const register = openRegister(desk.store.ledger, desk.store.privacy);
  return { desk, host: { register, erasures: () => desk.store.privacy.version() } };
}

test("what is erased while another message is posted is not said any more: all is read again, at once", async () => {
  const { desk, host } = await deskErasingOnPost(2);
  const ticked = await desk.tickAt(START, host);
  expect(desk.posts.map(({ text }) => text.includes("Zyzzyva 1"))).toEqual([true]);
  expect(ticked.again).toBe(START);
  await desk.tickAt(START, host);
  expect(desk.posts).toHaveLength(2);
  expect(desk.posts.map(({ text }) => text).join()).not.toContain("Zyzzyva 2");
  expect(desk.posts[1]!.text).toContain("SAN-2024-002");
  expect(desk.posts.some(({ text }) => text.includes("may be a repeat"))).toBe(false);
  expect(await desk.store.deliveries.tally()).toMatchObject({ delivered: 2, claimed: 0, later: 0, unknown: 0 });
});

test("a claim that knows of fewer erasures than there are writes nothing; what ended before is settled without it", async () => {
  const { deliveries, privacy, people } = (await deskOfTest()).store;
  const [settled, wanted] = [claimOf("before"), claimOf("after")];
  await deliveries.turn([], [settled], minute(0), 0);
  const person = await people.idOf("memory:ann", "Ann");
  await privacy.erase([{ kind: "person", person }], person, minute(0), "request");
  const outcome = { kind: "delivered", posted: "memory:1" as PostRef } as const;
  await expect(deliveries.turn([{ key: settled.key, outcome }], [wanted], minute(1), 0)).rejects.toThrow(ErasedSince);
  expect((await deliveries.known([wanted.key, settled.key])).get(settled.key)?.outcome).toBe(null);
  await deliveries.turn([{ key: settled.key, outcome }], [], minute(1), 0);
  expect([...(await deliveries.turn([], [wanted], minute(1), 1))]).toEqual([wanted.key]);
});

test("what is erased while another card is changed is not shown on its card again", async () => {
  let erase: (() => Promise<unknown>) | null = null;
  const shown: string[] = [];
  const desk = await deskOfTest(undefined, {
    inPlace: true,
    async update(posted, card) {
      const run = erase;
      erase = null;
      await run?.();
      shown.push(JSON.stringify(card));
      return { ok: true, posted };
    },
  });
  const host = { register: openRegister(desk.store.ledger, desk.store.privacy), erasures: () => desk.store.privacy.version() };
  const keys = [];
  for (const number of [1, 2]) keys.push(await desk.hold({ ref: `SAN-2024-00${number}`, respondent: `Jean Zyzzyva ${number}` }));
  await desk.watch(PLACE, { digest: "off" });
  await desk.tickAt(START, host);
  for (const key of keys) await desk.acknowledge(key, PLACE, "14");
  const rows = await desk.store.ledger.readAll(0, 10);
  const texts = rows.map(({ stream, eventId }) => ({ kind: "text" as const, stream, eventId, path: "respondent" }));
  erase = () => desk.store.privacy.erase(texts, "p1", START, "request");
  await desk.tickAt(START, host);
  // The one that was under way as it was erased, and no other.
  expect(shown.map((text) => text.includes("Zyzzyva"))).toEqual([true]);
  await desk.tickAt(later(START, 1), host);
  expect(shown.slice(1).map((text) => text.includes("Zyzzyva"))).toEqual([false, false]);
});
