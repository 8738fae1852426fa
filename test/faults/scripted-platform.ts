import { plainText } from "../../adapters/chat/shared/plain.ts";
import type { Card } from "../../src/ports/card.ts";
import type { ChatAdapter, DeliveryKey, Place, PostRef, PostResult } from "../../src/ports/chat.ts";
import type { SetClock } from "../../src/time/clock.ts";
import { instantOf, millisecondsOf } from "../../src/time/instant.ts";
import type { Ask, Attempt } from "./evidence.ts";
import type { Random } from "./random.ts";

/** What may befall a post. `slow` is shown, after 40 seconds. */
export const ANSWERS = ["ok", "later", "later-with-wait", "unknown-shown", "unknown-not-shown", "never", "slow"] as const;
export type AnswerKind = (typeof ANSWERS)[number];

export interface ScriptedPlatform {
  readonly adapter: ChatAdapter;
  readonly attempts: Attempt[];
  readonly asks: Ask[];
  /** What befalls posts to a place from now on, as the script draws it; all goes well without it. */
  befall(place: Place, draw: () => AnswerKind): void;
}

interface Scene {
  readonly random: Random;
  readonly clock: SetClock;
  /** In milliseconds. */
  readonly pace: number;
  moment(): number;
  /** Places in which a bot may read. */
  canTell(place: Place): boolean;
}

/** A platform in memory that answers by a script and keeps a record of all that it showed. */
export function scriptedPlatform({ random, clock, moment, pace, canTell }: Scene): ScriptedPlatform {
  const attempts: Attempt[] = [];
  const asks: Ask[] = [];
  const scripts = new Map<Place, () => AnswerKind>();
  let minted = 0;

  async function post(to: Place, card: Card, once: DeliveryKey, under?: PostRef): Promise<PostResult> {
    const befalls = scripts.get(to)?.() ?? "ok";
    const [shown, result] = answerOf(befalls, `${to}/${++minted}` as PostRef);
    attempts.push({
      moment: moment(),
      at: clock.now(),
      place: to,
      thread: under ?? null,
      once,
      part: 0,
      text: plainText(card),
      shown,
      answered: result.ok ? "ok" : result.retry,
      askedSeconds: !result.ok && result.retry === "later" ? (result.afterSeconds ?? null) : null,
    });
    if (befalls === "slow") clock.set(instantOf(millisecondsOf(clock.now()) + 40_000));
    return result;
  }

  function answerOf(befalls: AnswerKind, posted: PostRef): readonly [shown: boolean, PostResult] {
    switch (befalls) {
      case "ok":
      case "slow":
        return [true, { ok: true, posted }];
      case "later":
        return [false, { ok: false, retry: "later", reason: "busy" }];
      case "later-with-wait":
        return [false, { ok: false, retry: "later", reason: "wait", afterSeconds: random.one([1, 30, 3600]) }];
      case "unknown-shown":
      case "unknown-not-shown":
        return [befalls === "unknown-shown", { ok: false, retry: "unknown", reason: "a time-out" }];
      case "never":
        return [false, { ok: false, retry: "never", reason: "the channel is archived" }];
    }
  }

  const adapter: ChatAdapter = {
    name: "memory",
    limits: LIMITS,
    pace,
    inPlace: true,
    start: async () => undefined,
    post,
    update: async (posted) => ({ ok: true, posted }),
    async find(place, once, since) {
      const stands = attempts.some((one) => one.shown && one.once === once && one.at >= since);
      const answer = !canTell(place) || random.chance(0.1) ? "cannot-tell" : stands ? "shown" : "not-shown";
      asks.push({ moment: moment(), place, once, answer });
      return answer === "cannot-tell" ? answer : answer === "shown" ? (`${place}/found` as PostRef) : null;
    },
    direct: (person) => `memory:${person}` as Place,
    // All its places are the company's own, and so are its people.
    audience: async () => ({ kind: "internal" }),
    kindOf: async () => "member",
    workspaceOf: () => "memory:all",
    placeOf: () => null,
    connected: () => true,
    stop: async () => undefined,
  };
  return { adapter, attempts, asks, befall: (place, draw) => void scripts.set(place, draw) };
}

const LIMITS = {
  titleCharacters: 1_000,
  textCharacters: 10_000,
  blocks: 10_000,
  factsPerBlock: 1_000,
  actionsPerBlock: 100,
  labelCharacters: 1_000,
  commandCharacters: 2_000,
};
