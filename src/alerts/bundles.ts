import { createHash } from "node:crypto";
import type { DeliveryKey, Place } from "../ports/chat.ts";
import type { Delivery } from "../ports/delivery-log.ts";
import { keyOf } from "./telling.ts";

/** Things that are said with one message, and what the platform knows it by. */
export interface Bundle<Thing> {
  readonly once: DeliveryKey;
  readonly things: readonly Thing[];
}

/**
 * What was tried together is tried again together, by the same name: a name never gains anything, so whoever finds its message has found all of
 * it. What was never tried goes in bundles of that size.
 */
export function bundlesOf<Thing extends { readonly key: DeliveryKey }>(
  place: Place,
  things: readonly Thing[],
  known: ReadonlyMap<DeliveryKey, Delivery>,
  size: (fresh: number) => number,
): readonly Bundle<Thing>[] {
  const again = Map.groupBy(
    things.filter(({ key }) => known.has(key)),
    ({ key }) => known.get(key)!.message,
  );
  const bundles = [...again].map(([once, together]): Bundle<Thing> => ({ once, things: together }));
  const fresh = things.filter(({ key }) => !known.has(key));
  const most = size(fresh.length);
  for (let from = 0; from < fresh.length; from += most) {
    const some = fresh.slice(from, from + most);
    bundles.push({ once: nameOf(place, some), things: some });
  }
  return bundles;
}

/** One thing is named by itself, several by all of them. */
function nameOf(place: Place, things: readonly { readonly key: DeliveryKey }[]): DeliveryKey {
  if (things.length === 1) return things[0]!.key;
  const all = createHash("sha256").update(things.map(({ key }) => key).join("\n"));
  return keyOf(place, ["burst", all.digest("hex").slice(0, 16)]);
}
