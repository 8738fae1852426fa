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
    latest: async (limit, wanted) =>
      wanted === undefined
        ? (await held.latest(limit + 9)).filter((one) => one.stream !== null).slice(0, limit)
        : held.latest(limit, wanted),
  })),
  // Looks among the latest only.
  broken("the latest of one person are theirs alone, however many others did something since", (held) => ({
    latest: async (limit, { by, ...rest } = {}) => (await held.latest(limit, rest)).filter((one) => by === undefined || one.by === by),
  })),
  // Looks among the latest only.
  broken("the latest of some actions are found, however much else was noted since", (held) => ({
    latest: async (limit, { actions, ...rest } = {}) =>
      (await held.latest(limit, rest)).filter(({ action }) => actions === undefined || actions.includes(action)),
  })),
  // Looks for whoever did it.
  broken("what was done to a person is found, whoever did it and however much was noted since", (held) => ({
    latest: async (limit, { about, ...rest } = {}) => held.latest(limit, about === undefined ? rest : { ...rest, by: about }),
  })),
  broken("refusals are counted by person, verb and day", (held) => ({
    refusals: async (limit, by) =>
      (await held.latest(limit, { actions: ["refused"], ...(by === undefined ? {} : { by }) })).map((one) => ({
        ...{ at: one.at, by: one.by, from: one.from, verb: one.verb },
        times: 1,
      })),
  })),
  {
    breaks: "of many who note at once nothing is lost",
    of: (subject) => ({ ...subject, another: async () => (await openStore({ url: "sqlite::memory:" })).trail }),
  },
  ...permissive<TrailSubject>(["traces"]),
];
