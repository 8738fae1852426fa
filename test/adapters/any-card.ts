import fc from "fast-check";
import type { Block, Card, Span, Text } from "../../src/ports/card.ts";
import type { PersonRef, Place } from "../../src/ports/chat.ts";

/** Cards of every kind of block, with such words wherever words can stand. */
export function anyCard(words: fc.Arbitrary<string>): fc.Arbitrary<Card> {
  const span: fc.Arbitrary<Span> = fc.oneof(
    words,
    words.map((bold) => ({ bold })),
    fc.tuple(words, fc.webUrl()).map(([link, href]) => ({ link, href })),
    words.map((name) => ({ person: "slack:T1/U1" as PersonRef, name })),
    fc.constantFrom("slack:T1/C2", "slack:T9/D1", "teams:T/19:x@thread.v2").map((place) => ({ place: place as Place })),
  );
  const text: fc.Arbitrary<Text> = fc.array(span, { maxLength: 5 });
  const point = fc.record({ label: words, value: fc.double({ noNaN: true, noDefaultInfinity: true }), shown: words });
  const block: fc.Arbitrary<Block> = fc.oneof(
    fc.record({ kind: fc.constant("text" as const), text }),
    fc.record({ kind: fc.constant("note" as const), text }),
    fc.record({ kind: fc.constant("facts" as const), facts: fc.array(fc.record({ label: words, value: text }), { maxLength: 15 }) }),
    fc.record({ kind: fc.constant("rows" as const), heading: text, rows: fc.array(fc.array(text, { maxLength: 4 }), { maxLength: 40 }) }),
    fc.record({
      kind: fc.constant("chart" as const),
      title: words,
      summary: words,
      unit: words,
      points: fc.array(point, { maxLength: 60 }),
    }),
    fc.record({
      kind: fc.constant("actions" as const),
      actions: fc.array(fc.record({ label: words, command: words }), { maxLength: 9 }),
    }),
  );
  return fc.record({ title: words, tone: fc.constant("calm" as const), blocks: fc.array(block, { maxLength: 8 }) });
}
