import type { AdapterState } from "./chat.ts";
import type { DeliveryLog, Watches } from "./delivery-log.ts";
import type { Ledger, People } from "./ledger.ts";

/** One database with everything that Curewatch keeps. */
export interface Store {
  readonly ledger: Ledger;
  readonly people: People;
  readonly deliveries: DeliveryLog;
  readonly watches: Watches;
  /** What an adapter keeps by key, apart from every other adapter's. */
  state(adapter: string): AdapterState;
  /** A consistent copy of everything while others read and write. */
  backup(file: string): Promise<void>;
  close(): Promise<void>;
}
