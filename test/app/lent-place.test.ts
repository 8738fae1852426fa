import { describe, expect, test, vi } from "vitest";
import type { PersonRef } from "../../src/ports/chat.ts";
import type { Store } from "../../src/ports/store.ts";
import { type Many, manyOfTest, NOON, type Served, serve } from "./many-of-test.ts";

const ORDER = "--kind order --decided 2026-09-01 --notified 2026-09-22 --period P2M --item work --rate 100 --per day";
const LENT = "slack:T1/C2";

async function give(desk: Store, person: string, role: "admin" | "editor" | "approver"): Promise<void> {
  const id = await desk.people.idOf(`slack:T1/${person}` as PersonRef, person);
  await desk.access.grant({ person: id, role, by: id, at: NOON });
}

/** A client's desk that consists of one channel in the firm's workspace. */
async function client(chat: Many): Promise<Served & { readonly acme: Store }> {
  const served = await serve(chat);
  const acme = await served.store.desk("acme");
  await served.store.members.assign(LENT, "acme", NOON);
  await chat.host.workspacesChanged();
  await give(acme, "U1", "admin");
  await give(acme, "U2", "editor");
  await give(acme, "U3", "approver");
  return { ...served, acme };
}

describe("at a desk whose people belong to another's workspace", () => {
  test("who may approve is told in the place in which it was proposed, with the buttons, and its proposer hears that nobody is written to", async () => {
    const chat = manyOfTest(true);
    const { ask } = await client(chat);
    await ask(LENT, "watch");
    await ask(LENT, "policy --two-persons on");
    await ask(LENT, `register CNIL SAN-1 "Client Ltd" ${ORDER}`);
    const asked = await ask(LENT, "closed SAN-1 --on 2026-11-21", "slack:T1/U2");
    const line = /"command":"(closed [^"]*--confirmed [^"]+)"/.exec(asked)![1]!;
    expect(await ask(LENT, line, "slack:T1/U2")).toMatch(/2 people may approve it.*This desk can write to none of them alone/s);
    const waiting = () => chat.posted.filter(({ title }) => title.includes("Proposed by"));
    await vi.waitFor(() => expect(waiting()).toHaveLength(1), 5_000);
    expect(waiting()[0]!.to).toBe(LENT);
    const approve = /"command":"(approve [^"]+)"/.exec(waiting()[0]!.text)![1]!;
    expect(await ask(LENT, approve, "slack:T1/U2")).toContain("Not done");
    expect(await ask(LENT, approve, "slack:T1/U3")).toContain("Recorded");
  });
});

describe("a calendar at a secret address", () => {
  test("is not found any more once its maker belongs to another desk, unless they were given a role by name", async () => {
    const chat = manyOfTest(true);
    const { ask, store, address } = await serve(chat);
    await ask("slack:T1/C1", `register CNIL SAN-1 "Firm Public" ${ORDER} --visibility public`);
    const path = /(\/feed\/[\w-]+\.ics)/.exec(await ask("slack:T1/U1", "feed create"))![1]!;
    const read = async () => {
      const response = await fetch(`${address}${path}`);
      return [response.status, (await response.text()).includes("Firm Public")];
    };
    expect(await read()).toEqual([200, true]);
    await store.desk("acme");
    await store.members.assign("slack:T1", "acme", NOON);
    expect(await read()).toEqual([404, false]);
    await give(store, "U1", "editor");
    expect(await read()).toEqual([200, true]);
    await store.members.release("slack:T1", NOON);
    expect(await read()).toEqual([200, true]);
  });
});
