import { nearest } from "../matter/nearest.ts";
import { parseDay } from "../time/day.ts";
import { type Command, type Misunderstanding, misunderstood, type Parameter, type Values } from "./command.ts";
import { check, fits, following, keyOf, nameOf } from "./shapes.ts";
import { typedWord } from "./tokens.ts";

export interface Parsed {
  readonly command: Command;
  readonly values: Values;
}

/** A line that lacks an argument: what it has is kept, so that a form can ask for the rest. */
export interface Unfinished extends Misunderstanding, Parsed {}

/** Reads words into a command and its values. What cannot be understood is named with its place and what is allowed there. */
export function parse(tokens: readonly string[], commands: readonly Command[]): Parsed | Misunderstanding | Unfinished {
  const [typed, ...rest] = tokens;
  if (typed === undefined) return misunderstood("verb-missing", { allowed: commands.map(({ verb }) => verb) });
  const verb = typed.toLowerCase();
  const command = commands.find((one) => one.verb === verb);
  if (command === undefined) {
    const near = nearest(
      verb,
      commands.map((one) => one.verb),
    );
    return misunderstood("verb-unknown", { got: typed, ...(near === null ? {} : { near }) });
  }
  const values = valuesOf(rest, command);
  if ("misunderstood" in values) return values as Misunderstanding;
  const missing = missingOf(values as Values, command)[0];
  return missing === undefined ? { command, values } : { ...missing, command, values };
}

/** The arguments that a command cannot do without and that were not given, each as the sentence that says so. */
export function missingOf(values: Values, command: Command): readonly Misunderstanding[] {
  return [...command.positionals, ...command.options]
    .filter((parameter) => parameter.required === true && values[keyOf(parameter, command)] === undefined)
    .map((parameter) => {
      const args = { name: nameOf(parameter, command), usage: usageOf(command) };
      const code = "argument-missing";
      return { ...misunderstood(code, args), wrong: [{ at: keyOf(parameter, command), code, args }] };
    });
}

function valuesOf(tokens: readonly string[], command: Command): Values | Misunderstanding {
  const values: Record<string, string | boolean | string[]> = {};
  const positionals = [...command.positionals];
  for (let index = 0; index < tokens.length; index++) {
    const token = tokens[index]!;
    const option = /^--([a-zA-Z][a-zA-Z-]*)(?:=([\s\S]*))?$/.exec(token);
    let parameter: Parameter | undefined;
    let text = token;
    if (option !== null) {
      parameter = command.options.find(({ name }) => name.toLowerCase() === option[1]!.toLowerCase());
      if (parameter === undefined) return unknownOption(option[1]!, command);
      if (parameter.kind === "flag") {
        values[parameter.name] = true;
        continue;
      }
      const given = option[2] ?? tokens[++index];
      if (given === undefined || (option[2] === undefined && given.startsWith("--")))
        return misunderstood("option-needs-value", { option: `--${parameter.name}` });
      text = given;
    } else {
      parameter = positionals[0];
      if (parameter === undefined) return oneTooMany(token, command);
      if (parameter.many !== true) positionals.shift();
      if (parameter.kind === "matter" && !/\d/.test(token))
        while (/^\d/.test(tokens[index + 1] ?? "")) text = `${text} ${tokens[++index]!}`;
    }
    if (parameter.kind === "literal" && option === null) {
      if (text.toLowerCase() !== parameter.name) return literalMissing(values, parameter, tokens.slice(index), command);
      text = text.toLowerCase();
    }
    const wrong = check(text, parameter, command);
    if (wrong !== null) return wrong;
    const name = keyOf(parameter, command);
    const more = option === null ? [] : following(tokens, index + 1, parameter);
    index += more.length;
    const held = values[name];
    if (parameter.many === true) values[name] = [...(Array.isArray(held) ? held : []), text, ...more];
    else if (held !== undefined) return misunderstood("option-twice", { option: nameOf(parameter, command) });
    else values[name] = text;
  }
  return values;
}

/** A day is shown as it was typed, with the option that it may have been meant for. */
function oneTooMany(token: string, command: Command): Misunderstanding {
  const isDay = parseDay(token) !== null;
  const on = isDay && command.options.some(({ name, kind }) => name === "on" && kind === "day") ? { near: `--on ${token}` } : {};
  return misunderstood("argument-extra", { got: isDay ? `"${token}"` : token, ...on, usage: usageOf(command) });
}

/** A word such as until was left out or mistyped: the refusal shows the line to type. */
function literalMissing(held: Values, literal: Parameter, rest: readonly string[], command: Command): Misunderstanding {
  const [typed = "", ...following] = rest;
  const after = command.positionals[command.positionals.indexOf(literal) + 1];
  const isMistyped = nearest(typed, [literal.name]) !== null;
  const takes = (text: string | undefined) => text !== undefined && !text.startsWith("--") && after !== undefined && fits(text, after);
  const value = !isMistyped && takes(typed) ? [typed] : takes(following[0]) ? [] : [(after?.name ?? "").toUpperCase()];
  const before = command.positionals.slice(0, command.positionals.indexOf(literal)).map(({ name }) => String(held[name]));
  const line = [
    command.verb,
    ...[...before, literal.name, ...value, ...following].filter((word) => word !== "").map((word) => typedWord(word) ?? word),
  ].join(" ");
  return misunderstood("value-invalid", { name: literal.name, got: `"${typed}"`, allowed: line });
}

function unknownOption(got: string, command: Command): Misunderstanding {
  const allowed = command.options.map(({ name }) => `--${name}`);
  // Without the dashes: they are alike in every option.
  const near = nearest(
    got,
    command.options.map(({ name }) => name),
  );
  if (allowed.length === 0) return misunderstood("option-none", { got: `--${got}`, verb: command.verb });
  return misunderstood("option-unknown", { got: `--${got}`, allowed, ...(near === null ? {} : { near: `--${near}` }) });
}

/** How the command is written: show REF [--on DAY] [--known-at INSTANT]. */
export function usageOf(command: Command): string {
  const positionals = writtenPositionals(command);
  const options = command.options.map((parameter) => {
    const shown =
      parameter.kind === "flag"
        ? `--${parameter.name}`
        : `--${parameter.name} ${valueName(parameter)}${parameter.many === true ? " …" : ""}`;
    return parameter.required === true ? shown : `[${shown}]`;
  });
  return [command.verb, ...positionals, ...options].join(" ");
}

/** The keys of what there is to say of a command's arguments, beside how they are written. */
export function aboutsOf({ positionals, options }: Pick<Command, "positionals" | "options">): readonly string[] {
  return [...positionals, ...options].flatMap(({ about }) => about ?? []);
}

/** The arguments of a command in their order, those that may be left out in brackets; a literal stands with what follows it: [until DAY]. */
export function writtenPositionals({ positionals, written: whole }: Pick<Command, "positionals" | "written">): readonly string[] {
  if (whole !== undefined) return [whole];
  const written: string[] = [];
  let literal = "";
  for (const [index, { name, kind, required, many }] of positionals.entries()) {
    if (kind === "literal" && index < positionals.length - 1) {
      literal = `${name} `;
      continue;
    }
    const shown = kind === "literal" ? name : `${literal}${name.toUpperCase()}${many === true ? "…" : ""}`;
    written.push(required === true ? shown : `[${shown}]`);
    literal = "";
  }
  return written;
}

function valueName({ kind, allowed, name }: Parameter): string {
  if (kind === "choice") return (allowed ?? []).join("|");
  return kind === "text" || kind === "word" || kind === "id" ? name.toUpperCase() : kind.toUpperCase();
}
