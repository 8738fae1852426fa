import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { STORE } from "../../adapters/index.ts";
import { postParcel } from "../../src/alerts/post-one.ts";
import { openRegister } from "../../src/alerts/register.ts";
import { type TickHost, tick } from "../../src/alerts/tick.ts";
import { type Desk, openDesk } from "../../src/app/answer.ts";
import { tickHost } from "../../src/app/tick-host.ts";
import type { DeliveryKey, Place } from "../../src/ports/chat.ts";
import type { Store } from "../../src/ports/store.ts";
import { type SetClock, setClock, stopwatch } from "../../src/time/clock.ts";
import { addDays } from "../../src/time/day.ts";
import { momentOf } from "../../src/time/instant.ts";
import type { Ending } from "../ending.ts";
import { adapterThat, loudLog } from "../platform/adapter.ts";
import { watch } from "../register.ts";
import { changeOf, EXPIRY, NOTIFIED, ROWS } from "./model.ts";
import { type SystemMemory, systemMemoryOf } from "./system-memory.ts";

export const ZONE = "Europe/Paris";
const PLACE = "bench:all" as Place;
/** Matters in one append. */
const AT_ONCE = 500;

export type Say = (text: string) => void;

/** Where the registers of a run lie. */
export interface Ground {
  readonly name: string;
  url(matters: number): Promise<string>;
  /** Absent where its files are another program's. */
  memory?(matters: number): SystemMemory;
}

export async function sqliteGround(ending: Ending): Promise<Ground> {
  const folder = await ending.folder();
  const path = (matters: number) => join(folder, `${matters}.db`);
  return { name: "SQLite", url: async (matters) => `sqlite:${path(matters)}`, memory: (matters) => systemMemoryOf(path(matters)) };
}

/** A register of so many matters, each of them looked at, in which nothing is due yet. */
export interface Filled {
  readonly matters: number;
  readonly clock: SetClock;
  readonly store: Store;
  readonly desk: Desk;
  readonly host: TickHost;
  readonly said: readonly DeliveryKey[];
  readonly memory: SystemMemory | null;
  /** Rows a second by which the first and the last tenth were appended. */
  readonly appended: readonly [number, number];
  close(): Promise<void>;
}

/** Fills it through the register, as an import does, and opens it anew, as a process does that was started since. */
export async function filledRegister(ground: Ground, matters: number, say: Say): Promise<Filled> {
  const clock = setClock(momentOf(ZONE, addDays(NOTIFIED, 12), "10:00"));
  const url = await ground.url(matters);
  const filling = await STORE.open({ url, clock });
  const appended = await fill(filling, matters, clock, say);
  await watch(filling, PLACE, [], clock.now());
  await filling.close();
  const store = await STORE.open({ url, clock });
  const said: DeliveryKey[] = [];
  const desk = openDesk(store, { clock, log: loudLog, language: "en", zone: ZONE });
  desk.running.adapters = [adapterThat(async (_place, _card, once) => `m${said.push(once)}`, 0)];
  const host = tickHost(desk, () => false);
  const leave = await leading(store, host);
  clock.set(momentOf(ZONE, addDays(EXPIRY, -40), "10:00"));
  for (let looked = 0; ; ) {
    const ticked = await tick(host);
    looked += ticked.looked;
    say(`${matters} matters: looked at ${looked}`);
    if (ticked.looked === 0) break;
  }
  // What was due of the registrations is said by now: nothing of it is measured.
  said.length = 0;
  const close = async () => {
    await leave();
    await store.close();
  };
  return { matters, clock, store, desk, host, said, memory: ground.memory?.(matters) ?? null, appended, close };
}

/** Makes this process the one that delivers, and the only one. */
async function leading(store: Store, host: TickHost): Promise<() => Promise<void>> {
  const leave = store.fleet?.serve({ post: (parcel, mayGoOn) => postParcel(host, parcel, mayGoOn), nudged: () => undefined, log: loudLog });
  for (const deadline = stopwatch() + 30_000; !(await store.lead()); await wait(50))
    if (stopwatch() > deadline) throw new Error("the bench does not come to lead");
  return async () => leave?.();
}

async function fill(store: Store, matters: number, clock: SetClock, say: Say): Promise<readonly [number, number]> {
  const register = openRegister(store.ledger, store.privacy, store.finder);
  const by = await store.people.idOf("bench:person" as never, "bench");
  const [tenth, took] = [matters / 10, [0, 0] as [number, number]];
  for (let start = 0; start < matters; start += AT_ONCE) {
    const changes = Array.from({ length: Math.min(AT_ONCE, matters - start) }, (_, index) => changeOf(start + index, matters));
    const keys = changes.map(({ key }) => key);
    const began = stopwatch();
    const recorded = await register.record(() => changes, { recordedAt: clock.now(), by, commandId: `fill-${start}`, via: "import" }, keys);
    const seconds = (stopwatch() - began) / 1000;
    if ("refused" in recorded) throw new Error(`the bench's matters were refused: ${recorded.refused}`);
    if (start < tenth) took[0] += seconds;
    if (start >= matters - tenth) took[1] += seconds;
    say(`${matters} matters: recorded ${start + changes.length}`);
  }
  return [(tenth * ROWS) / took[0], (tenth * ROWS) / took[1]];
}
