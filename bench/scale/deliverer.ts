import type { Post } from "../platform/post.ts";

/** Posts that one process may have under way: as many as a process of Curewatch takes at once. */
export const AT_ONCE = 64;

/** One of the processes that deliver together. */
export interface Deliverer {
  /** Makes the texts due, each for a place of its own; none of them is posted yet. Asked of the first process alone. */
  fill(texts: readonly string[]): Promise<void>;
  /** From now on it takes part. */
  begin(): Promise<void>;
  /** Asked of the first process alone, in the place of `begin`: when the last was settled, in milliseconds by this machine's clock. */
  delivered(): Promise<number>;
  /** Takes part no more, until it begins again. */
  pause(): Promise<void>;
  close(): Promise<void>;
}

/** On the database of that address; the first of the processes is opened before the others. */
export type OpenDeliverer = (url: string, post: Post) => Promise<Deliverer>;
