import type { DeliveryKey } from "../ports/chat.ts";

/** The desk of the terminal, and of all that was given to no other. */
export const HOUSE_DESK = "main";

/**
 * As the platforms know what that desk says: two desks may give one place, had by one after the other, the same key for different things. The
 * house's keys are bare. A key begins with its place also there: adapters find by it what they keep of a person.
 */
export function keyAt(desk: string, key: DeliveryKey): DeliveryKey {
  return desk === HOUSE_DESK ? key : (`${key}@${desk}` as DeliveryKey);
}
