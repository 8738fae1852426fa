/** The words of a text that a TextBlock and a FactSet show as they are: their Markdown, their dates and their links have nothing to take up. */
export function isInert(words: string): boolean {
  return !/[*_`~#<>&|\\[\]{}!\p{Cc}]|\s{2}|:\/\/|www\.|@/iu.test(words) && !/^(\s|[-+=]|\d+[.)])|\s$/.test(words);
}
