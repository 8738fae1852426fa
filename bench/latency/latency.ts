import { join } from "node:path";
import { STORE } from "../../adapters/index.ts";
import { type Desk, openDesk } from "../../src/app/answer.ts";
import { startLoop } from "../../src/app/loop.ts";
import { lookedByOf } from "../../src/app/tick-host.ts";
import type { ChatAdapter, DeliveryKey, Place } from "../../src/ports/chat.ts";
import type { Store } from "../../src/ports/store.ts";
import { systemClock } from "../../src/time/clock.ts";
import { addDays } from "../../src/time/day.ts";
import { dayIn, type Instant, instantOf, millisecondsOf } from "../../src/time/instant.ts";
import type { Ending } from "../ending.ts";
import { percentile } from "../figures.ts";
import { adapterThat, loudLog } from "../platform/adapter.ts";
import { startPlatform } from "../platform/platform.ts";
import { openPost } from "../platform/post.ts";
import type { Progress } from "../progress.ts";
import { record, watch } from "../register.ts";
import type { Report } from "../report.ts";

const REMINDERS = 500;
const PLACES = 50;
/** They fall due within so many milliseconds, at moments drawn from the seed: some together, some apart. */
const SPREAD = 10_000;
const SEED = 20_261_122;
const [HALF, NEARLY_ALL] = [10, 50];

/** From the moment at which a reminder falls due to the start of its post, in the loop that serves, at the very moments of the machine's clock. */
export async function latency(_rounds: number, ending: Ending, progress: Progress): Promise<Report> {
  const folder = await ending.folder();
  const platform = await startPlatform(ending);
  const post = openPost(platform.port, 16);
  const began = new Map<string, number>();
  // No pace: that is the platform's own limit, and a reminder that waits for it waits for the reminder before it.
  const adapter = adapterThat((place, { title }, once) => {
    began.set(streamOf(once), millisecondsOf(systemClock.now()));
    return post(place, title);
  }, 0);
  const store = await STORE.open({ url: `sqlite:${join(folder, "register.db")}` });
  try {
    const desk = openDesk(store, { clock: systemClock, log: loudLog, language: "en", zone: "Europe/Paris" });
    const due = await makeDue(desk, adapter);
    const loop = startLoop(desk, [adapter]);
    const over = Math.max(...[...due.values()].map(millisecondsOf)) + 5_000;
    while (began.size < due.size && millisecondsOf(systemClock.now()) < over) {
      progress.now(`latency: ${began.size} of ${due.size} reminders`);
      await new Promise((next) => setTimeout(next, 250));
    }
    await loop.stop();
    await checkAll(store, due, began);
    return reportOf([...due].map(([stream, at]) => began.get(stream)! - millisecondsOf(at)));
  } finally {
    await store.close();
  }
}

/** The stream of the reminder that a delivery key names. */
function streamOf(once: DeliveryKey): string {
  return (JSON.parse(once) as readonly string[])[2]!;
}

/** Matters with something to say, and the moment at which the register is told to look at each. */
async function makeDue({ store }: Desk, adapter: ChatAdapter): Promise<ReadonlyMap<string, Instant>> {
  const now = systemClock.now();
  const today = dayIn("Europe/Paris", now);
  // Its expiry lies three weeks ahead, so that it is past the stage of 30 days.
  const made = Array.from({ length: REMINDERS }, (_, index) => ({
    ref: `LATE-${index}`,
    notified: addDays(today, -40),
    period: "P2M",
    tag: `place-${index % PLACES}`,
  }));
  const streams = await record(store, made, now);
  for (let place = 0; place < PLACES; place++) await watch(store, `bench:${place}` as Place, [`tag:place-${place}`], now);
  // Other rules, or another platform, would have everything looked at when the loop begins.
  await store.state("desk").set("looked-by", lookedByOf([adapter]));
  const start = millisecondsOf(systemClock.now()) + 1_500;
  const random = randomFrom(SEED);
  const due = new Map(streams.map((stream) => [stream, instantOf(start + Math.floor(random() * SPREAD))]));
  const derived = { authority: "CNIL", ref: "", kind: "sanction", state: "curing", nextDay: null };
  await store.index.looked(
    streams.map((stream) => ({ stream, version: 1, wakeAt: due.get(stream)!, derived })),
    systemClock.now(),
  );
  return due;
}

/** Numbers from 0 up to 1, the same for the same seed (a linear congruential generator, Numerical Recipes). */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

async function checkAll(store: Store, due: ReadonlyMap<string, Instant>, began: ReadonlyMap<string, number>): Promise<void> {
  const { delivered } = await store.deliveries.tally();
  const early = [...due].filter(([stream, at]) => (began.get(stream) ?? Number.POSITIVE_INFINITY) < millisecondsOf(at));
  if (began.size !== due.size || delivered !== due.size || early.length > 0)
    throw new Error(
      `Of ${due.size} reminders ${began.size} were posted, ${delivered} settled as delivered and ${early.length} said too early.`,
    );
}

function reportOf(waits: readonly number[]): Report {
  const sorted = waits.toSorted((a, b) => a - b);
  const [p50, p90, p99, most] = [50, 90, 99, 100].map((percent) => percentile(sorted, percent)) as [number, number, number, number];
  return {
    title: `From due to the start of the post: ${REMINDERS} reminders for ${PLACES} places within ${SPREAD / 1000} s (seed ${SEED})`,
    table: [
      ["", "p50", "p90", "p99", "most"],
      ["milliseconds", ...[p50, p90, p99, most].map(String)],
    ],
    promises: [
      { promise: `half of them within ${HALF} ms`, found: `${p50} ms`, kept: p50 <= HALF },
      { promise: `99 of 100 within ${NEARLY_ALL} ms`, found: `${p99} ms`, kept: p99 <= NEARLY_ALL },
    ],
    data: { reminders: REMINDERS, places: PLACES, spreadMilliseconds: SPREAD, seed: SEED, p50, p90, p99, most },
  };
}
