import { bullMq } from "./bullmq.ts";
import type { OpenContestant } from "./contestant.ts";
import { graphileWorker } from "./graphile-worker.ts";
import { ours } from "./ours.ts";
import { outbox } from "./outbox.ts";
import { pgBoss } from "./pg-boss.ts";

/** The limits are bare outboxes; the peers keep a durable queue. What stands aside is shown and not compared with: it promises less. */
export interface Entry {
  readonly as: "ours" | "limit" | "peer" | "aside";
  readonly open: OpenContestant;
}

/** Who takes part, by name. All but the last claim at most sixteen in one batch. */
export const CONTESTANTS: Readonly<Record<string, Entry>> = {
  Curewatch: { as: "ours", open: ours },
  "bare outbox, claim then settle": { as: "limit", open: outbox(false) },
  "bare outbox, settle with claim": { as: "limit", open: outbox(true) },
  "BullMQ on Redis": { as: "peer", open: bullMq },
  "graphile-worker": { as: "peer", open: graphileWorker(16) },
  "pg-boss, 1 worker of 16": { as: "peer", open: pgBoss(1, 16) },
  "pg-boss, 2 workers of 8": { as: "peer", open: pgBoss(2, 8) },
  // Its own page on performance: a crash then repeats up to as many as it fetched and had not yet reported.
  "graphile-worker, 500 in a claim": { as: "aside", open: graphileWorker(500) },
};
