import type { Asking } from "../ports/form.ts";

const REMEMBERED = 1000;

/** A platform's retry carries the same id in the same place: it gets the answer of its first delivery. The last thousand are remembered. */
export function once<Asked extends Pick<Asking, "id" | "place">, Told>(
  work: (asked: Asked) => Promise<Told>,
): (asked: Asked) => Promise<Told> {
  const answers = new Map<string, Promise<Told>>();
  return (asked) => {
    const key = `${asked.place} ${asked.id}`;
    const before = answers.get(key);
    if (before !== undefined) return before;
    const answer = work(asked);
    answers.set(key, answer);
    if (answers.size > REMEMBERED) answers.delete(answers.keys().next().value!);
    return answer;
  };
}
