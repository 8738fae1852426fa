import { describe, expect, test, vi } from "vitest";
import { openBelonging } from "../../src/app/belonging.ts";
import { scopedTo } from "../../src/app/desk-scope.ts";
import type { Card } from "../../src/ports/card.ts";
import type { DeliveryKey, PersonRef, Place, PostRef } from "../../src/ports/chat.ts";
import { instantOf, millisecondsOf } from "../../src/time/instant.ts";
import { type Many, manyOfTest, NOON, type Served, serve } from "./many-of-test.ts";

/** Due at once, and still due on each later day. */
const ORDER = "--kind order --decided 2026-09-01 --notified 2026-09-22 --period P2M --item work --rate 100 --per day";

const LENT = "slack:T1/C2";

/** The firm's workspace is the house's, by a bot token; one of its channels is its client's. */
async function firm(configured: Parameters<typeof serve>[1] = {}): Promise<Served & { readonly chat: Many }> {
  const chat = manyOfTest(true);
  const served = await serve(chat, configured);
  await served.store.desk("acme");
  await served.store.members.assign(LENT, "acme", NOON);
  // It would be found within ten seconds.
  await chat.host.workspacesChanged();
  return { ...served, chat };
}

/** People of Teams are named without their tenant, which is one. */
function teamsOfTest(): Many {
  const teams = manyOfTest(true, "teams");
  const { workspaceOf } = teams;
  return Object.assign(teams, { workspaceOf: (minted: Place) => (minted.includes("/") ? workspaceOf(minted) : "teams:TENANT") });
}

function toldIn({ posted }: Many, place: string): string {
  return posted.flatMap(({ to, text }) => (to === place ? [text] : [])).join("\n");
}

describe("a desk that several workspaces share", () => {
  test("shows all of them the same matters, on both platforms, and nothing of another workspace's", async () => {
    const [slack, teams] = [manyOfTest(), teamsOfTest()];
    slack.teams = ["T1", "T2", "T3"];
    const { ask, store } = await serve([slack, teams]);
    await store.desk("group");
    for (const member of ["slack:T1", "slack:T2", "teams:TENANT"]) await store.members.assign(member, "group", NOON);
    await ask("slack:T1/C1", 'register CNIL SAN-1 "One Ltd" --kind sanction --decided 2020-01-02');
    await ask("slack:T3/C1", 'register CNIL SAN-1 "Three Ltd" --kind sanction --decided 2020-01-02', "slack:T3/U1");
    expect(await ask("slack:T2/C1", "show SAN-1", "slack:T2/U1")).toContain("One Ltd");
    expect(await ask("teams:TENANT/19:a@thread.tacv2", "show SAN-1", "teams:OID")).toContain("One Ltd");
    expect(await ask("slack:T3/C1", "show SAN-1", "slack:T3/U1")).not.toContain("One Ltd");
    // Not given to any desk: the house's, as ever.
    expect(await ask("teams:OTHER/19:a@thread.tacv2", "list", "teams:OID")).toContain("No public matter is known here");
    expect((await (await store.desk("slack-t3")).ledger.head()).events).toBeGreaterThan(0);
    expect((await (await store.desk("slack-t1")).ledger.head()).events).toBe(0);
  });

  test("has one loop, which speaks in the places of each", async () => {
    const [slack, teams] = [manyOfTest(), teamsOfTest()];
    slack.teams = ["T1", "T2"];
    const { ask, store } = await serve([slack, teams]);
    await store.desk("group");
    for (const member of ["slack:T1", "slack:T2", "teams:TENANT"]) await store.members.assign(member, "group", NOON);
    for (const place of ["slack:T1/C1", "slack:T2/C1", "teams:TENANT/19:a@thread.tacv2"]) await ask(place, "watch");
    await ask("slack:T1/C1", `register CNIL SAN-1 "One Ltd" ${ORDER}`);
    await vi.waitFor(() => {
      expect(slack.posted.map(({ to }) => to)).toEqual(expect.arrayContaining(["slack:T1/C1", "slack:T2/C1"]));
      expect(teams.posted.map(({ to }) => to)).toContain("teams:TENANT/19:a@thread.tacv2");
    }, 5_000);
    for (const { posted } of [slack, teams]) {
      const titles = posted.filter(({ text }) => text.includes("One Ltd")).map(({ to, title }) => `${to} ${title}`);
      expect(titles).toEqual([...new Set(titles)]);
    }
  });
});

describe("a place that was given away from its workspace's desk", () => {
  test("is another desk's, with its own matters, for the firm's own people too, whose conversations stay the firm's", async () => {
    const { ask, store } = await firm();
    await ask("slack:T1/C1", 'register CNIL SAN-1 "Firm Ltd" --kind sanction --decided 2020-01-02');
    const acme = await store.desk("acme");
    await acme.access.grant({ person: await acme.people.idOf("slack:T1/U7" as PersonRef, "u7"), role: "editor", by: "p1", at: NOON });
    await ask(LENT, 'register CNIL SAN-1 "Client Ltd" --kind sanction --decided 2020-01-02', "slack:T1/U7");
    expect(await ask(LENT, "show SAN-1", "slack:T1/U7")).toContain("Client Ltd");
    for (const place of ["slack:T1/C1", "slack:T1/U7"]) expect(await ask(place, "show SAN-1", "slack:T1/U7")).toContain("Firm Ltd");
    // Whoever was given nothing there sees what is public and records nothing.
    expect(await ask(LENT, "note SAN-1 --text x")).toContain("Not done");
    expect(await ask(LENT, "list tag:none")).not.toContain("Firm");
  });

  test("makes nobody an administrator there who is one at the workspace's desk", async () => {
    const { ask } = await firm({ admins: ["slack:T1/U1" as PersonRef] });
    expect(await ask("slack:T1/C1", "role")).toContain("slack:T1/U1");
    expect(await ask(LENT, "role")).not.toContain("slack:T1/U1");
    expect(await ask(LENT, "policy --notes on")).toContain("Not done");
  });

  test("has the sign of life and the operations messages that are configured for it, and its workspace's desk has not", async () => {
    const { chat, store, ready } = await firm({ canary: LENT as Place });
    await vi.waitFor(() => expect(chat.posted.map(({ to }) => to)).toEqual([LENT]), 5_000);
    await vi.waitFor(async () => expect((await ready()).checks.find(({ check }) => check === "canary")?.state).toBe("ok"), 5_000);
    // It is looked for as it was posted: two desks may have a key of one name.
    await vi.waitFor(() => expect(chat.asked.at(-1)?.once).toBe(chat.posted[0]!.once), 5_000);
    expect(chat.posted[0]!.once).toMatch(/@acme$/);
    expect((await (await store.desk("acme")).deliveries.tally()).delivered).toBe(1);
    expect((await store.deliveries.tally()).delivered).toBe(0);
  });
});

describe("a place that is given away while a loop runs", () => {
  async function watching() {
    const chat = manyOfTest(true);
    const served = await serve(chat, { operations: "slack:T1/C9" as Place });
    const { ask, store } = served;
    await ask(LENT, "watch");
    await ask(LENT, `register CNIL SAN-1 "Firm Ltd" ${ORDER}`);
    await vi.waitFor(() => expect(toldIn(chat, LENT)).toContain("Firm Ltd"), 5_000);
    await store.desk("acme");
    return { ...served, chat };
  }

  test("hears nothing of its former desk from the moment at which that is said; operations are told, and it goes on when the place is back", async () => {
    const { chat, ask, store, clock } = await watching();
    await store.members.assign(LENT, "acme", NOON);
    const [before, updates] = [toldIn(chat, LENT), chat.updated.length];
    // Two days later a reminder, a digest and the card's figures would be due.
    clock.set(instantOf(millisecondsOf(NOON) + 2 * 86_400_000));
    await ask("slack:T1/C1", "paid SAN-1 --on 2026-11-20 --amount 5 --for penalty");
    await vi.waitFor(() => expect(toldIn(chat, "slack:T1/C9")).toContain("belongs to another desk now"), 10_000);
    await ask("slack:T1/C1", 'register CNIL SAN-2 "Firm Second" --kind order --decided 2026-09-01 --notified 2026-09-25 --period P2M');
    await vi.waitFor(async () => expect(await store.index.due(clock.now(), 9)).toEqual([]), 10_000);
    expect([toldIn(chat, LENT), chat.updated.length]).toEqual([before, updates]);
    expect(await ask(LENT, "list")).not.toContain("Firm");
    await store.members.release(LENT, NOON);
    clock.set(instantOf(millisecondsOf(clock.now()) + 86_400_000));
    await vi.waitFor(() => expect(toldIn(chat, LENT)).toContain("Firm Second"), 15_000);
    expect(toldIn(chat, LENT)).not.toContain("No longer shown here");
    expect(chat.posted.filter(({ title }) => title.includes("belongs to another desk now"))).toHaveLength(1);
    expect(await ask(LENT, "show SAN-1")).toContain("Firm Ltd");
  }, 40_000);
});

describe("an adapter within a desk", () => {
  const CARD: Card = { title: "due", tone: "calm", blocks: [] };

  test("posts, changes, looks and writes to what was given to the desk, and asks anew each time", async () => {
    const { store, chat } = await firm();
    const belonging = openBelonging(store.members, [chat]);
    const [client, house] = ["acme", "main"].map((name) => scopedTo(name, chat, belonging, "en")) as [Many, Many];
    const message = `${LENT}/1.0` as PostRef;
    const key = "k" as DeliveryKey;
    expect(await client.post(LENT as Place, CARD, key)).toMatchObject({ ok: true });
    expect(await house.post(LENT as Place, CARD, key)).toMatchObject({ ok: false, retry: "later" });
    expect(await house.update(message, CARD)).toMatchObject({ ok: false, retry: "never" });
    expect(await house.update("elsewhere:1" as PostRef, CARD)).toMatchObject({ ok: false, retry: "never" });
    expect(await client.update(message, CARD)).toMatchObject({ ok: true });
    const firms = "slack:T1/U7" as PersonRef;
    expect([client.direct(firms), house.direct(firms)]).toEqual([null, firms]);
    expect([await client.kindOf(firms), await house.kindOf(firms)]).toEqual(["stranger", "member"]);
    expect([await client.audience(LENT as Place), await house.audience(LENT as Place)]).toEqual([
      { kind: "internal" },
      { kind: "unknown" },
    ]);
    await store.members.release(LENT, NOON);
    expect(await client.post(LENT as Place, CARD, key)).toMatchObject({ ok: false, retry: "later" });
    expect(await house.post(LENT as Place, CARD, key)).toMatchObject({ ok: true });
  });

  test("lets nothing out where it cannot be told whose a place is", async () => {
    const { store, chat } = await firm();
    const version = async () => Promise.reject(new Error("the disk is gone"));
    const house = scopedTo("main", chat, openBelonging({ ...store.members, version }, [chat]), "en");
    const result = await house.post("slack:T1/C1" as Place, CARD, "k" as DeliveryKey);
    expect(result).toMatchObject({ ok: false, retry: "later", reason: expect.stringContaining("the disk is gone") });
    expect(chat.posted).toEqual([]);
  });
});
