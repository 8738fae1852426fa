import type { ItemFacts } from "./facts.ts";

/** Told of an item that no penalty belongs to: what is said of it has no days that count, and nothing that runs. */
export function unmetered(item: Pick<ItemFacts, "penalty"> | undefined): { readonly unmetered?: "yes" } {
  return item?.penalty === undefined ? { unmetered: "yes" } : {};
}
