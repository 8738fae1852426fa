import { describe, expect, onTestFinished, test, vi } from "vitest";
import { openStore } from "../../adapters/store/sql/open.ts";
import { openBelonging } from "../../src/app/belonging.ts";
import { scopedTo } from "../../src/app/desk-scope.ts";
import { deskTicks } from "../../src/app/desk-ticks.ts";
import type { DeliveryKey, PersonRef, Place } from "../../src/ports/chat.ts";
import { manyOfTest, NOON, PERSON, serve } from "./many-of-test.ts";

describe("the desks of workspaces", () => {
  test("are opened as they are installed, closed as they go, and what was there is there when they come back", async () => {
    const adapter = manyOfTest();
    adapter.teams = ["T1"];
    const { ask, store } = await serve(adapter);
    await ask("slack:T1/C1", 'register CNIL SAN-1 "One" --kind sanction --decided 2020-01-02');
    expect(await ask("slack:T2/C1", "list")).toContain("not installed in this workspace");
    adapter.teams = ["T2"];
    await adapter.host.workspacesChanged();
    expect(await ask("slack:T1/C1", "list")).toContain("not installed in this workspace");
    expect(await ask("slack:T2/C1", "list")).toContain("No public matter is known here");
    adapter.teams = ["T1", "T2"];
    expect(await ask("slack:T1/C1", "show SAN-1")).toContain("SAN-1");
    expect(await store.desks()).toEqual(["main", "slack-t1", "slack-t2"]);
    expect((await store.ledger.head()).events).toBe(0);
  });

  test("answer forms, look-ups and Home of a workspace that is not installed in words, or with nothing", async () => {
    const adapter = manyOfTest();
    await serve(adapter);
    const asking = { ...PERSON, place: "slack:T9/C1" as Place };
    const { host } = adapter;
    const words = { cards: [{ title: expect.stringContaining("not installed"), tone: "calm", blocks: [] }], audience: "asker" };
    // Nothing was done: what was entered into a form is kept.
    const refused = { ...words, refused: true };
    expect(await host.onCommand({ ...asking, text: "list" })).toEqual(refused);
    expect(await host.form({ ...asking, verb: "register", values: {} })).toEqual(refused);
    expect(await host.submit({ ...asking, verb: "register", values: {} })).toEqual(refused);
    expect(await host.lookUp({ ...asking, of: "authority", query: "", most: 5 })).toEqual([]);
    expect((await host.home(asking)).cards).toEqual(words.cards);
    expect((await host.home({ ...asking, language: "fr" })).cards[0]!.title).toContain("n’est pas installé");
  });

  test("say the sign of life at the desk that owns its place, and nowhere else", async () => {
    const adapter = manyOfTest();
    adapter.teams = ["T1", "T2"];
    const { ready } = await serve(adapter, { canary: "slack:T2/C7" as Place });
    await vi.waitFor(() => expect(adapter.posted.map(({ to }) => to)).toEqual(["slack:T2/C7"]), 5_000);
    await vi.waitFor(async () => expect((await ready()).checks.find(({ check }) => check === "canary")?.state).toBe("ok"), 5_000);
  });

  test("that own a canary's place and are not installed leave it to be missed", async () => {
    const adapter = manyOfTest();
    adapter.teams = ["T1"];
    const { ready } = await serve(adapter, { canary: "slack:T2/C7" as Place });
    expect((await ready()).checks.find(({ check }) => check === "canary")?.state).toBe("attention");
    expect(adapter.posted).toEqual([]);
  });
});

describe("what nobody acknowledges", () => {
  test("goes to no place of another desk: that one is refused in the words of a workspace that nobody has", async () => {
    const adapter = manyOfTest();
    adapter.teams = ["T1", "T2"];
    const { ask, store } = await serve(adapter);
    const inTwo = (line: string) => ask("slack:T2/C1", line, "slack:T2/U2");
    await inTwo("watch");
    const other = await inTwo("escalate --to slack:T1/C1 --after 5m");
    expect(other).toContain("This desk knows no place slack:T1/C1");
    expect(await inTwo("escalate --to slack:T9/C1 --after 5m")).toBe(other.replaceAll("slack:T1", "slack:T9"));
    expect(await inTwo("escalate --to slack:T1/U1 --after 5m")).toContain("This desk knows no place slack:T1/U1");
    const desk = await store.desk("slack-t2");
    expect((await desk.subscriptions.of("slack:T2/C1" as Place))?.escalation).toBeNull();
  });

  test("goes to a place of the desk's own, and of a platform that another process serves", async () => {
    const adapter = manyOfTest();
    adapter.teams = ["T1", "T2"];
    const { ask, store } = await serve(adapter);
    const inTwo = (line: string) => ask("slack:T2/C1", line, "slack:T2/U2");
    await inTwo("watch");
    const desk = await store.desk("slack-t2");
    for (const to of ["slack:T2/C2", "teams:TENANT/19:x"]) {
      expect(await inTwo(`escalate --to ${to} --after 5m`)).toContain("What nobody acknowledges here goes");
      expect((await desk.subscriptions.of("slack:T2/C1" as Place))?.escalation?.to).toBe(to);
    }
  });
});

describe("an adapter within a desk", () => {
  test("posts to, looks at and writes to nobody of another workspace", async () => {
    const many = manyOfTest();
    const store = await openStore({ url: "sqlite::memory:" });
    onTestFinished(() => store.close());
    const adapter = scopedTo("slack-t1", many, openBelonging(store.members, [many]), "en");
    const card = { title: "due", tone: "calm", blocks: [] } as const;
    expect(await adapter.post("slack:T2/C1" as Place, card, "k" as DeliveryKey)).toMatchObject({ ok: false, retry: "later" });
    expect(await adapter.find("slack:T2/C1" as Place, "k" as DeliveryKey, NOON)).toBe("cannot-tell");
    expect(adapter.direct("slack:T2/U1" as PersonRef)).toBeNull();
    expect([many.posted, many.asked]).toEqual([[], []]);
    expect(await adapter.post("slack:T1/C1" as Place, card, "k" as DeliveryKey)).toMatchObject({ ok: true });
    expect(adapter.direct("slack:T1/U1" as PersonRef)).toBe("slack:T1/U1");
  });
});

describe("the ticks of several desks", () => {
  const facts = { seconds: 0, looked: 0, said: 0, failed: false, leading: true };

  test("are as good as the worst of them", () => {
    let now = 0;
    const ticks = deskTicks(() => now);
    expect(ticks.state()).toEqual({ leading: null, goodTickAt: null });
    ticks.ticked("main", facts);
    ticks.opened("slack-t1");
    now = 60_000;
    ticks.ticked("main", facts);
    expect(ticks.state()).toEqual({ leading: true, goodTickAt: 0 });
    ticks.ticked("slack-t1", { ...facts, failed: true });
    expect([ticks.areWell(), ticks.state().goodTickAt]).toEqual([false, 0]);
    ticks.ticked("slack-t1", facts);
    expect([ticks.areWell(), ticks.state().goodTickAt]).toEqual([true, 60_000]);
    now = 300_000;
    ticks.ticked("main", facts);
    expect(ticks.areWell()).toBe(false);
    ticks.closed("slack-t1");
    expect([ticks.areWell(), ticks.state().goodTickAt]).toEqual([true, 300_000]);
  });
});
