import { type Document, type ErrorCode, LineCounter, parseDocument, visit, type YAMLError } from "yaml";
import { changedNumber } from "./kept-number.ts";
import type { Lost, ReadFault } from "./read-fault.ts";

const MOST_ALIASES = 100;

/** A document that knows its lines. */
export type LinedDocument = Document & { readonly lines: LineCounter };

/** Reads a text as YAML, of which JSON is a part, with its lines. */
export function linedDocument(content: string): LinedDocument {
  const lines = new LineCounter();
  // A key that is an alias would take the place of one of the same name without a word.
  return Object.assign(parseDocument(content, { lineCounter: lines, prettyErrors: false, stringKeys: true }), { lines });
}

/** Reads YAML, and refuses what its reader would drop or change without a word. */
export function readYaml(
  content: string,
): { readonly value: unknown; readonly document: LinedDocument } | { readonly faults: readonly ReadFault[] } {
  const document = linedDocument(content);
  const errors = document.errors[0]?.code === "DUPLICATE_KEY" ? document.errors.filter(isTwice) : document.errors.slice(0, 1);
  const lost = errors.length > 0 ? [] : lostIn(document);
  const lineOf = (offset: number) => document.lines.linePos(offset).line;
  const faults = [
    ...errors.map((error) => ({ args: argsOf(error, content), line: lineOf(error.pos[0]) })),
    ...lost.map(({ at, ...args }) => ({ args, line: lineOf(at) })),
  ];
  if (faults.length > 0) return { faults: faults.map((fault) => ({ code: "file-not-yaml", ...fault })) };
  try {
    return { value: document.toJS({ maxAliasCount: MOST_ALIASES }), document };
  } catch (thrown) {
    if (!(thrown instanceof ReferenceError)) throw thrown;
    return { faults: [{ code: "file-aliases", args: { most: MOST_ALIASES }, line: null }] };
  }
}

function isTwice({ code }: YAMLError): boolean {
  return code === "DUPLICATE_KEY";
}

/** The sentence for each kind of error; its reader's own words, which are English, where there is none. */
const FAULTS: Readonly<Record<ErrorCode, string | null>> = {
  DUPLICATE_KEY: "read-key-twice",
  MULTIPLE_DOCS: "yaml-documents",
  TAB_AS_INDENT: "yaml-tab",
  BAD_INDENT: "yaml-indent",
  MISSING_CHAR: "yaml-sign",
  UNEXPECTED_TOKEN: "yaml-stray",
  BAD_SCALAR_START: "yaml-text-start",
  BAD_DQ_ESCAPE: "yaml-escape",
  ALIAS_PROPS: "yaml-alias",
  BAD_ALIAS: "yaml-alias",
  MULTIPLE_ANCHORS: "yaml-alias",
  BLOCK_AS_IMPLICIT_KEY: "yaml-nested",
  BLOCK_IN_FLOW: "yaml-in-brackets",
  KEY_OVER_1024_CHARS: "yaml-key",
  MULTILINE_IMPLICIT_KEY: "yaml-key",
  NON_STRING_KEY: "yaml-key",
  BAD_COLLECTION_TYPE: "yaml-tag",
  BAD_PROP_ORDER: "yaml-tag",
  MULTIPLE_TAGS: "yaml-tag",
  TAG_RESOLVE_FAILED: "yaml-tag",
  BAD_DIRECTIVE: "yaml-directive",
  IMPOSSIBLE: null,
  RESOURCE_EXHAUSTION: "yaml-deep",
};

/** Where a kind of error is too wide for one sentence. */
const NEARER: readonly (readonly [RegExp, string])[] = [
  [/^Missing closing/, "yaml-quote"],
  [/^Sequence item without -|^A block sequence may not/, "yaml-indent"],
  [/^Implicit map keys need/, "yaml-key"],
];

function argsOf({ code, message, pos }: YAMLError, content: string): ReadFault["args"] {
  if (code === "DUPLICATE_KEY") return { fault: "read-key-twice", key: keyAt(content, pos[0]) };
  const fault = NEARER.find(([of]) => of.test(message))?.[1] ?? FAULTS[code];
  return fault === null ? { fault: "read-own-words", detail: message.split("\n")[0]! } : { fault };
}

/** The key that begins there, without the quotation marks around it. */
function keyAt(content: string, at: number): string {
  const [, double, single, plain] = /^(?:"([^"\n]*)"|'([^'\n]*)'|([^:\n]*))/.exec(content.slice(at, at + 200))!;
  return (double ?? single ?? plain ?? "").trim();
}

type LostAt = (Lost | { readonly fault: "yaml-alias" }) & { readonly at: number };

/** What is read as something else than was written, and aliases of nothing. */
function lostIn(document: LinedDocument): readonly LostAt[] {
  const lost: LostAt[] = [];
  const anchors = new Set<string>();
  visit(document, {
    Value(_key, { anchor }) {
      if (anchor !== undefined) anchors.add(anchor);
    },
    Alias(_key, { source, range }) {
      if (!anchors.has(source)) lost.push({ fault: "yaml-alias", at: range?.[0] ?? 0 });
    },
    Scalar(_key, { value, source, range, anchor }) {
      if (anchor !== undefined) anchors.add(anchor);
      const at = range?.[0] ?? 0;
      if (typeof value === "string" && !value.isWellFormed()) lost.push({ fault: "read-half-character", at });
      const changed = typeof value === "number" && source !== undefined ? changedNumber(source) : null;
      if (changed !== null) lost.push({ fault: "read-number-changed", ...changed, at });
    },
  });
  return lost;
}
