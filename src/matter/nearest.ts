/** The known word that a mistyped one most likely means; null where none is near (more than a third of its letters differ). */
export function nearest(typed: string, known: Iterable<string>): string | null {
  let best: { word: string; distance: number } | null = null;
  const from = typed.toLowerCase();
  for (const word of known) {
    const distance = distanceBetween(from, word.toLowerCase());
    if (best === null || distance < best.distance) best = { word, distance };
  }
  if (best === null) return null;
  return best.distance <= Math.max(1, Math.ceil(Math.max(from.length, best.word.length) / 3)) ? best.word : null;
}

/** Damerau–Levenshtein: letters added, left out, changed, or swapped with their neighbour. */
function distanceBetween(one: string, other: string): number {
  let [before, last] = [[] as number[], Array.from({ length: other.length + 1 }, (_, index) => index)];
  for (let row = 1; row <= one.length; row++) {
    const current = [row];
    for (let column = 1; column <= other.length; column++) {
      const cost = one[row - 1] === other[column - 1] ? 0 : 1;
      let least = Math.min(last[column]! + 1, current[column - 1]! + 1, last[column - 1]! + cost);
      const swapped = row > 1 && column > 1 && one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      if (swapped) least = Math.min(least, before[column - 2]! + 1);
      current.push(least);
    }
    [before, last] = [last, current];
  }
  return last[other.length]!;
}
