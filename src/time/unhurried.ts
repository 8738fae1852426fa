import { breathe } from "./clock.ts";

/** What is reckoned in portions: between two of them others may go first. */
export type Portions<Result> = Generator<undefined, Result>;

/** So many matters are looked at in one go: some milliseconds. */
const AT_A_TIME = 100;

/** What all of them come to, in their order. */
export function* inPortions<From, To>(all: readonly From[], reckon: (one: From) => readonly To[]): Portions<readonly To[]> {
  const made: To[] = [];
  for (const [index, one] of all.entries()) {
    if (index > 0 && index % AT_A_TIME === 0) yield;
    made.push(...reckon(one));
  }
  return made;
}

/** So many are put in order in one go. */
const SORTED_AT_A_TIME = 1_000;

/** All of them in that order, those that are alike as they stood: what toSorted answers. */
export function* sortedInPortions<One>(all: readonly One[], order: (one: One, other: One) => number): Portions<readonly One[]> {
  if (all.length <= SORTED_AT_A_TIME) return all.toSorted(order);
  yield;
  const middle = Math.ceil(all.length / 2);
  const first = yield* sortedInPortions(all.slice(0, middle), order);
  const second = yield* sortedInPortions(all.slice(middle), order);
  const sorted: One[] = [];
  let taken = 0;
  for (const [index, one] of first.entries()) {
    if (index > 0 && index % SORTED_AT_A_TIME === 0) yield;
    for (; taken < second.length && order(second[taken]!, one) < 0; taken++) sorted.push(second[taken]!);
    sorted.push(one);
  }
  return sorted.concat(second.slice(taken));
}

/** Those that fit, in their order. */
export function* fittingInPortions<One>(all: readonly One[], fits: (one: One) => boolean): Portions<readonly One[]> {
  return yield* inPortions(all, (one) => (fits(one) ? [one] : []));
}

/** All of it at once. */
export function hurried<Result>(reckoning: Portions<Result>): Result {
  for (;;) {
    const { done, value } = reckoning.next();
    if (done === true) return value;
  }
}

/** All of it, while others go first: whoever reckons for seconds would keep a chat platform from its acknowledgement. */
export async function unhurried<Result>(reckoning: Portions<Result>): Promise<Result> {
  for (;;) {
    const { done, value } = reckoning.next();
    if (done === true) return value;
    await breathe();
  }
}
