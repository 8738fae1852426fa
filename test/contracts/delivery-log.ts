import { contract } from "./clause.ts";
import type { DeliveryLogSubject } from "./delivery-fixtures.ts";
import { questionClauses } from "./delivery-questions.ts";
import { turnClauses } from "./delivery-turns.ts";

export type { DeliveryLogSubject } from "./delivery-fixtures.ts";

/** What every delivery log must do: see src/ports/delivery-log.ts. */
export const DELIVERY_LOG_CLAUSES = [...turnClauses, ...questionClauses];

/** Declares one test a clause. */
export function deliveryLogContract(name: string, open: () => Promise<DeliveryLogSubject>): void {
  contract(`the delivery-log contract: ${name}`, DELIVERY_LOG_CLAUSES, open);
}
