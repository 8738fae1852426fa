import type { Context, Parameter, Values } from "./command.ts";
import type { Parsed } from "./parser.ts";
import { keyOf } from "./shapes.ts";

/**
 * What is kept as somebody wrote it calls the people whom it mentions by name: a reference would tell a reader nothing. What names somebody by
 * itself, such as who is assigned, stays the reference that it is.
 */
export function withNamesWritten({ command, values }: Parsed, { mentions = [] }: Pick<Context, "mentions">): Parsed {
  if (mentions.length === 0) return { command, values };
  const namedIn = (text: string) => calledByName(text, mentions);
  const written: Record<string, Values[string]> = { ...values };
  for (const parameter of [...command.positionals, ...command.options].filter(isProse)) {
    const key = keyOf(parameter, command);
    const value = values[key];
    const named = (text: string) => (parameter.offers !== "lines" && isReference(text) ? text : namedIn(text));
    if (typeof value === "string") written[key] = named(value);
    else if (Array.isArray(value)) written[key] = (value as readonly string[]).map(named);
  }
  return { command, values: written };

  /** Of a field that is set, what it is set to. */
  function isReference(text: string): boolean {
    return mentions.some(({ person }) => [text.trim(), text.slice(text.indexOf("=") + 1).trim()].includes(person));
  }
}

/** A text with the people whom it mentions by reference called by name. */
export function calledByName(text: string, mentions: NonNullable<Context["mentions"]>): string {
  return mentions.reduce((all, { person, name }) => {
    // A longer reference that begins alike is somebody else's.
    const reference = new RegExp(`(?<![\\w/])${person.replaceAll(/[^\w/:-]/g, "\\$&")}(?!\\w)`, "g");
    return all.replaceAll(reference, () => `@${name.replace(/^@/, "")}`);
  }, text);
}

function isProse({ kind, offers }: Parameter): boolean {
  return kind === "text" && (offers === undefined || offers === "lines" || offers === "several-lines");
}
