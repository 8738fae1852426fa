import { openRegister } from "../src/alerts/register.ts";
import { usualSettings } from "../src/alerts/subscription.ts";
import { authorityOf } from "../src/law/catalogue.ts";
import { matterSchema } from "../src/matter/facts.ts";
import { matterKey } from "../src/matter/key.ts";
import { factsOf } from "../src/matter/merge.ts";
import type { Place } from "../src/ports/chat.ts";
import type { Store } from "../src/ports/store.ts";
import { addDays, type Day } from "../src/time/day.ts";
import type { Instant } from "../src/time/instant.ts";

/** A matter of the bench: a decision with one order, with a cure period that began on the day of its notification. */
export interface Made {
  readonly ref: string;
  readonly notified: Day;
  /** How long the period is, such as P2M. */
  readonly period: string;
  readonly tag: string;
}

/** Matters in one append. */
const AT_ONCE = 2_000;

/** Records the matters through the register itself, as an import does; answers their streams in the order given. */
export async function record(
  store: Store,
  made: readonly Made[],
  at: Instant,
  progress?: (done: number) => void,
): Promise<readonly string[]> {
  const register = openRegister(store.ledger);
  const by = await store.people.idOf("bench:person" as never, "bench");
  const streams: string[] = [];
  for (let start = 0; start < made.length; start += AT_ONCE) {
    const changes = made.slice(start, start + AT_ONCE).map(changeOf);
    const recorded = await register.record(() => changes, { recordedAt: at, by, commandId: `bench-${start}`, via: "import" });
    if ("refused" in recorded) throw new Error(`the bench's matters were refused: ${recorded.refused}`);
    streams.push(...changes.map(({ key }) => key));
    progress?.(streams.length);
  }
  return streams;
}

function changeOf({ ref, notified, period, tag }: Made) {
  const filed = matterSchema.parse({
    ref,
    authority: "CNIL",
    respondent: `Respondent of ${ref}`,
    kind: "sanction",
    decided: addDays(notified, -3),
    notified,
    tags: [tag],
    items: [{ id: "a", cure: { period, from: "notified", rule: "cure" }, penalty: { rate: "100", per: "day" } }],
  });
  const facts = factsOf(filed, authorityOf(filed.authority)!);
  return { key: matterKey(facts.authority, facts.ref, facts.addressee), facts, events: [] };
}

/** A place that is reminded, without a digest, of the matters under the filters. */
export async function watch(store: Store, place: Place, filters: readonly string[], at: Instant): Promise<void> {
  await store.subscriptions.settle({ ...usualSettings(place, "en", "Europe/Paris", "p1", at), digest: "off" });
  await store.subscriptions.add(place, { filters, by: "p1", since: at });
}
