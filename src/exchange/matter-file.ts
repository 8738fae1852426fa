import { isMap, isNode } from "yaml";
import type { Problem } from "../matter/check.ts";
import { type FiledMatter, fileSchema, matterSchema } from "../matter/facts.ts";
import { droppedKeys } from "./dropped-keys.ts";
import { problemsOf } from "./issues.ts";
import type { ReadFault } from "./read-fault.ts";
import { readJson } from "./read-json.ts";
import { type LinedDocument, linedDocument, readYaml } from "./read-yaml.ts";

/** A problem and where it stands. */
export interface FileProblem {
  readonly file: string;
  readonly line: number | null;
  readonly problem: Problem;
}

/** A file's matters, each with the line on which it begins, and a way to find the line of any place in it. */
export interface ParsedFile {
  readonly file: string;
  readonly matters: readonly FiledMatter[];
  lineOf(path: Problem["path"]): number | null;
}

/** A file with problems still answers the matters that have none of their own, so that theirs are told in the same breath. */
export type ParseResult =
  | { readonly parsed: ParsedFile }
  | { readonly problems: readonly FileProblem[]; readonly sound: readonly Sound[]; lineOf: ParsedFile["lineOf"] };

export interface Sound {
  readonly filed: FiledMatter;
  /** Its place in the file. */
  readonly index: number;
}

/** Reads a matter file, YAML or JSON by its name. Every problem is reported, none is mended in silence. */
export function parseMatterFile(file: string, text: string): ParseResult {
  const none = (faults: readonly (Omit<ReadFault, "code"> & { readonly code: string })[]): ParseResult => ({
    problems: faults.map(({ code, args, line }) => ({ file, line, problem: { path: [], code, args } })),
    sound: [],
    lineOf: () => null,
  });
  const whole = (code: string, args: Problem["args"] = {}, line: number | null = null) => none([{ code, args, line }]);
  if (!/\.(ya?ml|json)$/i.test(file)) return whole("file-kind", { allowed: [".yaml", ".yml", ".json"] });
  const content = text.replace(/^\uFEFF/, "");
  if (content.trim() === "") return whole("file-empty");
  const read = /\.json$/i.test(file) ? withoutDocument(readJson(content)) : readYaml(content);
  if ("faults" in read) return none(read.faults);
  if (typeof read.value !== "object" || read.value === null || !("matters" in read.value)) return whole("file-no-matters", {}, 1);
  const lines = lineFinder(content, read.document);
  const checked = fileSchema.safeParse(read.value);
  const found = [...(checked.success ? [] : problemsOf(checked.error, read.value)), ...droppedKeys(read.value.matters)];
  if (checked.success && found.length === 0) return { parsed: { file, matters: checked.data.matters, lineOf: lines } };
  const problems = found.map((problem) => ({ file, line: lines(problem.path), problem }));
  return { problems, sound: soundOf(read.value.matters), lineOf: lines };
}

/** What was read without YAML's own reader has no document of it. */
function withoutDocument<Read extends object>(read: Read): Read & { readonly document: null } {
  return { ...read, document: null };
}

function soundOf(matters: unknown): readonly Sound[] {
  if (!Array.isArray(matters)) return [];
  return matters.flatMap((matter, index) => {
    const { success, data } = matterSchema.safeParse(matter);
    return success ? [{ filed: data, index }] : [];
  });
}

/** Finds lines in the document that was parsed; JSON is parsed again for them, and only when a line is asked for. */
function lineFinder(content: string, parsed: LinedDocument | null): ParsedFile["lineOf"] {
  let document = parsed;
  return (path) => {
    document ??= linedDocument(content);
    return lineIn(document, path);
  };
}

/** The line of the place itself, of its key where it is one, or of the nearest thing around it. */
function lineIn(document: LinedDocument, path: Problem["path"]): number | null {
  for (let depth = path.length; depth >= 0; depth--) {
    const parent = depth === 0 ? undefined : nodeAt(document, path.slice(0, depth - 1));
    if (isMap(parent)) {
      const pair = parent.items.find(({ key }) => isNode(key) && String((key as { value?: unknown }).value) === String(path[depth - 1]));
      if (pair !== undefined && isNode(pair.key) && pair.key.range) return document.lines.linePos(pair.key.range[0]).line;
    }
    const node = nodeAt(document, path.slice(0, depth));
    if (isNode(node) && node.range) return document.lines.linePos(node.range[0]).line;
  }
  return null;
}

function nodeAt(document: LinedDocument, path: Problem["path"]): unknown {
  return path.length === 0 ? document.contents : document.getIn(path, true);
}
