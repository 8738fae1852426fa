import { expect } from "vitest";
import type { Place } from "../../src/ports/chat.ts";
import type { PlaceSettings, Subscriptions, Watch } from "../../src/ports/subscriptions.ts";
import { type Clause, type Closable, contract } from "./clause.ts";
import { HERE, minute, THERE } from "./delivery-fixtures.ts";

export interface SubscriptionsSubject extends Closable {
  readonly subscriptions: Subscriptions;
  /** Closes them and opens them again. */
  reopen(): Promise<Subscriptions>;
  /** The same over a second connection. */
  another(): Promise<Subscriptions>;
}

function settings(place: Place, changes: Partial<PlaceSettings> = {}): PlaceSettings {
  const plain = { holidays: null, stages: null, quiet: null, digest: "daily", reminders: true, escalation: null } as const;
  const spoken = { language: "en", zone: "Europe/Paris", at: "09:00", weekdays: [1, 2, 3, 4, 5] } as const;
  return { place, ...spoken, ...plain, by: "p1", since: minute(0), ...changes };
}

function watchOf(filters: readonly string[], changes: Partial<Watch> = {}): Omit<Watch, "id"> {
  return { filters, by: "p1", since: minute(1), ...changes };
}

/** What every keeper of subscriptions must do: see src/ports/subscriptions.ts. */
export const SUBSCRIPTION_CLAUSES: readonly Clause<SubscriptionsSubject>[] = [
  {
    clause: "settings and watches are read back as they went in, after a restart too",
    async run({ subscriptions, reopen }) {
      const full = settings(HERE, {
        ...{ language: "fr", zone: "Australia/Lord_Howe", at: "07:30", weekdays: [7, 1], holidays: "FR", stages: [60, 3, 0] },
        ...{ quiet: { from: "22:00", to: "06:00" }, digest: "weekly", reminders: false, escalation: { to: THERE, afterMinutes: 240 } },
      });
      await subscriptions.settle(full);
      const watch = await subscriptions.add(HERE, watchOf(["authority:CNIL", "state:accruing"]));
      expect(watch).toEqual({ id: watch.id, ...watchOf(["authority:CNIL", "state:accruing"]) });
      expect(await (await reopen()).of(HERE)).toEqual({ ...full, watches: [watch] });
    },
  },
  {
    clause: "a place without settings is null, and one without watches watches nothing",
    async run({ subscriptions }) {
      expect(await subscriptions.of(HERE)).toBeNull();
      await subscriptions.settle(settings(HERE));
      expect(await subscriptions.of(HERE)).toMatchObject({ watches: [] });
    },
  },
  {
    clause: "all places are told, the oldest first",
    async run({ subscriptions }) {
      await subscriptions.settle(settings(HERE, { since: minute(5) }));
      await subscriptions.settle(settings(THERE, { since: minute(3) }));
      const watch = await subscriptions.add(THERE, watchOf([]));
      const all = await subscriptions.all();
      expect(all.map(({ place, watches }) => [place, watches])).toEqual([
        [THERE, [watch]],
        [HERE, []],
      ]);
    },
  },
  {
    clause: "settings made anew replace the old ones, but not the watches nor the first moment",
    async run({ subscriptions }) {
      await subscriptions.settle(settings(HERE, { quiet: { from: "22:00", to: "06:00" }, stages: [3] }));
      const watch = await subscriptions.add(HERE, watchOf([]));
      await subscriptions.settle(settings(HERE, { at: "10:00", by: "p2", since: minute(9) }));
      expect(await subscriptions.of(HERE)).toEqual({ ...settings(HERE, { at: "10:00", by: "p2" }), watches: [watch] });
    },
  },
  {
    clause: "of settings that stand only those that are named are changed, whatever else is set at once, and a place without any gets all",
    async run({ subscriptions }) {
      await subscriptions.settle(settings(THERE, { language: "fr" }), []);
      expect(await subscriptions.of(THERE)).toEqual({ ...settings(THERE, { language: "fr" }), watches: [] });
      await subscriptions.settle(settings(THERE, { at: "11:00" }), []);
      expect(await subscriptions.of(THERE)).toMatchObject({ at: "09:00", language: "fr" });
      await subscriptions.settle(settings(HERE, { holidays: "FR" }));
      await Promise.all([
        subscriptions.settle(settings(HERE, { at: "10:00" }), ["at"]),
        subscriptions.settle(settings(HERE, { zone: "UTC", by: "p2" }), ["zone", "by"]),
        subscriptions.settle(settings(HERE, { escalation: { to: THERE, afterMinutes: 60 } }), ["escalation"]),
        subscriptions.settle(settings(HERE, { stages: [3], since: minute(9) }), ["stages"]),
      ]);
      const all = { at: "10:00", zone: "UTC", stages: [3], escalation: { to: THERE, afterMinutes: 60 }, by: "p2" };
      expect(await subscriptions.of(HERE)).toEqual({ ...settings(HERE, { holidays: "FR", ...all }), watches: [] });
    },
  },
  {
    clause: "a place has several watches, the oldest first",
    async run({ subscriptions }) {
      await subscriptions.settle(settings(HERE));
      const filters = [["ref:z"], ["ref:a"], [], ["tag:x"], ["tag:b"], ["tag:c"], ["tag:d"], ["tag:e"], ["tag:f"], ["tag:g"], ["tag:h"]];
      for (const some of filters) await subscriptions.add(HERE, watchOf(some));
      expect((await subscriptions.of(HERE))?.watches.map((one) => one.filters)).toEqual(filters);
    },
  },
  {
    clause: "the same filters again are the watch that is there",
    async run({ subscriptions }) {
      for (const place of [HERE, THERE]) await subscriptions.settle(settings(place));
      const first = await subscriptions.add(HERE, watchOf(["authority:CNIL", "tag:a"]));
      const again = await subscriptions.add(HERE, watchOf(["tag:a", "authority:CNIL"], { by: "p2", since: minute(4) }));
      expect(again).toEqual(first);
      expect((await subscriptions.of(HERE))?.watches).toEqual([first]);
      expect((await subscriptions.add(HERE, watchOf(["tag:a"]))).id).not.toBe(first.id);
      expect((await subscriptions.add(THERE, watchOf(["authority:CNIL", "tag:a"]))).id).not.toBe(first.id);
    },
  },
  {
    clause: "a watch takes other filters and stays what it is, at its place alone",
    async run({ subscriptions, reopen }) {
      for (const place of [HERE, THERE]) await subscriptions.settle(settings(place));
      const [first, second] = [await subscriptions.add(HERE, watchOf(["tag:a"])), await subscriptions.add(HERE, watchOf(["tag:b"]))];
      const changed = { ...first, filters: ["authority:CNIL", "tag:c"] };
      expect(await subscriptions.refilter(HERE, first.id, changed.filters)).toEqual(changed);
      for (const id of ["w99", "1", "w1x"]) expect(await subscriptions.refilter(HERE, id, ["tag:d"])).toBeNull();
      expect(await subscriptions.refilter(THERE, first.id, ["tag:d"])).toBeNull();
      expect(await subscriptions.refilter(HERE, first.id, ["tag:d"], ["tag:a"])).toBeNull();
      expect(await subscriptions.refilter(HERE, second.id, ["tag:e"], ["tag:b"])).toEqual({ ...second, filters: ["tag:e"] });
      expect(await subscriptions.refilter(HERE, second.id, ["tag:b"], ["tag:e"])).toEqual(second);
      expect((await (await reopen()).of(HERE))?.watches).toEqual([changed, second]);
    },
  },
  {
    clause: "a place without settings takes no watch",
    async run({ subscriptions }) {
      await expect(subscriptions.add(HERE, watchOf([]))).rejects.toThrow(HERE);
    },
  },
  {
    clause: "ids count from w1 and are never given twice, be the watch or its place gone",
    async run({ subscriptions, reopen }) {
      for (const place of [HERE, THERE]) await subscriptions.settle(settings(place));
      const ids = [
        (await subscriptions.add(HERE, watchOf(["tag:a"]))).id,
        (await subscriptions.add(THERE, watchOf(["tag:a"]))).id,
        (await subscriptions.add(HERE, watchOf(["tag:b"]))).id,
      ];
      await subscriptions.remove(HERE, "w3");
      await subscriptions.forget(THERE);
      const next = await reopen();
      ids.push((await next.add(HERE, watchOf(["tag:c"]))).id);
      expect(ids).toEqual(["w1", "w2", "w3", "w4"]);
    },
  },
  {
    clause: "one watch is removed, or all of the place, and the settings stay",
    async run({ subscriptions }) {
      for (const place of [HERE, THERE]) await subscriptions.settle(settings(place));
      for (const tag of ["tag:a", "tag:b", "tag:c"]) await subscriptions.add(HERE, watchOf([tag]));
      const elsewhere = await subscriptions.add(THERE, watchOf([]));
      expect(await subscriptions.remove(HERE, "w2")).toBe(1);
      for (const id of ["w2", "w99", "2", "w2x", elsewhere.id]) expect(await subscriptions.remove(HERE, id)).toBe(0);
      expect((await subscriptions.of(HERE))?.watches.map(({ id }) => id)).toEqual(["w1", "w3"]);
      expect(await subscriptions.remove(HERE, null)).toBe(2);
      expect(await subscriptions.of(HERE)).toEqual({ ...settings(HERE), watches: [] });
      expect((await subscriptions.of(THERE))?.watches).toEqual([elsewhere]);
    },
  },
  {
    clause: "a place that is forgotten is gone with its watches",
    async run({ subscriptions }) {
      for (const place of [HERE, THERE]) await subscriptions.settle(settings(place));
      await subscriptions.add(HERE, watchOf([]));
      expect([await subscriptions.forget(HERE), await subscriptions.forget(HERE)]).toEqual([true, false]);
      expect((await subscriptions.all()).map(({ place }) => place)).toEqual([THERE]);
      await subscriptions.settle(settings(HERE, { since: minute(7) }));
      expect(await subscriptions.of(HERE)).toEqual({ ...settings(HERE, { since: minute(7) }), watches: [] });
    },
  },
  {
    clause: "of many who add the same filters at once all get one watch",
    async run({ subscriptions, another }) {
      await subscriptions.settle(settings(HERE));
      const both = [subscriptions, await another()];
      const given = await Promise.all(Array.from({ length: 8 }, (_, index) => both[index % 2]!.add(HERE, watchOf(["tag:a"]))));
      expect(new Set(given.map(({ id }) => id)).size).toBe(1);
    },
  },
];

/** Declares one test a clause. */
export function subscriptionsContract(name: string, open: () => Promise<SubscriptionsSubject>): void {
  contract(`the subscriptions contract: ${name}`, SUBSCRIPTION_CLAUSES, open);
}
