import { Keyv } from "keyv";
import type { AdapterState } from "../../../src/ports/chat.ts";
import { systemClock } from "../../../src/time/clock.ts";
import { millisecondsOf } from "../../../src/time/instant.ts";

/** Something kept: by which adapter, under which of its keys, at which desk; the value as Keyv wrote it. */
export interface Kept {
  readonly desk: string;
  readonly adapter: string;
  readonly key: string;
  readonly value: string;
}

/** A key-value store outside of the register's database, which several desks and adapters share without seeing one another's keys. */
export interface OutsideState {
  of(desk: string, adapter: string): Keyv & Pick<AdapterState, "add">;
  /** Throws a sentence where it does not answer. */
  check(): Promise<void>;
  /** Everything that Curewatch keeps in it, of all desks. */
  all(): Promise<readonly Kept[]>;
  close(): Promise<void>;
}

/** What one kind of store does in its own way. */
export interface Kind {
  /** One that knows the namespace by itself needs no prefix of Keyv's. */
  keyv(namespace: string): Keyv;
  /** Writes what is not there, or has expired, in one step; whether it did. The key is as it stands in the store. */
  add(key: string, value: string, milliseconds?: number): Promise<boolean>;
  ask(): Promise<unknown>;
  /** Keys as they stand in the store, each beginning with the text. */
  beginningWith(start: string): AsyncIterable<readonly [key: string, value: string]>;
  /** Between the namespace and the key. */
  readonly separator: string;
  close(): Promise<void>;
}

const START = "curewatch:";

/**
 * Opens the store at a redis:, rediss:, postgres: or postgresql: address. The library for it is loaded only now. Throws a sentence that names it,
 * without user and password, where it does not answer.
 */
export async function openOutside(url: string): Promise<OutsideState> {
  const name = nameOf(url);
  const kind = /^rediss?:/.test(url)
    ? await (await import("./redis.ts")).redisKind(url)
    : await (await import("./postgres.ts")).postgresKind(url);
  const opened = outsideOf(kind, name);
  try {
    await opened.check();
    return opened;
  } catch (error) {
    await kind.close().catch(() => undefined);
    throw error;
  }
}

function outsideOf(kind: Kind, name: string): OutsideState {
  // Kept: what is made anew for each question would hear the same connection's events a thousand times.
  const made = new Map<string, ReturnType<OutsideState["of"]>>();
  const adding = (namespace: string): Pick<AdapterState, "add"> => ({
    add(key, milliseconds) {
      // As Keyv writes it.
      const expires = milliseconds === undefined ? {} : { expires: millisecondsOf(systemClock.now()) + milliseconds };
      return kind.add(`${namespace}${kind.separator}${key}`, JSON.stringify({ value: true, ...expires }), milliseconds);
    },
  });
  return {
    of(desk, adapter) {
      const namespace = `${START}${encodeURIComponent(desk)}:${adapter}`;
      const known = made.get(namespace) ?? Object.assign(kind.keyv(namespace), adding(namespace));
      made.set(namespace, known);
      return known;
    },
    async check() {
      try {
        await kind.ask();
      } catch (error) {
        throw new Error(`The key-value store at ${name} (CUREWATCH_KEYV_URL) ${refusalOf(error)}.`, { cause: error });
      }
    },
    async all() {
      const kept: Kept[] = [];
      for await (const [text, value] of kind.beginningWith(START)) {
        const [, desk = "", adapter = ""] = text.split(":", 3);
        const key = text.slice(START.length + desk.length + 1 + adapter.length + kind.separator.length);
        kept.push({ desk: decodeURIComponent(desk), adapter, key, value });
      }
      return kept;
    },
    close: () => kind.close(),
  };
}

/** Without user, password and parameters; of a file its path. */
export function nameOf(url: string): string {
  if (url.startsWith("sqlite:")) return url.slice("sqlite:".length);
  const { protocol, host, pathname } = new URL(url);
  return `${protocol}//${host}${pathname}`;
}

/** A table that is not there could not be made: @keyv/postgres keeps to itself why, and a missing right is the reason. */
function refusalOf(error: unknown): string {
  const code = error instanceof Error && "code" in error ? error.code : null;
  if (code === "42P01")
    return "has no table public.curewatch_keyv, and this role may not make it: start once with a role that may, then grant select, insert, update, delete on it";
  if (code === "42501") return `refuses: ${causeOf(error)}`;
  return `does not answer: ${causeOf(error).replace(/\.$/, "")}`;
}

/** Several addresses of one name fail together, and the error that holds them says nothing itself. */
function causeOf(error: unknown): string {
  if (error instanceof AggregateError && error.message === "") return error.errors.map(causeOf).join(", ");
  return error instanceof Error ? error.message : String(error);
}

/** A Keyv that throws what its store throws, as the one on the register's own database does. */
export function throwingKeyv(options: ConstructorParameters<typeof Keyv>[0] & object): Keyv {
  const keyv = new Keyv({ ...options, throwOnErrors: true });
  // It is thrown as well, so nobody need listen.
  keyv.on("error", () => undefined);
  return keyv;
}
