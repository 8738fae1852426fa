/** What was begun and is not done yet: stop waits for it. */
export type UnderWay = Set<Promise<unknown>>;

/** Begins the work and remembers it until it is done. */
export function track<Result>(underWay: UnderWay, begin: () => Promise<Result>): Promise<Result> {
  const working = begin();
  underWay.add(working);
  const done = () => underWay.delete(working);
  working.then(done, done);
  return working;
}

/** Resolves when nothing is under way. */
export async function settled(underWay: UnderWay): Promise<void> {
  while (underWay.size > 0) await Promise.allSettled(underWay);
}
