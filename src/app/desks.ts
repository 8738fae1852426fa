import type { ChatAdapter, Log } from "../ports/chat.ts";
import { type Desk, openDesk } from "./answer.ts";
import { type Belonging, ownsAs } from "./belonging.ts";
import { scopedTo } from "./desk-scope.ts";
import { type Door, openDoor } from "./door.ts";
import { type Loop, startLoop } from "./loop.ts";
import { sealedIn } from "./sealed.ts";
import type { DeskInView } from "./vitals.ts";
import type { Watch } from "./watch.ts";

/** The desks beside the house's: of workspaces that are installed, and of what was given to one. Nothing of one is reached from another. */
export interface Desks {
  /** Reads anew what belongs to whom; opens the desks to which something belongs that is served, and closes the others. */
  follow(): Promise<void>;
  /** The door of the desk; null where nothing that belongs to it is served. */
  door(desk: string): Promise<Door | null>;
  inView(): readonly DeskInView[];
  /** From now on what is due is delivered, and what another process installs, gives or takes back is followed. */
  begin(): Promise<void>;
  stop(): Promise<void>;
}

interface Open {
  readonly name: string;
  readonly desk: Desk;
  readonly door: Door;
  loop: Loop | null;
}

/** So often it is looked whether another process has installed, removed, given or taken back something, in milliseconds. */
const FOLLOW_EVERY = 10_000;

/** `house` is the desk whose database, clock and settings the others share; `adapters` are all that are served. */
export function openDesks(house: Desk, adapters: readonly ChatAdapter[], belonging: Belonging, watch: () => Watch): Desks {
  const open = new Map<string, Open>();
  /** Desks whose loops are finishing what is under way: a post may take as long as its platform. */
  const closing = new Map<string, Promise<void>>();
  const { log } = house;
  let isBegun = false;
  let isStopped = false;
  let timer: NodeJS.Timeout | undefined;
  let last: Promise<void> = Promise.resolve();

  async function openOne(name: string): Promise<void> {
    await closing.get(name)?.catch(() => undefined);
    const { clock, language, zone, probe, configured } = house;
    const desk = openDesk(await house.store.desk(name), { clock, language, zone, probe, log: logOf(name, log), ...configured });
    serveAs(name, desk, adapters, belonging);
    const opened: Open = { name, desk, door: openDoor(desk, null), loop: null };
    open.set(name, opened);
    if (isBegun) deliver(opened);
    log.info({ desk: name }, "a desk is open");
  }

  function deliver(opened: Open): void {
    const { name, desk } = opened;
    opened.loop ??= startLoop(desk, desk.running.adapters, watch().opened(name));
  }

  /** Nobody waits for it but whoever opens it again, or stops everything. */
  function closeOne({ name, loop }: Open): void {
    open.delete(name);
    watch().closed(name);
    log.info({ desk: name }, "a desk is closed, since nothing that belongs to it is served: what is due there waits");
    const stopping = (loop?.stop() ?? Promise.resolve()).finally(() => closing.delete(name));
    closing.set(name, stopping);
    stopping.catch((error: unknown) => log.error({ err: error, desk: name }, "a desk could not be closed"));
  }

  async function followOnce(): Promise<void> {
    if (isStopped) return;
    await belonging.refresh();
    const served = await belonging.served();
    for (const opened of [...open.values()]) if (!served.has(opened.name)) closeOne(opened);
    for (const name of served) if (!open.has(name) && !isStopped) await openOne(name);
    await giveWay();
  }

  /** Whoever leads says what is due at the desks that it serves itself: another process may have the key that this one lacks. */
  async function giveWay(): Promise<void> {
    const sealed = await sealedIn(adapters);
    if (sealed > 0 && (await house.store.fleet?.giveWay()) === true)
      log.warn({ workspaces: sealed }, "this process lacks the key of an installation: it gives up the lead, for another to take");
  }

  function follow(): Promise<void> {
    const following = last.then(followOnce);
    last = following.catch(() => undefined);
    return following;
  }

  function followOrSay(): Promise<void> {
    return follow().catch((error: unknown) => log.error({ err: error }, "it could not be looked what belongs to which desk"));
  }

  return {
    follow,
    async door(desk) {
      if (!open.has(desk)) await followOrSay();
      return open.get(desk)?.door ?? null;
    },
    inView: () => [...open.values()].map(({ name, desk }) => ({ ...desk, name })),
    async begin() {
      isBegun = true;
      for (const opened of open.values()) deliver(opened);
      await follow();
      timer = setInterval(() => void followOrSay(), FOLLOW_EVERY).unref();
    },
    async stop() {
      isStopped = true;
      clearInterval(timer);
      await last;
      await Promise.allSettled([...closing.values(), ...[...open.values()].map(({ loop }) => loop?.stop())]);
    },
  };
}

/** The desk has of every adapter what belongs to it, now and whenever that changes. */
export function serveAs(name: string, desk: Desk, adapters: readonly ChatAdapter[], belonging: Belonging): void {
  desk.running.owns = ownsAs(name, belonging);
  desk.running.adapters = adapters.map((adapter) => scopedTo(name, adapter, belonging, desk.language));
}

/** Each line names the desk that it is about. */
function logOf(desk: string, log: Log): Log {
  return {
    info: (about, text) => log.info({ desk, ...about }, text),
    warn: (about, text) => log.warn({ desk, ...about }, text),
    error: (about, text) => log.error({ desk, ...about }, text),
  };
}
