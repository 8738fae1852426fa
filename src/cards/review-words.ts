import type { Review, Reviewed } from "../ports/reviews.ts";
import type { Language } from "../time/wording.ts";
import { authorityNamed } from "./authority-name.ts";
import { say } from "./say.ts";

/** Whether a lawyer has reviewed a rule or an authority, who and when; and that what the law's room says has changed since. */
export function reviewText(
  language: Language,
  {
    subject,
    id,
    review,
    outdated,
  }: { readonly subject: Reviewed; readonly id: string; readonly review: Review | null; readonly outdated: boolean },
): string {
  const what =
    subject === "rule" ? say(language, "review.rule", { id }) : say(language, "review.authority", { name: authorityNamed(language, id) });
  if (review === null) return say(language, "review.none", { what });
  return say(language, outdated ? "review.by-before" : "review.by", { what, by: review.by, day: review.on });
}
