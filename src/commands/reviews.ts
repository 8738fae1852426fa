import { rulebookParts } from "../alerts/rulebook.ts";
import { reviewText } from "../cards/review-words.ts";
import { authorityOf } from "../law/catalogue.ts";
import type { Facts } from "../matter/facts.ts";
import type { Card } from "../ports/card.ts";
import type { Review, Reviewed } from "../ports/reviews.ts";
import type { Context } from "./command.ts";

/** Something of which it is told whether a lawyer has reviewed it. */
export interface Subject {
  readonly subject: Reviewed;
  readonly id: string;
}

/** A subject with its latest review; `outdated` says that its text has changed since. */
export interface Status extends Subject {
  readonly review: Review | null;
  readonly outdated: boolean;
}

export async function statusOf(subjects: readonly Subject[], { store }: Pick<Context, "store">): Promise<readonly Status[]> {
  const all = await store.reviews.all();
  return subjects.map(({ subject, id }) => {
    const review = all.findLast((one) => one.subject === subject && one.id === id) ?? null;
    return { subject, id, review, outdated: review !== null && review.text !== textOf({ subject, id }) };
  });
}

/** A digest of what is reviewed, as it stands now. */
export function textOf({ subject, id }: Subject): string {
  return rulebookParts()[`${subject}:${id}`] ?? "";
}

/** The card with what was reviewed in small print, before its last line: what the figures rest on, and who stands for it. */
export function withReviews(card: Card, statuses: readonly Status[], { language }: Pick<Context, "language">): Card {
  if (statuses.length === 0) return card;
  const notes = statuses.map((status) => ({ kind: "note", text: [reviewText(language, status)] }) as const);
  return { ...card, blocks: [...card.blocks.slice(0, -1), ...notes, ...card.blocks.slice(-1)] };
}

export function reviewJson({ subject, id, review, outdated }: Status) {
  return { subject, id, by: review?.by ?? null, on: review?.on ?? null, ...(review === null ? {} : { outdated }) };
}

/** The authority of a matter, and the rules by which the periods of these items are counted. */
export function subjectsOf(facts: Facts, items: readonly string[]): readonly Subject[] {
  const { code, orderRule } = authorityOf(facts.authority)!;
  const rules = (facts.items ?? [])
    .filter(({ id }) => items.includes(id))
    .flatMap(({ cure, clocks = [] }) => {
      const counted = cure === undefined || "until" in cure ? [] : [cure.rule ?? (facts.kind === "judgment" ? null : orderRule)];
      return [...counted, ...clocks.map(({ rule }) => rule ?? null)];
    });
  const named = [...new Set(rules)].filter((rule) => rule !== null);
  return [{ subject: "authority", id: code }, ...named.map((id): Subject => ({ subject: "rule", id }))];
}
