/** As many of the items as that, at even distances: the first and the last are among them. All of them where they are no more. */
export function atEvenDistances<Item>(items: readonly Item[], most: number): readonly Item[] {
  if (items.length <= most) return items;
  return Array.from({ length: most }, (_, index) => items[Math.round((index * (items.length - 1)) / (most - 1))]!);
}
