import { openStore } from "../../../../adapters/store/sql/open.ts";
import type { Acknowledgement, Attention, Heed, Snooze } from "../../../../src/ports/attention.ts";
import type { AttentionSubject } from "../../attention.ts";
import type { Broken } from "../../clause.ts";

function broken(breaks: string, change: (held: Attention) => Partial<Attention>): Broken<AttentionSubject> {
  const changed = (held: Attention): Attention => ({ ...held, ...change(held) });
  return {
    breaks,
    of: (subject) => ({
      ...subject,
      attention: changed(subject.attention),
      reopen: async () => changed(await subject.reopen()),
      another: async () => changed(await subject.another()),
    }),
  };
}

function sameStage(one: Acknowledgement, other: Acknowledgement): boolean {
  return one.stream === other.stream && one.item === other.item && one.stage === other.stage;
}

function byMoment(heed: Heed): Heed {
  return {
    ...heed,
    acknowledgements: heed.acknowledgements.toSorted((one, other) => (one.at < other.at ? -1 : one.at > other.at ? 1 : 0)),
  };
}

/** Keepers of attention that each do one thing wrongly. */
export const brokenAttention: readonly Broken<AttentionSubject>[] = [
  broken("what was given is read back in its order, after a restart too", (held) => ({
    of: async (streams) => new Map([...(await held.of(streams))].map(([stream, heed]) => [stream, byMoment(heed)])),
  })),
  broken("only streams with something are told, and only those that were asked for", (held) => ({
    of: (streams) => held.of([...streams, "beta"]),
  })),
  // Tells of two in one breath that both were new.
  broken("the same stage acknowledged again keeps the first, and tells that it was not new", (held) => ({
    async acknowledge(given) {
      const fresh = await held.acknowledge(given);
      return given.filter((one) => fresh.some((other) => sameStage(one, other)));
    },
  })),
  // Takes a deadline that has moved for the one that was acknowledged.
  broken("another stage, item, deadline or matter is acknowledged for itself", (held) => ({
    async acknowledge(given) {
      const before = await held.of(given.map(({ stream }) => stream));
      const known = [...before.values()].flatMap(({ acknowledgements }) => acknowledgements);
      return held.acknowledge(given.filter((one) => !known.some((other) => sameStage(one, other))));
    },
  })),
  {
    breaks: "of many who acknowledge a stage at once one was first",
    of: (subject) => ({ ...subject, another: async () => (await openStore({ url: "sqlite::memory:" })).attention }),
  },
  broken("the last snooze of each place stands, whatever its moment", (held) => {
    let last: Snooze | null = null;
    return {
      async snooze(snooze) {
        if (last !== null && last.at > snooze.at) return;
        last = snooze;
        await held.snooze(snooze);
      },
    };
  }),
  broken("a snooze that is lifted is left out, and its place may be put off again", (held) => ({
    async snooze(snooze) {
      if (snooze.until !== null) await held.snooze(snooze);
    },
  })),
  ...(["acknowledgements", "snoozes"] as const).flatMap((table) =>
    (["update", "delete", "replace"] as const).map(
      (what): Broken<AttentionSubject> => ({
        breaks: `${what.toUpperCase()} of ${table} is refused by the database`,
        of: (subject) => ({
          ...subject,
          attempt: async (on, doing) => (on === table && doing === what ? undefined : subject.attempt(on, doing)),
        }),
      }),
    ),
  ),
];
