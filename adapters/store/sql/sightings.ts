import { stopwatch } from "../../../src/time/clock.ts";
import { type Ask, LOST } from "./beat.ts";
import { NOW } from "./lease.ts";

/** A process as it last said that it lives, by the database's clock in milliseconds. */
export interface Seen {
  readonly id: string;
  readonly seenAt: number;
}

/** When each process was seen, as this one has watched it. */
export interface Sightings {
  /** Looks again, in the beat. */
  look(ask: Ask): Promise<void>;
  /** Those that are lost, where this process itself has been heard for so many milliseconds without a gap. */
  gone(steadyFor: number): readonly Seen[];
}

/** After a gap of its own a process cannot tell who was lost and who was cut off with it: the others have so long to say that they live. */
export const GRACE = 2_000;

const ALL = `select id, seen_at, ${NOW} - seen_at as age from process`;

interface Sighting extends Seen {
  /** On the stopwatch, when it was first seen so. */
  readonly since: number;
  /** By the database's clock, as of the last look. */
  readonly age: number;
}

/**
 * The database's clock may be set, or be another machine's after a failover: nobody is lost by that. Lost is who has said nothing for three seconds
 * by the database's clock and for two on this machine's stopwatch, or for three on the stopwatch, whatever the clock says.
 */
export function openSightings(now: () => number = stopwatch): Sightings {
  let all = new Map<string, Sighting>();
  let lookedAt = 0;
  return {
    async look(ask) {
      const rows = await ask(ALL, []);
      lookedAt = now();
      const seen = rows.map((row) => {
        const [id, seenAt, age] = [String(row.id), Number(row.seen_at), Number(row.age)];
        const before = all.get(id);
        return { id, seenAt, age, since: before?.seenAt === seenAt ? before.since : lookedAt };
      });
      all = new Map(seen.map((one) => [one.id, one]));
    },
    gone: (steadyFor) =>
      [...all.values()].filter(({ since, age }) => {
        const silent = Math.min(lookedAt - since, steadyFor);
        return silent >= LOST || (silent >= GRACE && age > LOST);
      }),
  };
}
