import { join } from "node:path";
import { STORE } from "../../adapters/index.ts";
import { tick } from "../../src/alerts/tick.ts";
import { openDesk } from "../../src/app/answer.ts";
import { tickHost } from "../../src/app/tick-host.ts";
import type { DeliveryKey, Place } from "../../src/ports/chat.ts";
import type { Store } from "../../src/ports/store.ts";
import { type SetClock, setClock, stopwatch } from "../../src/time/clock.ts";
import { addDays, day } from "../../src/time/day.ts";
import { momentOf } from "../../src/time/instant.ts";
import type { Ending } from "../ending.ts";
import { ratios, spreadOf } from "../figures.ts";
import { adapterThat, loudLog } from "../platform/adapter.ts";
import type { Progress } from "../progress.ts";
import { record, watch } from "../register.ts";
import type { Report } from "../report.ts";

const DUE = 100;
const [FEW, MANY] = [1_000, 100_000];
const MOST = 3;
const ZONE = "Europe/Paris";
/** Two months from then end on 27 April; the others have ten months, so that at no stage of the hundred is anything else due. */
const [NOTIFIED, EXPIRY] = [day("2026-02-27"), day("2026-04-27")];
/** Days before the expiry at whose hour the hundred speak. The first of them warms up: the cards begin with it. */
const STAGES = [30, 14, 7, 3, 1, 0];
const PLACE = "bench:all" as Place;

/** The tick that says a hundred due reminders, in a register of a thousand open matters and in one of a hundred thousand. */
export async function ticks(_rounds: number, ending: Ending, progress: Progress): Promise<Report> {
  const folder = await ending.folder();
  const few = await prepared(join(folder, "few.db"), FEW, progress);
  const many = await prepared(join(folder, "many.db"), MANY, progress);
  const took = new Map<Prepared, number[]>([few, many].map((one) => [one, []]));
  for (const [index, stage] of STAGES.entries()) {
    // In turn, and each first in every other pair.
    for (const one of index % 2 === 0 ? [few, many] : [many, few]) {
      progress.now(`ticks: ${stage} days before, ${one.matters} matters`);
      const milliseconds = await one.timed(stage);
      if (index > 0) took.get(one)!.push(milliseconds);
    }
  }
  for (const one of [few, many]) await one.store.close();
  return reportOf(took.get(few)!, took.get(many)!);
}

interface Prepared {
  readonly store: Store;
  readonly matters: number;
  /** The milliseconds of the tick at the hour of that stage. */
  timed(stage: number): Promise<number>;
}

/** A register of so many open matters, each of them looked at, in which nothing is due yet. */
async function prepared(file: string, matters: number, progress: Progress): Promise<Prepared> {
  const clock = setClock(momentOf(ZONE, addDays(EXPIRY, -40), "10:00"));
  const filling = await STORE.open({ url: `sqlite:${file}`, clock });
  const made = Array.from({ length: matters }, (_, index) => ({
    ref: `TICK-${index}`,
    // Spread over the register, not at its beginning.
    period: index % (matters / DUE) === 0 ? "P2M" : "P10M",
    notified: NOTIFIED,
    tag: "bench",
  }));
  await record(filling, made, clock.now(), (done) => progress.now(`ticks: recording ${done} of ${matters} matters`));
  await watch(filling, PLACE, [], clock.now());
  await filling.close();
  // Opened anew, as a process is that was started since: it holds no matter in memory.
  const store = await STORE.open({ url: `sqlite:${file}`, clock });
  const said: DeliveryKey[] = [];
  const host = hostOf(store, clock, said);
  for (let looked = 0; ; ) {
    const ticked = await tick(host);
    looked += ticked.looked;
    progress.now(`ticks: looked at ${looked} of ${matters} matters`);
    if (ticked.looked === 0) break;
  }
  if (said.length > 0) throw new Error(`${said.length} messages were said before anything was due`);
  return {
    store,
    matters,
    async timed(stage) {
      clock.set(momentOf(ZONE, addDays(EXPIRY, -stage), "09:00"));
      const before = (await store.deliveries.tally()).delivered;
      const began = stopwatch();
      const ticked = await tick(host);
      const took = stopwatch() - began;
      const delivered = (await store.deliveries.tally()).delivered - before;
      if (ticked.looked !== DUE || ticked.said.length !== DUE || delivered !== DUE)
        throw new Error(`${stage} days before: looked at ${ticked.looked}, said ${ticked.said.length}, delivered ${delivered}, not ${DUE}`);
      return took;
    },
  };
}

function hostOf(store: Store, clock: SetClock, said: DeliveryKey[]) {
  const desk = openDesk(store, { clock, log: loudLog, language: "en", zone: ZONE });
  const show = async (_place: Place, _card: unknown, once: DeliveryKey) => `m${said.push(once)}`;
  desk.running.adapters = [adapterThat(show, 0)];
  return tickHost(desk, () => false);
}

function reportOf(few: readonly number[], many: readonly number[]): Report {
  const [small, large, ratio] = [spreadOf(few), spreadOf(many), spreadOf(ratios(many, few))];
  const row = (name: string, { min, median, max }: typeof ratio, digits: number) => [
    name,
    ...[median, min, max].map((one) => one.toFixed(digits)),
  ];
  return {
    title: `The tick that says ${DUE} due reminders, ${few.length} pairs`,
    table: [
      ["", "median", "least", "most"],
      row(`${FEW} open matters, milliseconds`, small, 1),
      row(`${MANY} open matters, milliseconds`, large, 1),
      row("ratio, pair by pair", ratio, 2),
    ],
    promises: [{ promise: `at most ${MOST} times as long`, found: `${ratio.median.toFixed(2)} times`, kept: ratio.median <= MOST }],
    data: { due: DUE, milliseconds: { [FEW]: few, [MANY]: many }, ratio },
  };
}
