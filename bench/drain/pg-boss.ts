import { setImmediate as turn } from "node:timers/promises";
import type { Post } from "../platform/post.ts";
import { peer } from "../servers/peers.ts";
import { type Contestant, channelOf, type OpenContestant, type Where } from "./contestant.ts";
import { addressOf, openPool } from "./database.ts";

interface Job {
  readonly data: { readonly channel: string; readonly text: string };
}

interface Boss {
  on(event: "error", listener: (error: Error) => void): void;
  start(): Promise<unknown>;
  createQueue(name: string): Promise<unknown>;
  insert(name: string, jobs: readonly object[]): Promise<unknown>;
  work(name: string, options: object, handler: (jobs: readonly Job[]) => Promise<void>): Promise<string>;
  offWork(name: string): Promise<void>;
  stop(options: object): Promise<void>;
}

interface PgBoss {
  readonly PgBoss: new (options: object) => Boss;
}

const QUEUE = "post";

/**
 * pg-boss with what its documentation offers for throughput: batches, fetched again at once while they come back full. `workers` of them with
 * `batch` jobs each are sixteen at once.
 */
export function pgBoss(workers: number, batch: number): OpenContestant {
  return async ({ postgresPort, run }: Where, post: Post): Promise<Contestant> => {
    const { PgBoss: Opened } = await peer<PgBoss>("pg-boss");
    const pool = await openPool(postgresPort, run, 1);
    const boss = new Opened({ connectionString: addressOf(postgresPort, run), max: workers + 4, supervise: false, schedule: false });
    let failed: Error | null = null;
    boss.on("error", (error) => {
      failed = error;
    });
    await boss.start();
    await boss.createQueue(QUEUE);
    let working = false;
    return {
      async fill(texts) {
        if (working) await boss.offWork(QUEUE);
        await boss.insert(
          QUEUE,
          texts.map((text, index) => ({ data: { channel: channelOf(index), text } })),
        );
      },
      async drain() {
        working = true;
        const options = { batchSize: batch, localConcurrency: workers, burstWhenBatchFull: true, pollingIntervalSeconds: 0.5 };
        let left = await remaining();
        await boss.work(QUEUE, options, async (jobs) => {
          await Promise.all(jobs.map(({ data }) => post(data.channel, data.text)));
          left -= jobs.length;
        });
        while (left > 0 && failed === null) await turn();
        while (failed === null && (await remaining()) > 0);
        if (failed !== null) throw failed;
      },
      async close() {
        await boss.stop({ graceful: true, timeout: 5_000 });
        await pool.end();
      },
    };

    async function remaining(): Promise<number> {
      const { rows } = await pool.query("SELECT count(*)::int AS left FROM pgboss.job WHERE state <> 'completed'");
      return rows[0]!.left as number;
    }
  };
}
