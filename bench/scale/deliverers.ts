import type { OpenDeliverer } from "./deliverer.ts";
import { ours } from "./deliverer-ours.ts";
import { pgBoss } from "./deliverer-pg-boss.ts";

export const OURS = "Curewatch";

/** Who takes part, by name: ours, and pg-boss alone with what may be its best. */
export const DELIVERERS: Readonly<Record<string, OpenDeliverer>> = {
  [OURS]: ours,
  "pg-boss, 1 worker of 64": pgBoss(1),
  "pg-boss, 4 workers of 16": pgBoss(4),
};
