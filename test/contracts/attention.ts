import { expect } from "vitest";
import type { Acknowledgement, Attention, Snooze } from "../../src/ports/attention.ts";
import { day } from "../../src/time/day.ts";
import { type Clause, type Closable, contract } from "./clause.ts";
import { HERE, minute, THERE } from "./delivery-fixtures.ts";

export interface AttentionSubject extends Closable {
  readonly attention: Attention;
  /** Closes it and opens it again. */
  reopen(): Promise<Attention>;
  /** The same over a second connection. */
  another(): Promise<Attention>;
  /** Tries it in the database's own language on every row that there is. Throws when the database refuses. */
  attempt(table: "acknowledgements" | "snoozes", what: "update" | "delete" | "replace"): Promise<void>;
}

function ack(changes: Partial<Acknowledgement> = {}): Acknowledgement {
  const stage = { stream: "alpha", item: "notice", deadline: day("2024-02-18"), stage: "7" };
  return { ...stage, place: HERE, by: "p1", at: minute(0), ...changes };
}

function snoozed(changes: Partial<Snooze> = {}): Snooze {
  return { stream: "alpha", place: HERE, until: day("2024-02-10"), by: "p1", at: minute(0), ...changes };
}

function refuses(table: "acknowledgements" | "snoozes", what: "update" | "delete" | "replace"): Clause<AttentionSubject> {
  return {
    clause: `${what.toUpperCase()} of ${table} is refused by the database`,
    async run({ attention, attempt }) {
      await attention.acknowledge([ack(), ack({ stage: "3" })]);
      await attention.snooze(snoozed());
      const before = await attention.of(["alpha"]);
      await expect(attempt(table, what)).rejects.toThrow("append-only");
      expect(await attention.of(["alpha"])).toEqual(before);
    },
  };
}

/** What every keeper of attention must do: see src/ports/attention.ts. */
export const ATTENTION_CLAUSES: readonly Clause<AttentionSubject>[] = [
  {
    clause: "what was given is read back in its order, after a restart too",
    async run({ attention, reopen }) {
      const given = [ack({ stage: "7", at: minute(9) }), ack({ stage: "total 2024-03-01" }), ack({ stage: "3", place: THERE, by: "p2" })];
      expect(await attention.acknowledge(given)).toEqual(given);
      await attention.snooze(snoozed());
      const more = ack({ item: "fine", at: minute(1) });
      await attention.acknowledge([more]);
      const heed = { acknowledgements: [...given, more], snoozes: [snoozed()] };
      expect(await (await reopen()).of(["alpha"])).toEqual(new Map([["alpha", heed]]));
    },
  },
  {
    clause: "only streams with something are told, and only those that were asked for",
    async run({ attention }) {
      await attention.acknowledge([ack(), ack({ stream: "beta" })]);
      await attention.snooze(snoozed({ stream: "gamma" }));
      await attention.snooze(snoozed({ stream: "delta" }));
      expect(await attention.of([])).toEqual(new Map());
      expect(await attention.of(["alpha", "gamma", "epsilon"])).toEqual(
        new Map([
          ["alpha", { acknowledgements: [ack()], snoozes: [] }],
          ["gamma", { acknowledgements: [], snoozes: [snoozed({ stream: "gamma" })] }],
        ]),
      );
    },
  },
  {
    clause: "the same stage acknowledged again keeps the first, and tells that it was not new",
    async run({ attention }) {
      await attention.acknowledge([ack()]);
      const again = ack({ by: "p2", place: THERE, at: minute(5) });
      expect(await attention.acknowledge([again])).toEqual([]);
      expect(await attention.acknowledge([again, ack({ stage: "3" }), ack({ stage: "3", by: "p2" })])).toEqual([ack({ stage: "3" })]);
      expect((await attention.of(["alpha"])).get("alpha")?.acknowledgements).toEqual([ack(), ack({ stage: "3" })]);
    },
  },
  {
    clause: "another stage, item, deadline or matter is acknowledged for itself",
    async run({ attention }) {
      await attention.acknowledge([ack()]);
      const others = [ack({ stage: "3" }), ack({ item: "fine" }), ack({ deadline: day("2024-02-19") }), ack({ stream: "beta" })];
      for (const other of others) expect(await attention.acknowledge([other])).toEqual([other]);
    },
  },
  {
    clause: "of many who acknowledge a stage at once one was first",
    async run({ attention, another }) {
      const both = [attention, await another()];
      const given = await Promise.all(Array.from({ length: 8 }, (_, index) => both[index % 2]!.acknowledge([ack({ by: `p${index}` })])));
      expect(given.flat()).toHaveLength(1);
      expect((await attention.of(["alpha"])).get("alpha")?.acknowledgements).toEqual(given.flat());
    },
  },
  {
    clause: "the last snooze of each place stands, whatever its moment",
    async run({ attention }) {
      await attention.snooze(snoozed({ until: day("2024-02-20"), at: minute(9) }));
      await attention.snooze(snoozed({ place: THERE }));
      await attention.snooze(snoozed({ until: day("2024-02-12"), at: minute(1) }));
      const { snoozes } = (await attention.of(["alpha"])).get("alpha")!;
      expect(new Map(snoozes.map((one) => [one.place, one.until]))).toEqual(
        new Map([
          [HERE, "2024-02-12"],
          [THERE, "2024-02-10"],
        ]),
      );
    },
  },
  {
    clause: "a snooze that is lifted is left out, and its place may be put off again",
    async run({ attention }) {
      await attention.snooze(snoozed());
      await attention.snooze(snoozed({ until: null }));
      expect(await attention.of(["alpha"])).toEqual(new Map());
      await attention.snooze(snoozed({ until: day("2024-02-14") }));
      expect((await attention.of(["alpha"])).get("alpha")?.snoozes).toEqual([snoozed({ until: day("2024-02-14") })]);
    },
  },
  ...(["acknowledgements", "snoozes"] as const).flatMap((table) =>
    (["update", "delete", "replace"] as const).map((what) => refuses(table, what)),
  ),
];

/** Declares one test a clause. */
export function attentionContract(name: string, open: () => Promise<AttentionSubject>): void {
  contract(`the attention contract: ${name}`, ATTENTION_CLAUSES, open);
}
