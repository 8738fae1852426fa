import type { Post } from "../platform/post.ts";

/** How many posts may be under way at once, and the most that one claim takes where that can be said. */
export const AT_ONCE = 16;

/** Where a contestant finds what it needs. */
export interface Where {
  /** A folder of its own, empty. */
  readonly folder: string;
  readonly redisPort: number;
  readonly postgresPort: number;
  /** No two processes of a run have the same. */
  readonly run: string;
}

/** Something that posts each of a list of texts once and keeps a durable record of having claimed and settled it. */
export interface Contestant {
  /** Makes the texts due; none of them is posted yet. Each is for a place of its own. */
  fill(texts: readonly string[]): Promise<void>;
  /** Posts what is due and returns when the last of it is settled on the disk. */
  drain(): Promise<void>;
  close(): Promise<void>;
}

export type OpenContestant = (where: Where, post: Post) => Promise<Contestant>;

/** The channel of the place that a text is for. */
export function channelOf(index: number): string {
  return `C${String(index).padStart(6, "0")}`;
}
