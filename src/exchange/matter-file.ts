import { type Document, isMap, isNode, LineCounter, parseDocument } from "yaml";
import type { Problem } from "../matter/check.ts";
import { type FiledMatter, fileSchema, matterSchema } from "../matter/facts.ts";
import { problemsOf } from "./issues.ts";

/** A larger file is refused before it is parsed: 10,000 matters are 6.4 MB of YAML and take 667 MB of memory to parse. */
export const LARGEST_FILE = 20 * 1024 * 1024;
const MOST_ALIASES = 100;

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
  const whole = (code: string, args: Problem["args"] = {}, line: number | null = null): ParseResult => ({
    problems: [{ file, line, problem: { path: [], code, args } }],
    sound: [],
    lineOf: () => null,
  });
  if (!/\.(ya?ml|json)$/i.test(file)) return whole("file-kind", { allowed: [".yaml", ".yml", ".json"] });
  const content = text.replace(/^\uFEFF/, "");
  if (content.trim() === "") return whole("file-empty");
  const read = /\.json$/i.test(file) ? readJson(content) : readYaml(content);
  if ("fault" in read) return whole(read.fault.code, read.fault.args, read.fault.line);
  if (typeof read.value !== "object" || read.value === null || !("matters" in read.value)) return whole("file-no-matters", {}, 1);
  const lines = lineFinder(content, read.document);
  const checked = fileSchema.safeParse(read.value);
  if (checked.success) return { parsed: { file, matters: checked.data.matters, lineOf: lines } };
  const problems = problemsOf(checked.error, read.value).map((problem) => ({ file, line: lines(problem.path), problem }));
  return { problems, sound: soundOf(read.value.matters), lineOf: lines };
}

function soundOf(matters: unknown): readonly Sound[] {
  if (!Array.isArray(matters)) return [];
  return matters.flatMap((matter, index) => {
    const { success, data } = matterSchema.safeParse(matter);
    return success ? [{ filed: data, index }] : [];
  });
}

interface Read {
  readonly value: unknown;
  readonly document: (Document & { lines: LineCounter }) | null;
}
type Fault = { readonly fault: { readonly code: string; readonly args: Problem["args"]; readonly line: number | null } };

function readYaml(content: string): Read | Fault {
  const lines = new LineCounter();
  const document = parseDocument(content, { lineCounter: lines, prettyErrors: false });
  const error = document.errors[0];
  if (error !== undefined) {
    const detail = error.message.split("\n")[0]!;
    return { fault: { code: "file-not-yaml", args: { detail }, line: lines.linePos(error.pos[0]).line } };
  }
  try {
    return { value: document.toJS({ maxAliasCount: MOST_ALIASES }), document: Object.assign(document, { lines }) };
  } catch (thrown) {
    if (!(thrown instanceof ReferenceError)) throw thrown;
    return { fault: { code: "file-aliases", args: { most: MOST_ALIASES }, line: null } };
  }
}

function readJson(content: string): Read | Fault {
  try {
    return { value: JSON.parse(content), document: null };
  } catch (thrown) {
    if (!(thrown instanceof SyntaxError)) throw thrown;
    const detail = thrown.message.replace(/(,? (\.\.\.)?"| (in|after) JSON at position )[\s\S]*$/, "").replaceAll("\n", " ");
    return { fault: { code: "file-not-json", args: { detail }, line: brokenLine(content.split("\n")) } };
  }
}

/** JSON.parse does not always say where it failed: the first line with which the text can no longer become JSON, whatever follows. */
function brokenLine(lines: readonly string[]): number {
  let [sound, broken] = [0, lines.length];
  while (broken - sound > 1) {
    const middle = Math.floor((sound + broken) / 2);
    if (isOpen(`${lines.slice(0, middle).join("\n")}\n`)) sound = middle;
    else broken = middle;
  }
  return broken;
}

function isOpen(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch (thrown) {
    const { message } = thrown as SyntaxError;
    return message.startsWith("Unexpected end") || Number(/position (\d+)/.exec(message)?.[1]) === text.length;
  }
}

/** Finds lines in the document that was parsed; JSON is parsed again for them, and only when a line is asked for. */
function lineFinder(content: string, parsed: Read["document"]): ParsedFile["lineOf"] {
  let document = parsed;
  return (path) => {
    if (document === null) {
      const lines = new LineCounter();
      document = Object.assign(parseDocument(content, { lineCounter: lines, prettyErrors: false }), { lines });
    }
    return lineIn(document, path);
  };
}

/** The line of the place itself, of its key where it is one, or of the nearest thing around it. */
function lineIn(document: Document & { lines: LineCounter }, path: Problem["path"]): number | null {
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

function nodeAt(document: Document, path: Problem["path"]): unknown {
  return path.length === 0 ? document.contents : document.getIn(path, true);
}
