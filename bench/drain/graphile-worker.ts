import type { Post } from "../platform/post.ts";
import { peer } from "../servers/peers.ts";
import { AT_ONCE, type Contestant, channelOf, type OpenContestant, type Where } from "./contestant.ts";
import { type Client, openPool } from "./database.ts";

interface GraphileWorker {
  run(options: object): Promise<{
    readonly events: { on(event: string, listener: (about: { readonly error?: unknown }) => void): void };
    stop(): Promise<void>;
  }>;
  readonly Logger: new (factory: () => () => void) => object;
}

const FILL =
  "SELECT graphile_worker.add_jobs(array_agg(json_populate_record(null::graphile_worker.job_spec, json_build_object('identifier', 'post', " +
  "'payload', json_build_object('channel', channel, 'text', text)))) ) FROM unnest($1::text[], $2::text[]) AS due (channel, text)";

/**
 * graphile-worker with what its page on performance advises: a connection more than jobs at once, a local queue that fetches `local` jobs in
 * one statement, and completions written in batches without waiting.
 */
export function graphileWorker(local: number): OpenContestant {
  return async ({ postgresPort, run }: Where, post: Post): Promise<Contestant> => {
    const graphile = await peer<GraphileWorker>("graphile-worker");
    const pool = await openPool(postgresPort, run, AT_ONCE + 4);
    let [due, done] = [0, 0];
    let [resolve, reject]: [() => void, (error: unknown) => void] = [() => undefined, () => undefined];
    const runner = await graphile.run({
      pgPool: pool,
      taskList: { post: ({ channel, text }: { channel: string; text: string }) => post(channel, text).then(() => undefined) },
      noHandleSignals: true,
      logger: new graphile.Logger(() => () => undefined),
      preset: {
        worker: {
          concurrentJobs: AT_ONCE,
          maxPoolSize: AT_ONCE + 4,
          localQueue: { size: local },
          completeJobBatchDelay: 0,
          failJobBatchDelay: 0,
        },
      },
    });
    runner.events.on("job:complete", ({ error }) => {
      if (error) return reject(error);
      done += 1;
      if (done === due) resolve();
    });
    let filling: Client | null = null;
    return {
      async fill(texts) {
        [due, done] = [texts.length, 0];
        // The worker runs already: it hears of the jobs when they are committed, which is where the draining begins.
        filling = await pool.connect();
        await filling.query("BEGIN");
        await filling.query(FILL, [texts.map((_, index) => channelOf(index)), texts]);
      },
      async drain() {
        const finished = new Promise<void>((resolved, rejected) => {
          [resolve, reject] = [resolved, rejected];
        });
        await filling!.query("COMMIT");
        filling!.release();
        await finished;
        for (;;) {
          const { rows } = await pool.query("SELECT count(*)::int AS left FROM graphile_worker.jobs");
          if (rows[0]!.left === 0) return;
        }
      },
      async close() {
        await runner.stop();
        await pool.end();
      },
    };
  };
}
