import type { Post } from "../platform/post.ts";
import { peer } from "../servers/peers.ts";
import { AT_ONCE, type Contestant, channelOf, type Where } from "./contestant.ts";

interface Job {
  readonly data: { readonly channel: string; readonly text: string };
}

interface BullMq {
  readonly Queue: new (
    name: string,
    options: object,
  ) => { addBulk(jobs: readonly object[]): Promise<unknown>; waitUntilReady(): Promise<unknown>; close(): Promise<void> };
  readonly Worker: new (
    name: string,
    process: (job: Job) => Promise<string>,
    options: object,
  ) => {
    on(event: string, listener: (...about: readonly unknown[]) => void): void;
    run(): Promise<void>;
    waitUntilReady(): Promise<unknown>;
    close(): Promise<void>;
  };
}

/** BullMQ on a Redis that fsyncs every write: one worker with sixteen at once, jobs removed when done, as its documentation advises. */
export async function bullMq({ redisPort, run }: Where, post: Post): Promise<Contestant> {
  const { Queue, Worker } = await peer<BullMq>("bullmq");
  const connection = { host: "127.0.0.1", port: redisPort, maxRetriesPerRequest: null };
  const queue = new Queue(run, { connection });
  await queue.waitUntilReady();
  let worker: InstanceType<BullMq["Worker"]> | null = null;
  let due = 0;
  return {
    async fill(texts) {
      await worker?.close();
      due = texts.length;
      await queue.addBulk(
        texts.map((text, index) => ({ name: "post", data: { channel: channelOf(index), text }, opts: { removeOnComplete: true } })),
      );
      worker = new Worker(run, ({ data }) => post(data.channel, data.text), { connection, concurrency: AT_ONCE, autorun: false });
      await worker.waitUntilReady();
    },
    drain: () =>
      new Promise((resolve, reject) => {
        let done = 0;
        // Told after Redis has answered that the job is moved, which it does once that is on the disk.
        worker!.on("completed", () => {
          done += 1;
          if (done === due) resolve();
        });
        worker!.on("failed", (_job, error) => reject(error));
        worker!.on("error", reject);
        void worker!.run();
      }),
    async close() {
      await worker?.close();
      await queue.close();
    },
  };
}
