import { expect } from "vitest";
import type { Review, Reviews } from "../../src/ports/reviews.ts";
import { day } from "../../src/time/day.ts";
import { type AppendOnly, refusals } from "./append-only.ts";
import { type Clause, type Closable, contract } from "./clause.ts";
import { minute } from "./delivery-fixtures.ts";

export interface ReviewsSubject extends Closable, AppendOnly<"reviews"> {
  readonly reviews: Reviews;
  /** Closes it and opens it again. */
  reopen(): Promise<Reviews>;
  /** The same over a second connection. */
  another(): Promise<Reviews>;
}

function review(changes: Partial<Review> = {}): Review {
  const who = { by: "Me X", on: day("2024-03-01"), enteredBy: "p1", at: minute(0) };
  return { subject: "rule", id: "cure", text: "ab12", ...who, ...changes };
}

/** What every store of reviews must do: see src/ports/reviews.ts. */
export const REVIEWS_CLAUSES: readonly Clause<ReviewsSubject>[] = [
  {
    clause: "what was entered is read back whole, after a restart too",
    async run({ reviews, reopen }) {
      const entered = review({ subject: "authority", id: "CNIL", by: ": l’étude « Müller & fils »", text: "cd34", enteredBy: "p7" });
      await reviews.add(entered);
      expect(await reviews.all()).toEqual([entered]);
      expect(await (await reopen()).all()).toEqual([entered]);
    },
  },
  {
    clause: "they come in the order in which they were entered, whatever their days and hours",
    async run({ reviews }) {
      const entered = [
        review({ on: day("2024-05-01"), at: minute(5) }),
        review({ id: "fr-civil", on: day("2024-01-01"), at: minute(1) }),
        review({ subject: "authority", id: "AP", at: minute(3) }),
      ];
      for (const one of entered) await reviews.add(one);
      expect(await reviews.all()).toEqual(entered);
    },
  },
  {
    clause: "a later one of the same stands beside the earlier one, and so does one that says the same",
    async run({ reviews }) {
      const entered = [review(), review({ by: "Me Y" }), review()];
      for (const one of entered) await reviews.add(one);
      expect((await reviews.all()).map(({ by }) => by).toSorted()).toEqual(["Me X", "Me X", "Me Y"]);
    },
  },
  {
    clause: "of many who enter at once nothing is lost",
    async run({ reviews, another }) {
      const both = [reviews, await another()];
      const ids = Array.from({ length: 8 }, (_, index) => `rule${index}`);
      await Promise.all(ids.map((id, index) => both[index % 2]!.add(review({ id }))));
      expect((await reviews.all()).map(({ id }) => id).toSorted()).toEqual(ids);
    },
  },
  ...refusals<ReviewsSubject>(["reviews"], async ({ reviews }) => {
    await reviews.add(review());
    await reviews.add(review({ by: "Me Y" }));
    return () => reviews.all();
  }),
];

/** Declares one test a clause. */
export function reviewsContract(name: string, open: () => Promise<ReviewsSubject>): void {
  contract(`the reviews contract: ${name}`, REVIEWS_CLAUSES, open);
}
