import { describe, expect, test } from "vitest";
import type { Readiness } from "../../src/app/health.ts";
import type { PostRef } from "../../src/ports/chat.ts";
import type { Store } from "../../src/ports/store.ts";
import { CHANNEL, delivered, type WatchedDesk, watchedDesk } from "../app/desk-of-test.ts";
import { later, NOW } from "../app/kept-log.ts";
import { textOf } from "../support/source.ts";

const POSTED = "slack:T1/C2/1.1" as PostRef;
const TICK = { seconds: 0.02, looked: 3, said: 2, failed: false, leading: true };

async function page({ address }: WatchedDesk, headers: Record<string, string> = {}): Promise<string> {
  const response = await fetch(`${address}/metrics`, { headers });
  expect(response.status).toBe(200);
  return response.text();
}

/** The samples of a metric by their labels; the name alone where it has none. */
function samples(text: string, name: string): Readonly<Record<string, number>> {
  const found = [...text.matchAll(new RegExp(`^(${name}(?:\\{[^}]*\\})?) (\\S+)$`, "gm"))];
  return Object.fromEntries(found.map(([, labels, value]) => [labels!, value === "+Inf" ? Number.POSITIVE_INFINITY : Number(value)]));
}

async function ready({ address }: WatchedDesk): Promise<{ readonly status: number; readonly body: Readiness }> {
  const response = await fetch(`${address}/readyz`);
  return { status: response.status, body: (await response.json()) as Readiness };
}

const stamp = { recordedAt: later(NOW, -120), by: "p1", commandId: "c1", via: "command" } as const;
const derived = { authority: "CNIL", ref: "SECRET-REF", kind: "sanction", state: "accruing", nextDay: null };

async function withMatter({ ledger }: Store): Promise<void> {
  const entry = { eventId: "e1", type: "registered", on: null, data: {}, texts: { respondent: "Secret Respondent" } };
  await ledger.append([{ stream: "cnil/secret-ref", expectedVersion: 0, entries: [entry], derived }], stamp);
}

describe("/metrics", () => {
  test("tells of ticks and posts as they were counted", async () => {
    const desk = await watchedDesk();
    desk.watch.ticked(TICK);
    desk.watch.ticked({ ...TICK, seconds: 2, looked: 1, said: 0, failed: true });
    desk.watch.posted("slack", "delivered", 0.3);
    desk.watch.posted("slack", "delivered", 0.4);
    desk.watch.posted("slack", "unknown", 20);
    const text = await page(desk);
    expect(samples(text, "curewatch_posts_total")).toEqual({
      'curewatch_posts_total{adapter="slack",result="delivered"}': 2,
      'curewatch_posts_total{adapter="slack",result="later"}': 0,
      'curewatch_posts_total{adapter="slack",result="unknown"}': 1,
      'curewatch_posts_total{adapter="slack",result="never"}': 0,
    });
    expect(samples(text, "curewatch_post_duration_seconds_(?:count|sum)")).toEqual({
      'curewatch_post_duration_seconds_count{adapter="slack"}': 3,
      'curewatch_post_duration_seconds_sum{adapter="slack"}': 20.7,
    });
    expect(samples(text, "curewatch_tick_duration_seconds_count")).toEqual({ curewatch_tick_duration_seconds_count: 2 });
    expect(samples(text, "curewatch_(?:ticks_failed|matters_looked_at|said)_total")).toEqual({
      curewatch_ticks_failed_total: 1,
      curewatch_matters_looked_at_total: 4,
      curewatch_said_total: 2,
    });
  });

  test("counts no tick of a process that stands by, and shows that it does not lead", async () => {
    const desk = await watchedDesk();
    desk.watch.ticked({ seconds: 0, looked: 0, said: 0, failed: false, leading: false });
    const text = await page(desk);
    expect(samples(text, "curewatch_tick_duration_seconds_count")).toEqual({ curewatch_tick_duration_seconds_count: 0 });
    expect(samples(text, "curewatch_(?:leading|last_good_tick_age_seconds)")).toEqual({ curewatch_leading: 0 });
    desk.watch.ticked(TICK);
    desk.pass(5);
    expect(samples(await page(desk), "curewatch_(?:leading|last_good_tick_age_seconds)")).toEqual({
      curewatch_leading: 1,
      curewatch_last_good_tick_age_seconds: 5,
    });
    expect(desk.log.lines.filter((line) => line.includes("leads"))).toHaveLength(2);
  });

  test("tells of the register: its events, the age of its head, its matters by state and what nobody watches", async () => {
    const desk = await watchedDesk();
    await withMatter(desk.store);
    const text = await page(desk);
    expect(samples(text, "curewatch_ledger_events")).toEqual({ curewatch_ledger_events: 1 });
    expect(samples(text, "curewatch_chain_head_age_seconds")).toEqual({ curewatch_chain_head_age_seconds: 120 });
    expect(samples(text, "curewatch_matters")).toEqual({ 'curewatch_matters{state="accruing"}': 1 });
    expect(samples(text, "curewatch_(?:unwatched_matters|watches|places)")).toEqual({
      curewatch_unwatched_matters: 1,
      curewatch_watches: 0,
      curewatch_places: 0,
    });
  });

  test("tells of deliveries by outcome and how long the oldest has waited", async () => {
    const desk = await watchedDesk();
    await delivered(desk.store, "one", later(NOW, -500), { kind: "delivered", posted: POSTED });
    await delivered(desk.store, "two", later(NOW, -400), { kind: "later", reason: "429", notBefore: later(NOW, 60) });
    await delivered(desk.store, "three", later(NOW, -600), { kind: "never", reason: "gone" });
    await delivered(desk.store, "four", later(NOW, -10), null);
    const text = await page(desk);
    expect(samples(text, "curewatch_deliveries")).toEqual({
      'curewatch_deliveries{outcome="delivered"}': 1,
      'curewatch_deliveries{outcome="later"}': 1,
      'curewatch_deliveries{outcome="unknown"}': 0,
      'curewatch_deliveries{outcome="never"}': 1,
      'curewatch_deliveries{outcome="claimed"}': 1,
    });
    expect(samples(text, "curewatch_oldest_unposted_delivery_seconds")).toEqual({ curewatch_oldest_unposted_delivery_seconds: 400 });
  });

  test("tells of the machine's clock, of connections, of the build and of Node itself", async () => {
    const desk = await watchedDesk();
    desk.watch.heardTime("slack", later(NOW, 90));
    desk.adapter.online = false;
    const text = await page(desk);
    expect(samples(text, "curewatch_clock_skew_seconds")).toEqual({ 'curewatch_clock_skew_seconds{adapter="slack"}': -90 });
    expect(samples(text, "curewatch_adapter_connected")).toEqual({ 'curewatch_adapter_connected{adapter="slack"}': 0 });
    expect(text).toMatch(/^curewatch_build_info\{version="\d+\.\d+\.\d+",rulebook="[0-9a-f]{12}",node="v\d+[^"]*"\} 1$/m);
    expect(Object.keys(samples(text, "process_resident_memory_bytes"))).toHaveLength(1);
  });

  test("names no matter, place or person", async () => {
    const desk = await watchedDesk({ canary: CHANNEL });
    await withMatter(desk.store);
    await delivered(desk.store, "one", later(NOW, -500), { kind: "later", reason: "Secret reason", notBefore: NOW });
    expect(await page(desk)).not.toMatch(/secret|CNIL|T1|C2/i);
  });

  test("is described in docs/operating.md, metric by metric, and its rules ask for no other", async () => {
    const served = [...(await page(await watchedDesk({ canary: CHANNEL }))).matchAll(/^# TYPE (curewatch_\w+)/gm)].map(([, name]) => name!);
    const text = textOf("docs/operating.md");
    const described = [...text.matchAll(/^\|.*$/gm)].flatMap(([row]) => row.match(/curewatch_\w+/g) ?? []);
    expect([...new Set(described)].toSorted()).toEqual(served.toSorted());
    const asked = [...text.matchAll(/expr: .*$/gm)].flatMap(([rule]) => rule.match(/curewatch_\w+/g) ?? []);
    expect(asked.length).toBeGreaterThan(10);
    expect(asked.filter((name) => !served.includes(name))).toEqual([]);
  });

  test("shows the canary's age and whether it was read back only where one is asked for, and +Inf before the first", async () => {
    expect(samples(await page(await watchedDesk()), "curewatch_canary_.*")).toEqual({});
    const desk = await watchedDesk({ canary: CHANNEL });
    expect(samples(await page(desk), "curewatch_canary_.*")).toEqual({
      curewatch_canary_age_seconds: Number.POSITIVE_INFINITY,
      curewatch_canary_read_back: -1,
    });
    await delivered(desk.store, "canary", NOW, { kind: "delivered", posted: POSTED }, "canary");
    desk.adapter.shown = POSTED;
    await page(desk);
    desk.pass(30);
    expect(samples(await page(desk), "curewatch_canary_.*")).toEqual({ curewatch_canary_age_seconds: 30, curewatch_canary_read_back: 1 });
  });

  test("leaves the register's figures out where it cannot be read, rather than showing old ones", async () => {
    let isBroken = false;
    const desk = await watchedDesk({}, (store) => ({
      ...store,
      ledger: { ...store.ledger, head: () => (isBroken ? Promise.reject(new Error("disk I/O error")) : store.ledger.head()) },
    }));
    await withMatter(desk.store);
    expect(samples(await page(desk), "curewatch_(?:ledger_events|register_readable)")).toEqual({
      curewatch_register_readable: 1,
      curewatch_ledger_events: 1,
    });
    isBroken = true;
    const text = await page(desk);
    expect(samples(text, "curewatch_register_readable")).toEqual({ curewatch_register_readable: 0 });
    expect(samples(text, "curewatch_(?:ledger|chain|matters|deliveries|oldest|watches|places|unwatched).*(?<!_total)")).toEqual({});
  });
});

describe("/readyz", () => {
  test("answers 200 and what it has looked at", async () => {
    const desk = await watchedDesk();
    desk.watch.ticked(TICK);
    const { status, body } = await ready(desk);
    expect(status).toBe(200);
    expect(body).toMatchObject({ ready: true, leading: true, matters: 0, unwatched: 0, canary: null });
    expect(body.adapters).toEqual([{ name: "slack", connected: true, clockSkewSeconds: null }]);
  });

  test("answers 503 with the reason where nothing can be written", async () => {
    const desk = await watchedDesk({}, (store) => ({ ...store, canWrite: () => Promise.reject(new Error("database or disk is full")) }));
    const { status, body } = await ready(desk);
    expect(status).toBe(503);
    expect(body.checks).toContainEqual({
      check: "register-write",
      state: "failing",
      wrong: "The register cannot be written: database or disk is full",
    });
  });

  test("answers 503, and not a fault, where the register cannot be read, be it only the delivery log", async () => {
    const broken = () => Promise.reject(new Error("disk I/O error"));
    const desk = await watchedDesk({ canary: CHANNEL }, (store) => ({ ...store, deliveries: { ...store.deliveries, last: broken } }));
    const { status, body } = await ready(desk);
    expect(status).toBe(503);
    expect(body.checks[0]).toEqual({ check: "register-read", state: "failing", wrong: "The register cannot be read: disk I/O error" });
    expect(body).toMatchObject({ matters: null, unwatched: null, undelivered: null, canary: null });
  });

  test("answers 503 while an adapter is cut off, while the clock is an hour off, and from the moment at which the process is told to stop", async () => {
    const desk = await watchedDesk();
    desk.adapter.online = false;
    expect((await ready(desk)).status).toBe(503);
    desk.adapter.online = true;
    desk.watch.heardTime("slack", later(NOW, 3700));
    expect((await ready(desk)).status).toBe(503);
    desk.watch.heardTime("slack", NOW);
    expect((await ready(desk)).status).toBe(200);
    desk.watch.stopping();
    expect((await ready(desk)).status).toBe(503);
    expect(await (await fetch(`${desk.address}/healthz`)).text()).toBe("alive\n");
  });

  test("checks once for all who ask at the same time", async () => {
    let written = 0;
    const desk = await watchedDesk({}, (store) => ({
      ...store,
      canWrite: async () => {
        written++;
        await new Promise((resolve) => setImmediate(resolve));
      },
    }));
    await Promise.all(Array.from({ length: 5 }, () => desk.watch.readiness()));
    expect(written).toBe(1);
    await desk.watch.readiness();
    expect(written).toBe(2);
  });
});
