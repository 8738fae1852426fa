import type { Block, Card, Text } from "../ports/card.ts";
import type { Language } from "../time/wording.ts";
import { fieldText } from "./change-words.ts";
import { missingList } from "./findings.ts";
import { text } from "./matter-card.ts";
import { say } from "./say.ts";

/** What an import would register or update of one matter. */
export interface Change {
  readonly ref: string;
  readonly file: string;
  readonly line: number | null;
  readonly change: "registered" | "updated";
  readonly fields: readonly { readonly field: string; readonly before: string | null; readonly after: string | null }[];
  /** How many events it would record. */
  readonly events: number;
}

/** A row or a matter that is not taken; `text` is a sentence already. */
interface Refused {
  readonly file: string;
  readonly line: number | null;
  readonly text: string;
}

interface Repeated {
  readonly file: string;
  readonly line: number;
  readonly of: number;
  readonly key: string;
}

export interface Preview {
  readonly registered: readonly string[];
  readonly updated: readonly string[];
  readonly unchanged: readonly string[];
  readonly drafts: readonly { readonly ref: string; readonly missing: readonly string[] }[];
  readonly changes: readonly Change[];
  readonly refused: readonly Refused[];
  readonly repeated: readonly Repeated[];
  /** The import itself would be refused. */
  readonly isStopped: boolean;
}

/** What an import would do. */
export function importPreview(language: Language, preview: Preview): Card {
  const { registered, updated, unchanged, drafts, changes, refused, repeated, isStopped } = preview;
  const blocks: Block[] = [text(say(language, isStopped ? "preview.stopped" : "preview.nothing-written"))];
  for (const change of ["registered", "updated"] as const) {
    const rows = changes.filter((one) => one.change === change).map((one) => changeRow(language, one));
    if (rows.length > 0) blocks.push({ kind: "rows", heading: [{ bold: say(language, `preview.${change}`, { n: rows.length }) }], rows });
  }
  if (drafts.length > 0) {
    const rows = drafts.map(({ ref, missing }): readonly Text[] => [
      [ref],
      [say(language, "import.draft", { missing: missingList(language, missing) })],
    ]);
    blocks.push({ kind: "rows", heading: [{ bold: say(language, "import.drafts", { n: drafts.length }) }], rows });
  }
  blocks.push(...leftOutBlocks(language, { skipped: refused, repeated }));
  const counts = { registered: registered.length, updated: updated.length, unchanged: unchanged.length, refused: refused.length };
  return { title: say(language, "preview.title", counts), tone: "calm", blocks };
}

/** What an import has not taken: rows that were skipped, and rows that said again what another one had said. */
export function leftOutBlocks(
  language: Language,
  { skipped, repeated }: { readonly skipped: readonly Refused[]; readonly repeated: readonly Repeated[] },
): readonly Block[] {
  const place = (file: string, line: number | null): Text => [
    { bold: say(language, "problems.place", { file, line: line === null ? null : String(line) }) },
  ];
  const blocks: Block[] = [];
  if (skipped.length > 0) {
    const rows = skipped.map((one): readonly Text[] => [place(one.file, one.line), [one.text]]);
    blocks.push({ kind: "rows", heading: [{ bold: say(language, "preview.refused", { n: skipped.length }) }], rows });
  }
  if (repeated.length > 0) {
    const rows = repeated.map((one): readonly Text[] => [
      place(one.file, one.line),
      [say(language, "preview.repeats", { key: one.key, line: String(one.of) })],
    ]);
    blocks.push({ kind: "rows", heading: [{ bold: say(language, "preview.repeated", { n: repeated.length }) }], rows });
  }
  return blocks;
}

function changeRow(language: Language, { ref, fields, events }: Change): readonly Text[] {
  const told = fields.map(({ field, before, after }): Text => {
    return [say(language, "preview.field", { field: fieldText(language, field), before, after: after ?? "–" })];
  });
  return [[{ bold: ref }], ...told, ...(events > 0 ? [[say(language, "preview.events", { n: events })]] : [])];
}
