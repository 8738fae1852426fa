import { randomUUID } from "node:crypto";
import type { DigestContents, Utterance } from "../cards/contents.ts";
import { digestCard } from "../cards/digest-card.ts";
import { say } from "../cards/say.ts";
import { utteranceCard } from "../cards/utterance-card.ts";
import { authorityOf } from "../law/catalogue.ts";
import { writeAmount } from "../law/money.ts";
import type { Matter } from "../matter/history.ts";
import { standingNow } from "../matter/standing.ts";
import type { Card } from "../ports/card.ts";
import type { ChatAdapter, DeliveryKey, Log, Place, PostResult } from "../ports/chat.ts";
import type { Basis, Delivery, DeliveryLog, Outcome, Watch, Watches } from "../ports/delivery-log.ts";
import type { Clock } from "../time/clock.ts";
import { dayIn, type Instant, instantOf, millisecondsOf, timeIn } from "../time/instant.ts";
import type { Language } from "../time/wording.ts";
import { digestOf } from "./digest.ts";
import { parseFilters } from "./filter.ts";
import { type Planned, plan } from "./plan.ts";
import type { Register } from "./register.ts";

export interface TickHost {
  readonly register: Register;
  readonly deliveries: DeliveryLog;
  readonly watches: Watches;
  readonly clock: Clock;
  readonly log: Log;
  /** The adapter that minted the place; null where it is not running. */
  adapterOf(place: Place): ChatAdapter | null;
}

/** Something due in a place, with its card made only when it is said. */
interface Due {
  readonly key: DeliveryKey;
  readonly basis: Basis;
  card(language: Language): Card;
  readonly contents: { readonly utterance: Utterance } | { readonly digest: DigestContents };
}

const STALE_AFTER = 5 * 60_000;
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** After so many attempts of which nobody can tell whether they were shown, one more is rather a nuisance than a help. */
const MOST_UNKNOWN = 6;

/** Reconciles: what ought to have been said by now, less what was said, is claimed, posted and settled, place by place. */
export async function tick(host: TickHost): Promise<readonly Due["contents"][]> {
  const now = host.clock.now();
  const plans = plansOf(await host.register.all(), now, host.log);
  const matters = [...plans.keys()];
  const watches = (await host.watches.all()).filter(({ place }) => host.adapterOf(place) !== null);
  const { hash } = await host.register.head();
  const said: Due["contents"][] = [];
  for (const watch of watches) {
    const watched = watchedBy(watch, matters, now);
    const due = [...remindersFor(watch, watched, plans, hash), ...(await digestFor(host, watch, watches, matters, watched, now, hash))];
    const known = await host.deliveries.known(due.map(({ key }) => key));
    for (const one of due) {
      if (!mayTry(known.get(one.key) ?? null, now)) continue;
      if (await deliver(host, watch, one, known.get(one.key) ?? null)) said.push(one.contents);
    }
  }
  return said;
}

type Plans = ReadonlyMap<Matter, readonly Planned[]>;

/** What each matter has to say. One that cannot be told, by a fault of ours, must not silence the others. */
function plansOf(matters: readonly Matter[], now: Instant, log: Log): Plans {
  const plans = new Map<Matter, readonly Planned[]>();
  for (const matter of matters) {
    try {
      plans.set(matter, plan(matter, now));
    } catch (error) {
      log.error(
        { stream: matter.key, error: error instanceof Error ? error.stack : String(error) },
        "a matter cannot be told: nothing is said of it",
      );
    }
  }
  return plans;
}

/** The matters that a place watches as of today at their authority. */
export function watchedBy(watch: Pick<Watch, "filters">, matters: readonly Matter[], now: Instant): readonly Matter[] {
  const filters = parseFilters(watch.filters);
  if ("refused" in filters) return [];
  if (filters.length === 0) return matters;
  return matters.filter((matter) => {
    const today = dayIn(authorityOf(matter.facts.authority)!.zone, now);
    const standing = standingNow(matter, today);
    return filters.every((filter) => filter.matches(standing, today));
  });
}

/** How many matters no place watches. */
export function countUnwatched(watches: readonly Pick<Watch, "filters">[], matters: readonly Matter[], now: Instant): number {
  const watched = new Set(watches.flatMap((watch) => watchedBy(watch, matters, now).map(({ key }) => key)));
  return matters.length - watched.size;
}

function keyOf(place: Place, name: readonly (string | number)[]): DeliveryKey {
  return JSON.stringify([place, ...name]) as DeliveryKey;
}

/** A place that watches since later is not told what happened before: it reads the history. */
function isNews({ utterance: { event } }: Planned, watch: Watch): boolean {
  return event === null || event.recordedAt > watch.since;
}

function remindersFor(watch: Watch, matters: readonly Matter[], plans: Plans, head: string): readonly Due[] {
  return matters.flatMap((matter) =>
    plans
      .get(matter)!
      .filter((planned) => isNews(planned, watch))
      .map(({ name, utterance }): Due => {
        const { item, kind, stage } = utterance;
        const shown = {
          stage,
          item: item?.id ?? null,
          units: item?.units ?? null,
          theoretical: item?.theoretical ? writeAmount(item.theoretical) : null,
        };
        return {
          key: keyOf(watch.place, name),
          basis: { place: watch.place, kind, stream: matter.key, head, shown: { ...shown, version: matter.version } },
          card: (language) => utteranceCard(language, utterance),
          contents: { utterance },
        };
      }),
  );
}

/** The digest of today, once its hour has come at the place. A day that passed without one is not made up for: today's says it all. */
async function digestFor(
  host: TickHost,
  watch: Watch,
  watches: readonly Watch[],
  matters: readonly Matter[],
  watched: readonly Matter[],
  now: Instant,
  head: string,
): Promise<readonly Due[]> {
  if (timeIn(watch.zone, now) < watch.at) return [];
  const day = dayIn(watch.zone, now);
  const key = keyOf(watch.place, ["digest", day]);
  if ((await host.deliveries.known([key])).get(key)?.outcome?.kind === "delivered") return [];
  const undelivered = await countUndelivered(host.deliveries, now);
  const digest = digestOf({
    matters: watched,
    day,
    zone: watch.zone,
    at: watch.at,
    now,
    unwatched: countUnwatched(watches, matters, now),
    undelivered,
    head,
  });
  const running = digest.running.map(({ currency, theoretical }) => ({ currency, theoretical: writeAmount(theoretical) }));
  const basis: Basis = { place: watch.place, kind: "digest", stream: null, head, shown: { day, watched: digest.watched, running } };
  return [{ key, basis, card: (language) => digestCard(language, digest), contents: { digest } }];
}

/** What failed in the day that ends now: what is older was counted in its own digest, and what is still due is tried again. */
export async function countUndelivered(deliveries: DeliveryLog, now: Instant): Promise<number> {
  const since = instantOf(millisecondsOf(now) - DAY);
  const failed = await deliveries.undelivered(instantOf(millisecondsOf(now) - STALE_AFTER));
  return failed.filter(({ settledAt, claimedAt }) => (settledAt ?? claimedAt) > since).length;
}

/** Never again what was delivered or can never be; what failed waits: as long as the platform asked, else longer with each attempt. */
function mayTry(delivery: Delivery | null, now: Instant): boolean {
  const outcome = delivery?.outcome ?? null;
  if (delivery === null || outcome === null) return true;
  if (outcome.kind === "delivered" || outcome.kind === "never") return false;
  if (outcome.kind === "later") return outcome.notBefore <= now;
  return millisecondsOf(now) - millisecondsOf(delivery.settledAt ?? delivery.claimedAt) >= backOff(delivery.attempts);
}

function backOff(attempts: number): number {
  return Math.min(60, 2 ** Math.max(0, attempts - 1)) * MINUTE;
}

async function deliver(host: TickHost, watch: Watch, due: Due, before: Delivery | null): Promise<boolean> {
  const adapter = host.adapterOf(watch.place)!;
  const { clock, deliveries, log } = host;
  const at = clock.now();
  if (!(await deliveries.claim(due.key, due.basis, at, instantOf(millisecondsOf(at) - STALE_AFTER)))) return false;
  const result = await post(adapter, watch, due, before, log);
  const settledAt = clock.now();
  await deliveries.settle(due.key, outcomeOf(result, settledAt, (before?.attempts ?? 0) + 1), settledAt);
  if (!result.ok)
    log.warn(
      { place: watch.place, kind: due.basis.kind, stream: due.basis.stream, retry: result.retry, reason: result.reason },
      "not delivered",
    );
  return result.ok;
}

/** A bug in a card or an adapter is caught here: it is one delivery that failed, with a reference in the log, never the end of the tick. */
async function post(adapter: ChatAdapter, watch: Watch, due: Due, before: Delivery | null, log: Log): Promise<PostResult> {
  try {
    const card = due.card(watch.language);
    const repeat = before !== null && (before.outcome === null || before.outcome.kind === "unknown");
    return await adapter.post(watch.place, repeat ? marked(card, watch.language) : card, due.key);
  } catch (error) {
    const reference = randomUUID().slice(0, 8);
    log.error(
      { reference, error: error instanceof Error ? error.stack : String(error), key: due.key },
      "a delivery failed by a fault of ours",
    );
    return { ok: false, retry: "unknown", reason: `internal fault ${reference}` };
  }
}

/** After a crash or an unknown outcome it is said again rather than missed, and says so. */
function marked(card: Card, language: Language): Card {
  return { ...card, blocks: [...card.blocks, { kind: "note", text: [say(language, "card.may-be-repeat")] }] };
}

function outcomeOf(result: PostResult, at: Instant, attempts: number): Outcome {
  if (result.ok) return { kind: "delivered", posted: result.posted };
  if (result.retry === "unknown" && attempts >= MOST_UNKNOWN) return { kind: "never", reason: `${result.reason} (${attempts} attempts)` };
  if (result.retry !== "later") return { kind: result.retry, reason: result.reason };
  const wait = result.afterSeconds === undefined ? backOff(attempts) : result.afterSeconds * 1000;
  return { kind: "later", reason: result.reason, notBefore: instantOf(millisecondsOf(at) + wait) };
}
