import { openStore } from "../../../../adapters/store/sql/open.ts";
import type { Reviews } from "../../../../src/ports/reviews.ts";
import type { Broken } from "../../clause.ts";
import type { ReviewsSubject } from "../../reviews.ts";
import { changing, permissive } from "./append-only.ts";

const broken = (breaks: string, change: (held: Reviews) => Partial<Reviews>): Broken<ReviewsSubject> =>
  changing<Reviews, "reviews">("reviews")<ReviewsSubject>(breaks, change);

/** Stores of reviews that each do one thing wrongly. */
export const brokenReviews: readonly Broken<ReviewsSubject>[] = [
  // Forgets who entered it.
  broken("what was entered is read back whole, after a restart too", (held) => ({
    all: async () => (await held.all()).map((one) => ({ ...one, enteredBy: "p1" })),
  })),
  broken("they come in the order in which they were entered, whatever their days and hours", (held) => ({
    all: async () => (await held.all()).toSorted((one, other) => (one.on < other.on ? -1 : one.on > other.on ? 1 : 0)),
  })),
  // Takes one that says the same for a repeat.
  broken("a later one of the same stands beside the earlier one, and so does one that says the same", (held) => ({
    all: async () => {
      const all = await held.all();
      return all.filter((one, index) => all.findIndex(({ id, by }) => id === one.id && by === one.by) === index);
    },
  })),
  {
    breaks: "of many who enter at once nothing is lost",
    of: (subject) => ({ ...subject, another: async () => (await openStore({ url: "sqlite::memory:" })).reviews }),
  },
  ...permissive<ReviewsSubject>(["reviews"]),
];
