import { join } from "node:path";
import { STORE } from "../../adapters/index.ts";
import { deliverAll } from "../../src/alerts/deliver.ts";
import { type DeliveryHost, freshMemory, type Message } from "../../src/alerts/delivery.ts";
import { rulebook } from "../../src/alerts/rulebook.ts";
import type { DeliveryKey, Place } from "../../src/ports/chat.ts";
import { noProbe } from "../../src/ports/probe.ts";
import { systemClock } from "../../src/time/clock.ts";
import { adapterThat, loudLog } from "../platform/adapter.ts";
import type { Post } from "../platform/post.ts";
import { type Contestant, channelOf, type Where } from "./contestant.ts";

/** Curewatch: the pipeline that serves, on its own store on disk, with an adapter that posts as every contestant does. */
export async function ours({ folder }: Where, post: Post): Promise<Contestant> {
  const store = await STORE.open({ url: `sqlite:${join(folder, "register.db")}` });
  // Slack's pace: each place is posted to once, so it never binds.
  const adapter = adapterThat((place, { title }) => post(place.slice(place.indexOf("/") + 1), title), 1_000);
  const host: DeliveryHost = {
    deliveries: store.deliveries,
    clock: systemClock,
    log: loudLog,
    probe: noProbe,
    adapterOf: () => adapter,
    memory: freshMemory(),
    stopping: () => false,
    pause: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
  };
  let due: readonly Message[] = [];
  let fills = 0;
  return {
    async fill(texts) {
      fills += 1;
      due = texts.map((text, index) => reminder(text, index, fills));
    },
    async drain() {
      const { outcomes } = await deliverAll(host, due);
      const failed = [...outcomes.values()].find(({ kind }) => kind !== "delivered");
      if (failed !== undefined || outcomes.size !== due.length) throw new Error(`not all was delivered: ${JSON.stringify(failed)}`);
    },
    close: () => store.close(),
  };
}

/** A reminder as a tick makes it: a key, what it rests on, and a card that is made when it is said. */
export function reminder(text: string, index: number, fill: number): Message {
  const place = `bench:${fill}/${channelOf(index)}` as Place;
  const stream = `CNIL SAN-2026-${index}`;
  const shown = {
    stage: 7,
    on: "2026-11-22",
    item: "a",
    state: "curing",
    expiry: "2026-11-29",
    units: null,
    theoretical: null,
    fixed: null,
  };
  const key = JSON.stringify([place, "reminder", stream, "a", "7", "2026-11-29", ""]) as DeliveryKey;
  const basis = { place, kind: "reminder", reason: "stage-reached", stream, version: 1, head: HEAD, rulebook: rulebook(), shown } as const;
  return {
    place,
    once: key,
    language: "en",
    dues: [{ key, basis, before: null }],
    card: () => ({ title: text, tone: "soon", blocks: [{ kind: "text", text: ["7 days left."] }] }),
  };
}

const HEAD = "0".repeat(64);
