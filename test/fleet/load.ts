import { request } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import { systemClock } from "../../src/time/clock.ts";
import { signedForm, slashCommand } from "../fakes/slack-platform/person.ts";
import { CHANNEL, type SlackPlatform, USER } from "../fakes/slack-platform/slack-platform.ts";
import type { Random } from "../faults/random.ts";
import { eventDay } from "./fleet-register.ts";
import type { Fleet } from "./real-processes.ts";

/** A command that a person typed: an invoice of a sum of its own, by which it is found again. */
export interface Typed {
  readonly key: string;
  readonly amount: number;
  readonly at: number;
  /** Whether a process acknowledged it; the platform tells the person so where none does. */
  acknowledged: boolean;
  /** Whether a process took the connection; where none did none has heard it. */
  isTaken: boolean;
  /** It was not acknowledged in time, and the platform has told the person so. */
  isLate: boolean;
  /** What the person was answered so far. */
  answers(): readonly string[];
}

export interface Load {
  readonly typed: readonly Typed[];
  /** Types no more, and waits until all that is under way is acknowledged or given up. */
  stop(): Promise<void>;
}

interface LoadOptions {
  readonly fleet: Fleet;
  readonly platform: SlackPlatform;
  readonly random: Random;
  /** Of the matters. */
  readonly keys: readonly string[];
}

/** The platform waits no longer for an acknowledgement (docs.slack.dev/interactivity/handling-user-interaction). */
const PATIENCE = 3_000;

/**
 * A person who records something in one matter after another, some three times a second. Before the processes stands what stands before them in
 * earnest: it asks one after the other for a connection, and tries the next where none is taken or the process says that it is stopping.
 */
export function startLoad({ fleet, platform, random, keys }: LoadOptions): Load {
  const typed: Typed[] = [];
  const underWay = new Set<Promise<void>>();
  const stopping = new AbortController();

  async function send(one: Typed, signed: ReturnType<typeof signedForm>, order: readonly number[]): Promise<void> {
    const signal = AbortSignal.timeout(PATIENCE);
    for (const port of order) {
      const status = await post(port, signed, signal);
      if (status === "refused" || status === 503) continue;
      one.isTaken = true;
      one.acknowledged = status === 200;
      one.isLate = signal.aborted;
      return;
    }
  }

  async function typeAll(): Promise<void> {
    for (let amount = 101; !stopping.signal.aborted; amount++) {
      const key = random.one(keys);
      const responseUrl = platform.responseUrl(CHANNEL, USER);
      const line = `invoiced ${key.slice("CNIL:".length)} --on ${eventDay()} --amount ${amount} --for a`;
      const now = systemClock.now();
      const fields = slashCommand(line, `${amount}.${now}`, responseUrl);
      const one: Typed = {
        key,
        amount,
        at: Date.now(),
        acknowledged: false,
        isTaken: false,
        isLate: false,
        answers: () => platform.shownOver(responseUrl),
      };
      typed.push(one);
      const order = shuffled(fleet.machines, random).map(({ port }) => port);
      const sent = send(one, signedForm(fields, { now }), order).finally(() => underWay.delete(sent));
      underWay.add(sent);
      await wait(150 + random.below(300), undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  }

  const typing = typeAll();
  return {
    typed,
    async stop() {
      stopping.abort();
      await typing;
      await Promise.all(underWay);
    },
  };
}

/** On a connection of its own. What nobody has taken nobody has heard; null where it was taken and not answered. */
function post(port: number, { headers, body }: ReturnType<typeof signedForm>, signal: AbortSignal): Promise<number | "refused" | null> {
  return new Promise((resolve) => {
    const options = { host: "127.0.0.1", port, path: "/slack/commands", method: "POST", headers, agent: false, signal };
    const sent = request(options, (response) => {
      response.resume();
      resolve(response.statusCode ?? null);
    });
    sent.on("error", (error) => resolve("code" in error && error.code === "ECONNREFUSED" ? "refused" : null));
    sent.end(body);
  });
}

function shuffled<T>(of: readonly T[], random: Random): readonly T[] {
  return of
    .map((one) => ({ one, rank: random.next() }))
    .sort((one, other) => one.rank - other.rank)
    .map(({ one }) => one);
}
