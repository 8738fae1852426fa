/** A text as it is searched: without accents and case, anything but letters and digits as one space. San_Juan is found by "san juan". */
export function folded(text: string): string {
  return text
    .normalize("NFKD")
    .replace(/\p{M}+/gu, "")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}

/** The words of a query, each of which must be found. */
export function termsOf(query: string): readonly string[] {
  const text = folded(query);
  return text === "" ? [] : text.split(" ");
}

/** How well a folded text answers the terms: 0 begins with the first, 1 has a word that begins with it, 2 holds it somewhere; null where one is lacking. */
export function fitOf(text: string, terms: readonly string[]): 0 | 1 | 2 | null {
  for (const term of terms) if (!text.includes(term)) return null;
  const [first] = terms;
  if (first === undefined || text.startsWith(first)) return 0;
  return text.includes(` ${first}`) ? 1 : 2;
}
