import type { Review, Reviewed, Reviews } from "../../../src/ports/reviews.ts";
import type { Day } from "../../../src/time/day.ts";
import type { Instant } from "../../../src/time/instant.ts";
import type { Database, Engine } from "./engine.ts";
import { lastNumber } from "./numbered.ts";
import type { ReviewTable } from "./schema-fleet.ts";

/** What the lawyers of one desk have reviewed. */
export function reviewsOf(db: Database, engine: Engine, desk: string): Reviews {
  return {
    async add(review) {
      await db.transaction().execute(async (tx) => {
        await engine.serialise(tx, desk);
        const number = (await lastNumber(tx, desk, "review")) + 1;
        await tx
          .insertInto("review")
          .values(reviewRow(desk, number, review))
          .execute();
      });
    },
    async all() {
      return (await db.selectFrom("review").selectAll().where("desk", "=", desk).orderBy("number").execute()).map(reviewIn);
    },
  };
}

/** A review as a row, by its number within the desk. */
export function reviewRow(desk: string, number: number, { subject, id, by, on, text, enteredBy, at }: Review): ReviewTable {
  return { desk, number, subject, id, reviewer: by, on_day: on, text, by_person: enteredBy, given_at: at };
}

function reviewIn(row: ReviewTable): Review {
  return {
    subject: row.subject as Reviewed,
    id: row.id,
    by: row.reviewer,
    on: row.on_day as Day,
    text: row.text,
    enteredBy: row.by_person,
    at: row.given_at as Instant,
  };
}
