import { onTestFinished } from "vitest";
import { openStore } from "../../adapters/store/sql/open.ts";
import type { DeliveryKey, MayGoOn, Place, PostRef } from "../../src/ports/chat.ts";
import type { Claim, Outcome, Settled } from "../../src/ports/delivery-log.ts";
import type { Crew, Parcel } from "../../src/ports/fleet.ts";
import type { Store } from "../../src/ports/store.ts";
import { setClock } from "../../src/time/clock.ts";
import type { Instant } from "../../src/time/instant.ts";
import type { Postgres } from "../support/postgres.ts";

export const START = "2024-03-05T09:00:00.000Z" as Instant;

/** One thing to be said in a place, claimed for a message of its own. */
export function claimOf(name: string, place = `memory:${name}`): Claim {
  const basis = {
    place: place as Place,
    kind: "reminder",
    reason: "stage-reached",
    stream: `s:${name}`,
    version: 1,
    head: "",
    rulebook: "",
  } as const;
  return { key: name as DeliveryKey, message: name as DeliveryKey, basis: { ...basis, shown: null } };
}

export function parcelOf({ key, basis }: Claim, text = `text of ${key}`): Parcel {
  const due = { key, kind: basis.kind, stream: basis.stream, attempts: 0, doubts: 0 };
  return { place: basis.place, once: key, card: { title: text, tone: "calm", blocks: [] }, dues: [due] };
}

export interface Shown {
  readonly by: string;
  readonly key: DeliveryKey;
}

/** A process of a fleet, with what it posts in its hands. */
export interface Member {
  readonly name: string;
  readonly store: Store;
  readonly leave: () => Promise<void>;
  /** Waits at each post, or at that of this message alone, until it is let go; lets go what waits already. */
  hold(only?: string): void;
  /** Or what waits of this message alone. */
  release(only?: DeliveryKey): void;
  /** What comes of what it posts from now on; delivered where it is not said. */
  answers(other: (key: DeliveryKey) => Outcome): void;
  /** As often as it was told to look. */
  readonly looked: () => number;
}

/** Processes on one new database, or on the one that is named, in this one process; what each of them shows, in the order in which it was shown. */
export async function fleetOf(postgres: Postgres, names: readonly string[], at?: string) {
  const url = at ?? (await postgres.database());
  const clock = setClock(START);
  const shown: Shown[] = [];
  const begun: Shown[] = [];
  const asking = new Map<DeliveryKey, MayGoOn>();

  async function join(name: string, through: number = postgres.port): Promise<Member> {
    const store = await openStore({ url: url.replace(`:${postgres.port}/`, `:${through}/`), clock });
    let answer: (key: DeliveryKey) => Outcome = (key) => ({ kind: "delivered", posted: `memory:${key}` as PostRef });
    let gate: PromiseWithResolvers<void> | null = null;
    let held: string | undefined;
    const waiting = new Map<DeliveryKey, () => void>();
    let looked = 0;
    const crew: Crew = {
      async post({ once, dues }, mayGoOn): Promise<readonly Settled[]> {
        asking.set(once, mayGoOn);
        begun.push({ by: name, key: once });
        if (gate !== null && (held === undefined || held === once))
          await Promise.race([gate.promise, new Promise<void>((go) => waiting.set(once, go))]);
        shown.push({ by: name, key: once });
        return dues.map(({ key }) => ({ key, outcome: answer(key) }));
      },
      nudged() {
        looked++;
      },
      log: { info: () => undefined, warn: () => undefined, error: () => undefined },
    };
    const leave = store.fleet!.serve(crew);
    let left: Promise<void> | null = null;
    const member: Member = {
      name,
      store,
      leave() {
        left ??= leave();
        return left;
      },
      hold(only) {
        held = only;
        gate ??= Promise.withResolvers<void>();
      },
      release(only) {
        if (only !== undefined) {
          waiting.get(only)!();
          return;
        }
        gate?.resolve();
        gate = null;
      },
      looked: () => looked,
      answers(other) {
        answer = other;
      },
    };
    onTestFinished(async () => {
      member.release();
      await member.leave();
      await store.close();
    });
    return member;
  }

  const members: Member[] = [];
  for (const name of names) {
    members.push(await join(name));
    // The first one leads, however long its connection takes.
    if (members.length === 1) await members[0]!.store.lead();
  }
  const send = (member: Member, ...claims: readonly Claim[]) =>
    member.store.fleet!.send([], claims, clock.now(), (taken) =>
      claims.filter(({ key }) => taken.has(key)).map((claim) => parcelOf(claim)),
    );
  /** Whether whoever began it last may go on with it. */
  const mayGoOn = (key: DeliveryKey) => asking.get(key)!();
  return { url, clock, shown, begun, mayGoOn, members, join, send, query: (text: string) => postgres.query(url, text) };
}

/** Waits until it holds; the test's own time-out ends what never does. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 10));
}
