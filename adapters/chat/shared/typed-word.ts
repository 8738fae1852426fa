const QUOTES: Readonly<Record<string, string>> = { '"': '"', "'": "'", "“": "”", "«": "»" };

/** A word of a command as it is typed, so that it is read as it stands: in quotes where it has to be. One that holds an end of each kind stays bare. */
export function typedWord(word: string): string {
  if (word !== "" && !/^["'“«]|[=:]["'“«]|[\s—]/u.test(word)) return word;
  const found = Object.entries(QUOTES).find(([, close]) => !word.includes(close));
  return found === undefined ? word : `${found[0]}${word}${found[1]}`;
}
