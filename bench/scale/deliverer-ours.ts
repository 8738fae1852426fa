import { setTimeout as wait } from "node:timers/promises";
import { STORE } from "../../adapters/index.ts";
import { deliverAll } from "../../src/alerts/deliver.ts";
import { type DeliveryHost, freshMemory, type Message } from "../../src/alerts/delivery.ts";
import { postParcel } from "../../src/alerts/post-one.ts";
import { noProbe } from "../../src/ports/probe.ts";
import { stopwatch, systemClock } from "../../src/time/clock.ts";
import { millisecondsOf } from "../../src/time/instant.ts";
import { reminder } from "../drain/ours.ts";
import { adapterThat, loudLog } from "../platform/adapter.ts";
import type { Post } from "../platform/post.ts";
import type { Deliverer } from "./deliverer.ts";

/** For the lead, in milliseconds. */
const PATIENCE = 10_000;

/**
 * Curewatch: the pipeline that serves, from messages that a tick has found due. The first process leads, claims them and makes their jobs; all
 * post; and it ends when the first has heard what came of each.
 */
export async function ours(url: string, post: Post): Promise<Deliverer> {
  const store = await STORE.open({ url });
  // Slack's pace: each place is posted to once, so it never binds.
  const adapter = adapterThat((place, { title }) => post(place.slice(place.indexOf("/") + 1), title), 1_000);
  const host: DeliveryHost = {
    deliveries: store.deliveries,
    fleet: store.fleet!,
    clock: store.clock,
    log: loudLog,
    probe: noProbe,
    adapterOf: () => adapter,
    memory: freshMemory(),
    stopping: () => false,
    pause: (milliseconds) => wait(milliseconds),
  };
  let due: readonly Message[] = [];
  let fills = 0;
  let leave: (() => Promise<void>) | null = null;

  async function begin(): Promise<void> {
    leave ??= store.fleet!.serve({ post: (parcel, mayGoOn) => postParcel(host, parcel, mayGoOn), nudged: () => undefined, log: loudLog });
  }

  return {
    begin,
    async fill(texts) {
      fills += 1;
      due = texts.map((text, index) => reminder(text, index, fills));
      for (const until = stopwatch() + PATIENCE; !(await store.lead()); await wait(50))
        if (stopwatch() > until) throw new Error("Curewatch does not come to lead");
    },
    async delivered() {
      void begin();
      const { outcomes } = await deliverAll(host, due);
      const at = millisecondsOf(systemClock.now());
      const failed = [...outcomes.values()].find(({ kind }) => kind !== "delivered");
      if (failed !== undefined || outcomes.size !== due.length) throw new Error(`not all was delivered: ${JSON.stringify(failed)}`);
      const { waiting, underWay } = await store.fleet!.vitals();
      if (waiting + underWay > 0) throw new Error(`${waiting + underWay} messages are left`);
      return at;
    },
    // It serves on, as it would: nothing is due.
    pause: async () => undefined,
    async close() {
      await leave?.();
      await store.close();
    },
  };
}
