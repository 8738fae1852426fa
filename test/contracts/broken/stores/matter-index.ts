import { openStore } from "../../../../adapters/store/sql/open.ts";
import type { Ledger } from "../../../../src/ports/ledger.ts";
import type { MatterIndex } from "../../../../src/ports/matter-index.ts";
import { type Instant, instantOf, millisecondsOf } from "../../../../src/time/instant.ts";
import type { Broken } from "../../clause.ts";
import { minute } from "../../delivery-fixtures.ts";
import type { MatterIndexSubject } from "../../matter-index.ts";

function broken(breaks: string, change: (index: MatterIndex) => Partial<MatterIndex>): Broken<MatterIndexSubject> {
  return { breaks, of: (subject) => ({ ...subject, index: { ...subject.index, ...change(subject.index) } }) };
}

function writing(breaks: string, append: (ledger: Ledger, index: MatterIndex) => Ledger["append"]): Broken<MatterIndexSubject> {
  return { breaks, of: (subject) => ({ ...subject, ledger: { ...subject.ledger, append: append(subject.ledger, subject.index) } }) };
}

/** Indexes of matters that each do one thing wrongly. */
export const brokenIndexes: readonly Broken<MatterIndexSubject>[] = [
  broken("a matter is due from the moment on at which it is written", (index) => ({
    due: async (now, limit) => (now < minute(-1_000) ? [] : index.due(now, limit)),
  })),
  writing("an append that is refused leaves the index alone", (ledger, index) => async (streams, stamp) => {
    const appended = await ledger.append(streams, stamp);
    if (!appended.ok) await index.wake(streams.map(({ stream }) => stream));
    return appended;
  }),
  broken("what was woken while it was looked at is due still", (index) => ({
    looked: (looks, at) =>
      index.looked(
        looks.map(({ woken: _, ...found }) => found),
        at,
      ),
  })),
  broken("a matter that was looked at sleeps until its moment", (index) => ({
    due: (now, limit) => index.due(instantOf(millisecondsOf(now) + 60_000), limit),
  })),
  broken("the longest waiting come first, at most as many as are asked for", (index) => ({
    async due(now, limit) {
      const all = await index.due(now, 1_000);
      return all.toSorted((one, other) => (one.stream < other.stream ? -1 : 1)).slice(0, limit);
    },
  })),
  // Lets what was looked at rest for a while, whatever happens to it.
  broken("a new event wakes the matter that it is about", (index) => {
    const rested = new Set<string>();
    return {
      async looked(looks, at) {
        for (const { stream } of looks) rested.add(stream);
        await index.looked(looks, at);
      },
      due: async (now, limit) => (await index.due(now, limit)).filter(({ stream }) => !rested.has(stream) || now >= minute(2)),
    };
  }),
  broken("a look at what has moved on since changes nothing", (index) => ({
    async looked(looks, at) {
      const now = new Map((await index.due(minute(1_000_000), 1_000)).map(({ stream, version }) => [stream, version]));
      await index.looked(
        looks.map((look) => ({ ...look, version: now.get(look.stream) ?? look.version })),
        at,
      );
    },
  })),
  broken("a clock that was set back puts no matter to sleep", (index) => {
    let last = minute(-1_000_000_000);
    const later = (one: Instant, other: Instant) => (one > other ? one : other);
    return {
      async looked(looks, at) {
        last = later(last, at);
        await index.looked(looks, at);
      },
      due: (now, limit) => index.due(later(now, last), limit),
    };
  }),
  broken(
    "the next moment is the earliest of all, long past where something is due at once, and none where all sleep for good",
    (index) => ({
      async nextWake() {
        const next = await index.nextWake();
        return next !== null && next < minute(-600_000) ? null : next;
      },
    }),
  ),
  broken("those that are woken are due at once, and no others", (index) => ({ wake: () => index.wake("all") })),
  broken("all are due at once when all are woken", (index) => ({
    wake: async (streams) => (streams === "all" ? undefined : index.wake(streams)),
  })),
  broken("the states are counted by the last look, or by what an append told", (index) => ({
    states: async () => new Map([...(await index.states())].filter(([state]) => state !== "")),
  })),
  writing("one stream twice in an append is one matter, at its last version", (ledger) => (streams, stamp) => {
    const last = new Map(streams.map((one) => [one.stream, one]));
    const bare = streams.map(({ stream, expectedVersion, entries }) => ({ stream, expectedVersion, entries }));
    return ledger.append(
      streams.map((one, index) => (last.get(one.stream) === one ? one : bare[index]!)),
      stamp,
    );
  }),
  broken("rebuilt from the ledger, every matter is there once and due at once", (index) => ({
    rebuild: async () => [...(await index.states()).values()].reduce((sum, count) => sum + count, 0),
  })),
  {
    breaks: "what was looked at is remembered after a restart",
    of: (subject) => ({
      ...subject,
      async reopen() {
        await subject.reopen();
        return openStore({ url: "sqlite::memory:" });
      },
    }),
  },
];
