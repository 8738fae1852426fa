/** Values in one `in` list. */
const VALUES = 1_000;

/** Asks for so many of them at a time, one after the other, and answers all that was found. */
export async function inChunks<Item, Found>(
  items: readonly Item[],
  ask: (some: readonly Item[]) => Promise<readonly Found[]>,
  size: number = VALUES,
): Promise<readonly Found[]> {
  const found: Found[] = [];
  for (let start = 0; start < items.length; start += size) for (const one of await ask(items.slice(start, start + size))) found.push(one);
  return found;
}
