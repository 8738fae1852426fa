import type { ChatAdapter, Log, Place } from "../ports/chat.ts";
import { type Desk, openDesk } from "./answer.ts";
import { deskNameOf } from "./desk-names.ts";
import { scopedTo } from "./desk-scope.ts";
import { type Door, openDoor } from "./door.ts";
import { type Loop, startLoop } from "./loop.ts";
import type { DeskInView } from "./vitals.ts";
import type { Watch } from "./watch.ts";

/** The desks of the workspaces that are installed. Nothing of one is reached from another. */
export interface Desks {
  /** Opens the desks of workspaces that are installed and not served yet, and closes those of others. */
  follow(): Promise<void>;
  /** The door of the desk; null where no such workspace is installed. */
  door(desk: string): Promise<Door | null>;
  inView(): readonly DeskInView[];
  /** From now on what is due is delivered, and what another process installs is followed. */
  begin(): Promise<void>;
  stop(): Promise<void>;
}

interface Open {
  readonly name: string;
  readonly adapter: ChatAdapter;
  readonly desk: Desk;
  readonly door: Door;
  loop: Loop | null;
}

/** So often it is looked whether another process has installed or removed a workspace, in milliseconds. */
const FOLLOW_EVERY = 10_000;

/** `house` is the desk whose database, clock and settings the others share; `adapters` are all that are served. */
export function openDesks(house: Desk, adapters: readonly ChatAdapter[], watch: () => Watch): Desks {
  const open = new Map<string, Open>();
  /** Desks whose loops are finishing what is under way: a post may take as long as its platform. */
  const closing = new Map<string, Promise<void>>();
  const { log } = house;
  let isBegun = false;
  let isStopped = false;
  let timer: NodeJS.Timeout | undefined;
  let last: Promise<void> = Promise.resolve();

  async function openOne(name: string, adapter: ChatAdapter): Promise<void> {
    await closing.get(name)?.catch(() => undefined);
    const { clock, language, zone, probe } = house;
    const owned = (place: Place | null) => (place !== null && deskNameOf(adapters, place) === name ? place : null);
    const shared = {
      clock,
      language,
      zone,
      probe,
      log: logOf(name, log),
      operations: owned(house.operations),
      canary: owned(house.canary),
      admins: house.sights.admins.filter((person) => deskNameOf(adapters, person) === name),
    };
    const desk = openDesk(await house.store.desk(name), shared);
    const opened: Open = { name, adapter, desk, door: openDoor(desk, null), loop: null };
    open.set(name, opened);
    if (isBegun) deliver(opened);
    log.info({ desk: name }, "the desk of a workspace is open");
  }

  function deliver(opened: Open): void {
    const { name, adapter, desk } = opened;
    opened.loop ??= startLoop(desk, [scopedTo(name, adapter, desk.language)], watch().opened(name));
  }

  /** Nobody waits for it but whoever opens it again, or stops everything. */
  function closeOne({ name, loop }: Open): void {
    open.delete(name);
    watch().closed(name);
    log.info({ desk: name }, "the desk of a workspace is closed: what is due there waits");
    const stopping = (loop?.stop() ?? Promise.resolve()).finally(() => closing.delete(name));
    closing.set(name, stopping);
    stopping.catch((error: unknown) => log.error({ err: error, desk: name }, "the desk of a workspace could not be closed"));
  }

  async function followOnce(): Promise<void> {
    for (const adapter of adapters) {
      if (isStopped || adapter.workspaces === undefined) continue;
      const installed = new Set(await adapter.workspaces.installed());
      for (const opened of [...open.values()]) if (opened.adapter === adapter && !installed.has(opened.name)) closeOne(opened);
      for (const name of installed) if (!open.has(name) && !isStopped) await openOne(name, adapter);
    }
  }

  function follow(): Promise<void> {
    const following = last.then(followOnce);
    last = following.catch(() => undefined);
    return following;
  }

  function followOrSay(): Promise<void> {
    return follow().catch((error: unknown) => log.error({ err: error }, "it could not be looked which workspaces are installed"));
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
      if (adapters.every(({ workspaces }) => workspaces === undefined)) return;
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

/** Each line names the desk that it is about. */
function logOf(desk: string, log: Log): Log {
  return {
    info: (about, text) => log.info({ desk, ...about }, text),
    warn: (about, text) => log.warn({ desk, ...about }, text),
    error: (about, text) => log.error({ desk, ...about }, text),
  };
}
