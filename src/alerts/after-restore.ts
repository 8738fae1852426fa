import type { AdapterState, ChatAdapter, Found, PostRef } from "../ports/chat.ts";
import type { Settled } from "../ports/delivery-log.ts";
import { type Instant, millisecondsOf } from "../time/instant.ts";
import { BATCH, type DeliveryHost, type Message } from "./delivery.ts";
import { fault, keyShown } from "./post-one.ts";

/** The register was put back from a copy: what was said between the two moments stands on the platforms, and the register does not know of it. */
export interface Restored {
  /** The last moment of which the copy knows. */
  readonly since: Instant;
  readonly at: Instant;
  /** When a process first looked for what had been said; null before. */
  readonly lookedAt: Instant | null;
}

/** A restore, and what the register knew then. */
export interface RestoredHost extends Restored {
  /** Whether it knew the matter: of one that was registered later nothing was said before. */
  knew(stream: string): Promise<boolean>;
}

const KEY = "restored";
const MINUTE = 60_000;
/** So long it is looked for what is to be said: a platform that cannot be reached at first may take its time. */
const LOOKED_FOR = 2 * 24 * 60 * MINUTE;
/** So long it is told that something may be a repeat where no platform can tell: what was due before the restore is said within that time. */
const DOUBTED = 15 * MINUTE;

export async function noteRestored(state: AdapterState, restored: Omit<Restored, "lookedAt">): Promise<void> {
  await state.set(KEY, { ...restored, lookedAt: null });
}

/** When the register was last put back from a copy; null where it is no longer looked for what was said then, or it never was. */
export async function restoredIn(state: AdapterState, now: Instant): Promise<Restored | null> {
  const restored = (await state.get(KEY)) as Restored | undefined;
  if (restored === undefined || restored.lookedAt !== null) return restored ?? null;
  const looked = { ...restored, lookedAt: now };
  await state.set(KEY, looked, LOOKED_FOR);
  return looked;
}

/**
 * After a restore the platform is asked for what the register has never claimed, before it is said: what stands there is noted as delivered.
 * Where nobody can tell it is said, with a note that it may be a repeat. Answers what is left to be said.
 */
export async function unsaidSince(host: DeliveryHost, messages: readonly Message[]): Promise<readonly Message[]> {
  const restored = (await host.restored?.()) ?? null;
  if (restored === null) return messages;
  const left: Message[] = [];
  const fresh = await unclaimed(messages, restored);
  const answers = new Map<Message, Found>();
  for (let from = 0; from < fresh.length && !host.stopping(); from += BATCH) {
    const some = fresh.slice(from, from + BATCH).filter(({ place }) => host.adapterOf(place) !== null);
    const found = await Promise.all(some.map((message) => lookFor(host, message, restored)));
    for (const [index, message] of some.entries()) answers.set(message, found[index]!);
  }
  const now = host.clock.now();
  const isDoubted = millisecondsOf(now) - millisecondsOf(restored.lookedAt ?? now) < DOUBTED;
  for (const message of messages) {
    const answer = answers.get(message) ?? null;
    if (answer === null || answer === "partly") left.push(message);
    else if (answer !== "cannot-tell") await settle(host, message, answer);
    else left.push(isDoubted ? { ...message, dues: message.dues.map((due) => ({ ...due, doubtful: true as const })) } : message);
  }
  return left;
}

/** What the register has never claimed, and may have lost with the rest. */
async function unclaimed(messages: readonly Message[], { knew }: RestoredHost): Promise<readonly Message[]> {
  const fresh: Message[] = [];
  for (const message of messages) {
    if (message.dues.some(({ before }) => before !== null)) continue;
    const streams = new Set(message.dues.map(({ basis }) => basis.stream));
    const known = await Promise.all([...streams].map((stream) => stream === null || knew(stream)));
    if (known.includes(true)) fresh.push(message);
  }
  return fresh;
}

async function lookFor(host: DeliveryHost, { place, once, restricted }: Message, { since }: Restored) {
  const adapter: ChatAdapter = host.adapterOf(place)!;
  try {
    return await adapter.find(place, once, since);
  } catch (error) {
    fault(host, error, keyShown(restricted === true ? { restricted } : {}, once));
    return "cannot-tell" as const;
  }
}

/** As it would stand in the log had it not been lost with it. */
async function settle({ deliveries, clock }: DeliveryHost, { once, dues }: Message, posted: PostRef): Promise<void> {
  const claims = dues.map(({ key, basis }) => ({ key, message: once, basis }));
  const taken = await deliveries.turn([], claims, clock.now());
  const settled = claims.flatMap(({ key }): readonly Settled[] =>
    taken.has(key) ? [{ key, outcome: { kind: "delivered", posted } }] : [],
  );
  await deliveries.turn(settled, [], clock.now());
}
