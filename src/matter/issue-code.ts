import type { z } from "zod";
import type { Arg } from "../law/finding.ts";

type Issue = z.core.$ZodIssue;

/** Why a value cannot stand where a correction would set it, as the code of a sentence with what that names; nothing where no sentence tells. */
export function faultOf(error: z.ZodError): Readonly<Record<string, Arg>> {
  const issue = error.issues.map(innermost).find(({ message }) => isCode(message));
  if (issue === undefined) return error.issues.some(({ code }) => code === "unrecognized_keys") ? NO_FIELD : {};
  return {
    fault: issue.message,
    ...(issue.code === "invalid_value" ? { allowed: issue.values.map(String) } : {}),
    ...(issue.code === "too_big" ? { longest: Number(issue.maximum) } : {}),
  };
}

/** There is nothing of that name to set. */
export const NO_FIELD: Readonly<Record<string, Arg>> = { fault: "no-such-field" };

/** Of a value that could be several things, what is wrong with it as the one that it comes nearest to: where the fault lies deepest. */
function innermost(issue: Issue): Issue {
  if (issue.code !== "invalid_union" || isCode(issue.message)) return issue;
  const inner = issue.errors.flatMap((branch) => branch.map(innermost)).filter(({ message }) => isCode(message));
  return inner.toSorted((one, other) => other.path.length - one.path.length)[0] ?? issue;
}

function isCode(message: string): boolean {
  return /^[a-z][a-z0-9-]*$/.test(message);
}
