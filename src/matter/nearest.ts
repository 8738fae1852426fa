/** Nobody mistypes so long a word, and comparing it with every name would take long. */
const LONGEST = 100;

/** The known word that a mistyped one most likely means; null where none is near (more than a third of its letters differ; of four, one may). */
export function nearest(typed: string, known: Iterable<string>): string | null {
  if (typed.length > LONGEST) return null;
  let best: { word: string; distance: number } | null = null;
  const from = typed.toLowerCase();
  for (const word of known) {
    const near = Math.max(1, Math.round(Math.max(from.length, word.length) / 3));
    const most = best === null ? near : Math.min(near, best.distance - 1);
    // As many letters at least were added or left out.
    if (Math.abs(from.length - word.length) > most) continue;
    const distance = distanceBetween(from, word.toLowerCase(), most);
    if (distance <= most) best = { word, distance };
  }
  return best?.word ?? null;
}

/** Damerau–Levenshtein: letters added, left out, changed, or swapped with their neighbour. Infinity as soon as it is sure to be more than `most`. */
function distanceBetween(one: string, other: string, most: number): number {
  let [before, last] = [[] as number[], Array.from({ length: other.length + 1 }, (_, index) => index)];
  for (let row = 1; row <= one.length; row++) {
    const current = [row];
    let leastOfRow = row;
    for (let column = 1; column <= other.length; column++) {
      const cost = one[row - 1] === other[column - 1] ? 0 : 1;
      let least = Math.min(last[column]! + 1, current[column - 1]! + 1, last[column - 1]! + cost);
      const swapped = row > 1 && column > 1 && one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      if (swapped) least = Math.min(least, before[column - 2]! + 1);
      current.push(least);
      leastOfRow = Math.min(leastOfRow, least);
    }
    // No later row holds less than the least of this one.
    if (leastOfRow > most) return Number.POSITIVE_INFINITY;
    [before, last] = [last, current];
  }
  return last[other.length]!;
}
