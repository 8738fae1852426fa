import { AsyncLocalStorage } from "node:async_hooks";

const HIDDEN = new AsyncLocalStorage<boolean>();

/**
 * Whatever is made within the work holds no sum, rate or cap: every function that puts an amount in words asks amountsHidden. It holds for what
 * the work waits for too, and for nothing that runs beside it.
 */
export function withoutAmounts<Made>(work: () => Made): Made {
  return HIDDEN.run(true, work);
}

/** Whether amounts are left out just now. */
export function amountsHidden(): boolean {
  return HIDDEN.getStore() === true;
}
