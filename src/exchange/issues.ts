import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import type { Arg } from "../law/finding.ts";
import { NAMED_UNITS } from "../law/unit.ts";
import type { Problem } from "../matter/check.ts";
import { EVENT_TYPES } from "../matter/events.ts";
import { fileSchema } from "../matter/facts.ts";
import { nearest } from "../matter/nearest.ts";

type Issue = z.core.$ZodIssue;
type Path = readonly (string | number)[];
type Node = { properties?: Record<string, Node>; items?: Node; prefixItems?: Node[]; anyOf?: Node[]; oneOf?: Node[]; const?: unknown };

/** The schema's complaints as problems with a code for their sentence, unknown keys with the nearest known one. */
export function problemsOf(error: z.ZodError, input: unknown, under: Path = []): readonly Problem[] {
  const found = error.issues.flatMap((issue) => problemsOfIssue(issue as Issue, [], input, under));
  // A number beyond all bounds breaks several rules of its field, of which each has the one sentence.
  return found.filter(({ path, code }, index) => {
    const before = found[index - 1];
    return before === undefined || before.code !== code || !isDeepStrictEqual(before.path, path);
  });
}

function problemsOfIssue(issue: Issue, above: Path, input: unknown, under: Path): readonly Problem[] {
  const path = [...above, ...(issue.path as Path)];
  if (issue.code === "unrecognized_keys") return issue.keys.map((key) => unknownKey(key, path, input, under));
  if (issue.code === "invalid_union" && !isCode(issue.message)) {
    if (path.at(-1) === "type" && issue.errors.length === 0) return [unknownType(path, input)];
    const branch = bestBranch(issue.errors as Issue[][]);
    if (branch !== null) return branch.flatMap((inner) => problemsOfIssue(inner, path, input, under));
  }
  return [{ path, ...wordingOf(issue, path, input) }];
}

function wordingOf(issue: Issue, path: Path, input: unknown): Pick<Problem, "code" | "args"> {
  const field = String(path.at(-1) ?? "");
  if (valueAt(input, path) === undefined) {
    const allowed = allowedFor(field, issue);
    return { code: allowed.length > 0 ? "required-one-of" : "required", args: { field, ...(allowed.length > 0 ? { allowed } : {}) } };
  }
  const args: Record<string, Arg> = {};
  if (issue.code === "invalid_value") args.allowed = issue.values.map(String);
  if (issue.code === "too_big") args.longest = Number(issue.maximum);
  if (isCode(issue.message)) return { code: issue.message, args };
  return { code: "type", args: { expected: issue.code === "invalid_type" ? issue.expected : issue.code } };
}

function allowedFor(field: string, issue: Issue): readonly string[] {
  if (field === "per") return [...NAMED_UNITS, "P2W"];
  if (field === "type") return EVENT_TYPES;
  return issue.code === "invalid_value" ? issue.values.map(String) : [];
}

function unknownType(path: Path, input: unknown): Problem {
  const got = valueAt(input, path);
  if (got === undefined) return { path, code: "required-one-of", args: { field: "type", allowed: EVENT_TYPES } };
  const shown = typeof got === "string" ? got : JSON.stringify(got);
  const near = nearest(shown, EVENT_TYPES);
  return { path, code: "event-type", args: { got: shown, allowed: EVENT_TYPES, ...(near === null ? {} : { near }) } };
}

function unknownKey(key: string, path: Path, input: unknown, under: Path): Problem {
  if (isCureOfBoth(valueAt(input, path))) return { path: [...path, key], code: "cure-both", args: {} };
  const allowed = keysAt([...under, ...path], valueAt(input, path));
  const near = nearest(key, allowed);
  const args = { key, allowed, ...(near === null ? {} : { nearest: near }) };
  return { path: [...path, key], code: "key-unknown", args };
}

function isCureOfBoth(value: unknown): boolean {
  return typeof value === "object" && value !== null && "period" in value && "until" in value;
}

/** The branch of a union that the writer most likely meant: not one of another type altogether, then the one with the fewest complaints. */
function bestBranch(branches: readonly Issue[][]): readonly Issue[] | null {
  const score = (issues: readonly Issue[]) =>
    issues.length + (issues.some(({ code, path }) => path.length === 0 && code === "invalid_type") ? 100 : 0);
  return branches.toSorted((a, b) => score(a) - score(b))[0] ?? null;
}

function isCode(message: string): boolean {
  return /^[a-z][a-z0-9-]*$/.test(message);
}

function valueAt(input: unknown, path: Path): unknown {
  let value = input;
  for (const part of path)
    value = typeof value === "object" && value !== null ? (value as Record<string | number, unknown>)[part] : undefined;
  return value;
}

let described: Node | null = null;

/** The keys that may stand at a place of a matter file; for an event, those of its type. */
function keysAt(path: Path, value: unknown): readonly string[] {
  described ??= z.toJSONSchema(fileSchema, { io: "input", unrepresentable: "any" }) as Node;
  let nodes = [described];
  for (const part of path) {
    nodes = nodes.flatMap(branchesOf).flatMap((node) => {
      const next = typeof part === "number" ? (node.prefixItems?.[part] ?? node.items) : node.properties?.[part];
      return next === undefined ? [] : [next];
    });
  }
  const type = typeof value === "object" && value !== null ? (value as { type?: unknown }).type : undefined;
  const fitting = nodes
    .flatMap(branchesOf)
    .filter((node) => node.properties?.type?.const === undefined || node.properties.type.const === type);
  return [...new Set(fitting.flatMap((node) => Object.keys(node.properties ?? {})))];
}

function branchesOf(node: Node): readonly Node[] {
  const branches = [...(node.anyOf ?? []), ...(node.oneOf ?? [])];
  return branches.length === 0 ? [node] : branches.flatMap(branchesOf);
}
