/** The places at which a process may be ended by force, named for the tests that do so. */
export const POINTS = [
  "before-claim",
  "after-claim",
  "mid-post",
  "posted-not-settled",
  "in-digest",
  "in-acknowledgement",
  "in-import",
  "in-migration",
  "in-checkpoint",
  "in-shutdown",
] as const;

/** Those that only one of several processes passes: the leader, one that posts, one that takes over, one that finds another lost, one that ends. */
export const FLEET_POINTS = ["job-sent", "job-fetched", "worker-posted", "took-lead", "lost-found", "in-drain"] as const;

export type Point = (typeof POINTS)[number] | (typeof FLEET_POINTS)[number];

/** Called as each point is passed. The program's own does nothing. */
export type Probe = (point: Point) => void;

export const noProbe: Probe = () => undefined;
