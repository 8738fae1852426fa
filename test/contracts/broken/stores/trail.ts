import { openStore } from "../../../../adapters/store/sql/open.ts";
import type { Trail } from "../../../../src/ports/trail.ts";
import type { Broken } from "../../clause.ts";
import type { TrailSubject } from "../../trail.ts";
import { changing, permissive } from "./append-only.ts";

const broken = (breaks: string, change: (held: Trail) => Partial<Trail>): Broken<TrailSubject> =>
  changing<Trail, "trail">("trail")<TrailSubject>(breaks, change);

/** Trails that each do one thing wrongly. */
export const brokenTrails: readonly Broken<TrailSubject>[] = [
  broken("what was noted is read back whole and in its order, after a restart too", (held) => ({
    of: async (stream) => (await held.of(stream)).toSorted((one, other) => (one.at < other.at ? -1 : one.at > other.at ? 1 : 0)),
  })),
  broken("of a matter only its own is told", (held) => ({
    of: async (stream) => [...(await held.of(stream)), ...(await held.latest(9)).filter((one) => one.stream === null)],
  })),
  broken("the latest come first, at most as many as asked for, and such that are of no matter too", (held) => ({
    latest: async (limit, by) => (await held.latest(limit + 9, by)).filter((one) => one.stream !== null).slice(0, limit),
  })),
  // Looks among the latest only.
  broken("the latest of one person are theirs alone, however many others did something since", (held) => ({
    latest: async (limit, by) => (await held.latest(limit)).filter((one) => by === undefined || one.by === by),
  })),
  {
    breaks: "of many who note at once nothing is lost",
    of: (subject) => ({ ...subject, another: async () => (await openStore({ url: "sqlite::memory:" })).trail }),
  },
  ...permissive<TrailSubject>(["traces"]),
];
