import { parsePeriod } from "../law/period.ts";
import { nearest } from "../matter/nearest.ts";
import { parseDay } from "../time/day.ts";
import { parseInstant } from "../time/instant.ts";
import { type Command, type Misunderstanding, misunderstood, type Parameter, type Values } from "./command.ts";

export interface Parsed {
  readonly command: Command;
  readonly values: Values;
}

/** Reads words into a command and its values. What cannot be understood is named with its place and what is allowed there. */
export function parse(tokens: readonly string[], commands: readonly Command[]): Parsed | Misunderstanding {
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
  return "misunderstood" in values ? (values as Misunderstanding) : { command, values: values as Values };
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
      if (parameter === undefined) return misunderstood("argument-extra", { got: token, usage: usageOf(command) });
      if (parameter.many !== true) positionals.shift();
      if (parameter.kind === "matter" && !/\d/.test(token))
        while (/^\d/.test(tokens[index + 1] ?? "")) text = `${text} ${tokens[++index]!}`;
    }
    if (parameter.kind === "literal" && option === null) {
      if (text.toLowerCase() !== parameter.name) return literalMissing(values, parameter, tokens.slice(index), command);
      text = text.toLowerCase();
    }
    const wrong = check(text, parameter);
    if (wrong !== null) return wrong;
    const name = keyOf(parameter, command);
    const more = option === null ? [] : following(tokens, index + 1, parameter);
    index += more.length;
    const held = values[name];
    if (parameter.many === true) values[name] = [...(Array.isArray(held) ? held : []), text, ...more];
    else if (held !== undefined) return misunderstood("option-twice", { option: nameOf(parameter, command) });
    else values[name] = text;
  }
  const missing = [...command.positionals, ...command.options].find(
    (parameter) => parameter.required === true && values[keyOf(parameter, command)] === undefined,
  );
  return missing === undefined ? values : misunderstood("argument-missing", { name: nameOf(missing, command), usage: usageOf(command) });
}

/** A word such as until was left out or mistyped: the refusal shows the line to type. */
function literalMissing(held: Values, literal: Parameter, rest: readonly string[], command: Command): Misunderstanding {
  const [typed = "", ...following] = rest;
  const after = command.positionals[command.positionals.indexOf(literal) + 1];
  const isMistyped = nearest(typed, [literal.name]) !== null;
  const takes = (text: string | undefined) => text !== undefined && !text.startsWith("--") && after !== undefined && fits(text, after);
  const value = !isMistyped && takes(typed) ? [typed] : takes(following[0]) ? [] : [(after?.name ?? "").toUpperCase()];
  const before = command.positionals.slice(0, command.positionals.indexOf(literal)).map(({ name }) => String(held[name]));
  const line = [command.verb, ...[...before, literal.name, ...value, ...following].filter((word) => word !== "").map(quoted)].join(" ");
  return misunderstood("value-invalid", { name: literal.name, got: `"${typed}"`, allowed: line });
}

function fits(text: string, { kind }: Parameter): boolean {
  return SHAPES[kind]?.takes(text) ?? true;
}

function quoted(word: string): string {
  return /\s/.test(word) ? `"${word}"` : word;
}

/** --comply 2024-03-01 2024-04-01: what follows an option that may be repeated belongs to it as long as it has its shape. */
function following(tokens: readonly string[], from: number, parameter: Parameter): readonly string[] {
  const shape = SHAPES[parameter.kind];
  if (parameter.many !== true || shape === undefined) return [];
  const rest = tokens.slice(from);
  const end = rest.findIndex((token) => !shape.takes(token));
  return end < 0 ? rest : rest.slice(0, end);
}

/** An option that bears the name of a positional argument is kept apart from it: closed REF --ref SAN-2024-018. */
function keyOf(parameter: Parameter, command: Command): string {
  const shared = command.options.includes(parameter) && command.positionals.some(({ name }) => name === parameter.name);
  return shared ? `option:${parameter.name}` : parameter.name;
}

function nameOf(parameter: Parameter, command: Command): string {
  return command.positionals.includes(parameter) ? parameter.name.toUpperCase() : `--${parameter.name}`;
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

/** What a kind of argument takes; the sentence of a refusal shows it. */
const SHAPES: Readonly<Partial<Record<Parameter["kind"], { readonly allowed: string; takes(text: string): boolean }>>> = {
  day: { allowed: "YYYY-MM-DD (2024-02-18)", takes: (text) => parseDay(text) !== null },
  instant: { allowed: "2024-02-18T09:00:00Z, 2024-02-18T10:00:00+01:00", takes: (text) => parseInstant(text) !== null },
  period: { allowed: "P2M, P28D, P4W, P1M15D, P30B, PT72H", takes: (text) => parsePeriod(text) !== null },
  amount: { allowed: "5000, 5000.50", takes: (text) => /^\d{1,18}(\.\d{1,4})?$/.test(text) },
  rate: { allowed: "150, 150.50, unknown", takes: (text) => /^(unknown|\d{1,18}(\.\d{1,4})?)$/.test(text) },
  decimal: { allowed: "5, 2.5", takes: (text) => /^\d{1,9}(\.\d{1,9})?$/.test(text) },
  count: { allowed: "1, 2, 3 …", takes: (text) => /^\d{1,9}$/.test(text) },
  time: { allowed: "09:00", takes: (text) => /^([01]\d|2[0-3]):[0-5]\d$/.test(text) },
  id: { allowed: "dpo, fine-1", takes: (text) => /^[a-z0-9][a-z0-9._-]{0,59}$/i.test(text) },
};

function check(text: string, parameter: Parameter): Misunderstanding | null {
  if (parameter.kind === "choice" || parameter.kind === "literal") {
    const allowed = parameter.kind === "literal" ? [parameter.name] : (parameter.allowed ?? []);
    if (allowed.includes(text)) return null;
    const near = nearest(text, allowed);
    return misunderstood("value-invalid", { name: parameter.name, got: `"${text}"`, allowed, ...(near === null ? {} : { near }) });
  }
  const shape = SHAPES[parameter.kind];
  if (text === "" || (shape !== undefined && !shape.takes(text))) {
    return misunderstood("value-invalid", {
      name: parameter.name,
      got: `"${text}"`,
      allowed: shape?.allowed ?? parameter.name.toUpperCase(),
    });
  }
  return null;
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

/** The arguments of a command in their order, those that may be left out in brackets; a literal stands with what follows it: [until DAY]. */
export function writtenPositionals({ positionals }: Pick<Command, "positionals">): readonly string[] {
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
