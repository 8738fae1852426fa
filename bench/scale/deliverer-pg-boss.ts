import { setTimeout as wait } from "node:timers/promises";
import pg from "pg";
import { PgBoss } from "pg-boss";
import { channelOf } from "../drain/contestant.ts";
import { AT_ONCE, type Deliverer, type OpenDeliverer } from "./deliverer.ts";

interface Text {
  readonly channel: string;
  readonly text: string;
}

const QUEUE = "post";

/**
 * pg-boss by itself: a handler that posts and nothing else, by so many workers in each process, as many posts at once as ours. A queue without a
 * policy, which is the quickest; batches, fetched again at once while they come back full; workers woken by NOTIFY; no supervisor.
 */
export function pgBoss(workers: number): OpenDeliverer {
  return async (url, post): Promise<Deliverer> => {
    const boss = new PgBoss({
      connectionString: url,
      max: workers + 2,
      supervise: false,
      schedule: false,
      reindex: false,
      monitorVacuum: false,
      useListenNotify: true,
    });
    const pool = new pg.Pool({ connectionString: url, max: 1 });
    const failed: Error[] = [];
    boss.on("error", (error) => failed.push(error));
    await boss.start();
    if ((await boss.getQueue(QUEUE)) === null) await boss.createQueue(QUEUE, { notify: true, retryLimit: 0 });

    async function begin(): Promise<void> {
      const options = {
        batchSize: AT_ONCE / workers,
        localConcurrency: workers,
        burstWhenBatchFull: true,
        pollingIntervalSeconds: 0.5,
        notifyPollingIntervalSeconds: 0.5,
      };
      await boss.work<Text>(QUEUE, options, async (jobs) => {
        await Promise.all(jobs.map(({ data }) => post(data.channel, data.text)));
      });
    }

    async function asked(text: string): Promise<number> {
      return Number((await pool.query<{ answer: string | null }>(`select (${text}) as answer`)).rows[0]!.answer);
    }

    return {
      async fill(texts) {
        await pool.query("delete from pgboss.job");
        await boss.insert(
          QUEUE,
          texts.map((text, index) => ({ data: { channel: channelOf(index), text } satisfies Text })),
        );
      },
      begin,
      async delivered() {
        await begin();
        // Looked at now and then: whoever asked all the time whether all are done would slow them.
        while ((await asked("select count(*) from pgboss.job where state < 'completed'")) > 0 && failed.length === 0) await wait(100);
        if (failed.length > 0) throw failed[0]!;
        if ((await asked("select count(*) from pgboss.job where state <> 'completed'")) > 0) throw new Error("a job of pg-boss failed");
        return asked("select max(extract(epoch from completed_on)) * 1000 from pgboss.job");
      },
      pause: () => boss.offWork(QUEUE),
      async close() {
        await boss.stop({ graceful: true, timeout: 5_000 });
        await pool.end();
      },
    };
  };
}
