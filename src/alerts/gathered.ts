import type { Matter } from "../matter/history.ts";

/** What is picked of all matters, some of them at a time: the others are let go. */
export async function gathered<Picked>(
  all: AsyncIterable<readonly Matter[]>,
  pick: (some: readonly Matter[]) => readonly Picked[] | Promise<readonly Picked[]>,
): Promise<readonly Picked[]> {
  const found: Picked[] = [];
  for await (const some of all) for (const one of await pick(some)) found.push(one);
  return found;
}

/** What is counted of all matters, some of them at a time. */
export async function counted<One>(all: AsyncIterable<readonly One[]>, count: (some: readonly One[]) => number): Promise<number> {
  let sum = 0;
  for await (const some of all) sum += count(some);
  return sum;
}
