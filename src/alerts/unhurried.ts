import { breathe } from "../time/clock.ts";

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
