import { openStore } from "../../../../adapters/store/sql/open.ts";
import type { PlaceSettings, Subscriptions } from "../../../../src/ports/subscriptions.ts";
import type { Broken } from "../../clause.ts";
import { HERE, minute } from "../../delivery-fixtures.ts";
import type { SubscriptionsSubject } from "../../subscriptions.ts";

function broken(breaks: string, change: (held: Subscriptions) => Partial<Subscriptions>): Broken<SubscriptionsSubject> {
  const changed = (held: Subscriptions): Subscriptions => ({ ...held, ...change(held) });
  return {
    breaks,
    of: (subject) => ({
      ...subject,
      subscriptions: changed(subject.subscriptions),
      reopen: async () => changed(await subject.reopen()),
      another: async () => changed(await subject.another()),
    }),
  };
}

const PLAIN: PlaceSettings = {
  ...{ place: HERE, language: "en", zone: "UTC", at: "09:00", weekdays: [1], holidays: null, stages: null, quiet: null },
  ...{ digest: "daily", reminders: true, escalation: null, by: "p1", since: minute(0) },
};

/** Keepers of subscriptions that each do one thing wrongly. */
export const brokenSubscriptions: readonly Broken<SubscriptionsSubject>[] = [
  broken("settings and watches are read back as they went in, after a restart too", (held) => ({
    async of(place) {
      const found = await held.of(place);
      return found === null ? null : { ...found, quiet: null };
    },
  })),
  broken("a place without settings is null, and one without watches watches nothing", (held) => ({
    of: async (place) => (await held.of(place)) ?? { ...PLAIN, place, watches: [] },
  })),
  broken("all places are told, the oldest first", (held) => ({
    all: async () => (await held.all()).toSorted((one, other) => (one.place < other.place ? -1 : 1)),
  })),
  broken("settings made anew replace the old ones, but not the watches nor the first moment", (held) => ({
    async settle(settings, named) {
      await held.remove(settings.place, null);
      await held.settle(settings, named);
    },
  })),
  broken(
    "of settings that stand only those that are named are changed, whatever else is set at once, and a place without any gets all",
    (held) => ({ settle: (settings) => held.settle(settings) }),
  ),
  broken("a place has several watches, the oldest first", (held) => ({
    async of(place) {
      const found = await held.of(place);
      return found === null ? null : { ...found, watches: found.watches.toSorted((one, other) => (one.id < other.id ? -1 : 1)) };
    },
  })),
  broken("the same filters again are the watch that is there", (held) => ({
    add: async (place, watch) => ({ ...(await held.add(place, watch)), ...watch }),
  })),
  broken("a watch takes other filters and stays what it is, at its place alone", (held) => ({
    async refilter(place, id, filters) {
      const one = (await held.of(place))?.watches.find((watch) => watch.id === id);
      if (one === undefined) return null;
      await held.remove(place, id);
      return held.add(place, { ...one, filters });
    },
  })),
  broken("a place without settings takes no watch", (held) => ({
    async add(place, watch) {
      if ((await held.of(place)) === null) await held.settle({ ...PLAIN, place });
      return held.add(place, watch);
    },
  })),
  broken("ids count from w1 and are never given twice, be the watch or its place gone", (held) => ({
    async add(place, watch) {
      const added = await held.add(place, watch);
      const count = (await held.all()).reduce((sum, { watches }) => sum + watches.length, 0);
      return { ...added, id: `w${count}` };
    },
  })),
  broken("one watch is removed, or all of the place, and the settings stay", (held) => ({
    async remove(place, id) {
      if (id === null) return held.remove(place, null);
      let removed = 0;
      for (const one of await held.all()) removed += await held.remove(one.place, id);
      return removed;
    },
  })),
  broken("a place that is forgotten is gone with its watches", (held) => ({
    async forget(place) {
      await held.forget(place);
      return true;
    },
  })),
  {
    breaks: "of many who add the same filters at once all get one watch",
    of: (subject) => ({
      ...subject,
      async another() {
        const { subscriptions } = await openStore({ url: "sqlite::memory:" });
        await subscriptions.settle(PLAIN);
        await subscriptions.add(HERE, { filters: ["tag:z"], by: "p1", since: minute(0) });
        return subscriptions;
      },
    }),
  },
];
