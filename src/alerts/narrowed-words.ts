import type { Matter } from "../matter/history.ts";
import type { DeliveryKey, Place } from "../ports/chat.ts";
import type { Delivery, DeliveryLog } from "../ports/delivery-log.ts";
import type { Json } from "../ports/ledger.ts";
import { keyOf } from "./telling.ts";

/** What a hearer has yet to be told of a narrowed place. */
export interface Word {
  readonly hearer: Place;
  readonly matters: readonly Matter[];
  /** Others were told the same day. */
  readonly more: boolean;
  readonly name: readonly string[];
  readonly key: DeliveryKey;
}

/** What the log keeps of a word: by that it is known, of whatever process, what was said. */
export function shownOf(place: Place, matters: readonly Matter[]): { readonly [name: string]: Json } {
  return { place, told: matters.map(({ key }) => key) };
}

/** To each hearer those of its matters that it was not told under that name yet, one word after the other: none is said twice. */
export async function wordsYet(
  deliveries: Pick<DeliveryLog, "known">,
  hearers: ReadonlyMap<Place, readonly Matter[]>,
  name: readonly string[],
): Promise<readonly Word[]> {
  const words: Word[] = [];
  for (const [hearer, matters] of hearers) {
    const { told, next } = await saidTo(deliveries, hearer, name);
    const fresh = matters.filter(({ key }) => !told.has(key));
    if (fresh.length > 0) words.push({ hearer, matters: fresh, more: told.size > 0, name: next, key: keyOf(hearer, next) });
  }
  return words;
}

interface SaidBefore {
  /** The streams of the matters. */
  readonly told: ReadonlySet<string>;
  /** The first word that has neither arrived nor been given up: it takes what is new. */
  readonly next: readonly string[];
}

async function saidTo(deliveries: Pick<DeliveryLog, "known">, hearer: Place, name: readonly string[]): Promise<SaidBefore> {
  const told = new Set<string>();
  let open: readonly string[] | null = null;
  for (let n = 0; ; n++) {
    const next = n === 0 ? name : [...name, String(n)];
    const key = keyOf(hearer, next);
    const delivery = (await deliveries.known([key])).get(key);
    if (delivery === undefined) return { told, next: open ?? next };
    if (isEnded(delivery))
      for (const stream of (delivery.basis.shown as { readonly told?: readonly string[] }).told ?? []) told.add(stream);
    else open ??= next;
  }
}

function isEnded({ outcome }: Delivery): boolean {
  return outcome?.kind === "delivered" || outcome?.kind === "never";
}
