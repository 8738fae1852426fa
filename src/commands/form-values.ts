import { withoutIsolates } from "../matter/turns.ts";
import type { FormValues } from "../ports/form.ts";
import type { Command, Values, Wrong } from "./command.ts";
import { type Part, partsOf } from "./form-parts.ts";
import { missingOf } from "./parser.ts";
import { check, nameOf } from "./shapes.ts";

/** Every field that a command's form can have, in the order of its arguments. */
export function partsOfCommand(command: Command): readonly Part[] {
  return [...command.positionals, ...command.options].flatMap((parameter) => partsOf(parameter, command));
}

/** What was typed, as a form holds it: field by field. */
export function givenOf(values: Values, command: Command): FormValues {
  const given: Record<string, readonly string[]> = {};
  const left = new Map<string, readonly string[]>();
  for (const [key, value] of Object.entries(values))
    left.set(key, value === true ? ["yes"] : typeof value === "string" ? [value] : Array.isArray(value) ? value : []);
  for (const part of partsOfCommand(command)) {
    const claimed = part.claim(left.get(part.key) ?? []);
    left.set(part.key, claimed.left);
    if (claimed.mine.length > 0) given[part.name] = claimed.mine;
  }
  return given;
}

/** What a form's fields come to: the values of the command as if they had been typed, and what is wrong, field by field. */
export interface Entered {
  readonly values: Values;
  readonly wrong: readonly Wrong[];
}

/**
 * Reads a form that was filled in. Each field is checked by itself, by the same checks as a typed word, so that all that is wrong is told at
 * once. Nothing becomes a line of text on its way: a value may begin with dashes, and hold quotes and line ends. Spaces around it are left out,
 * and so is what the command does not know.
 */
export function readEntered(entered: FormValues, command: Command): Entered {
  const wrong: Wrong[] = [];
  const given = new Map<string, { readonly text: string; readonly part: Part; readonly entered: string }[]>();
  for (const part of partsOfCommand(command)) {
    const texts = (Object.hasOwn(entered, part.name) ? entered[part.name]! : [])
      .map((text) => withoutIsolates(text).trim())
      .filter((text) => text !== "");
    if (texts.length === 0) continue;
    const read = part.read(texts);
    if ("misunderstood" in read) wrong.push({ at: part.name, code: read.misunderstood, args: read.args });
    else given.set(part.key, [...(given.get(part.key) ?? []), ...read.map((text) => ({ text, part, entered: texts.join(" ") }))]);
  }
  const values: Record<string, string | boolean | readonly string[]> = {};
  for (const [key, words] of given) {
    const { of } = words[0]!.part;
    if (of.kind === "flag") {
      const other = words.find(({ text }) => text !== "yes");
      if (other === undefined) values[of.name] = true;
      else wrong.push({ at: other.part.name, code: "value-invalid", args: { name: of.name, got: `"${other.text}"`, allowed: "yes" } });
      continue;
    }
    for (const { text, part, entered } of words) {
      const fault = check(text, of, command);
      if (fault === null) continue;
      // 28 days was meant as one, and is two words.
      const isOne = of.kind === "period" && /^\d+\s+\p{L}+$/u.test(entered);
      wrong.push({ at: part.name, code: fault.misunderstood, args: isOne ? { ...fault.args, got: `"${entered}"` } : fault.args });
    }
    const isBoth = words.some(({ part }) => part.isOther === true) && words.some(({ part }) => part.isOther !== true);
    if (of.many === true && !isBoth) values[key] = words.map(({ text }) => text);
    else if (words.length > 1) wrong.push({ at: words.at(-1)!.part.name, code: "option-twice", args: { option: nameOf(of, command) } });
    else values[key] = words[0]!.text;
  }
  return { values: { ...values, ...literalsOf(values, command) }, wrong: [...wrong, ...missing(values, wrong, command)] };
}

/** What cannot be left out and was; where it was filled in wrongly, that is told instead. */
function missing(values: Values, wrong: readonly Wrong[], command: Command): readonly Wrong[] {
  const literals = new Set(command.positionals.filter(({ kind }) => kind === "literal").map(({ name }) => name));
  return missingOf(values, command)
    .flatMap((one) => one.wrong ?? [])
    .filter(({ at }) => !literals.has(at) && !wrong.some((other) => other.at === at || other.at.startsWith(`${at}:`)));
}

/** Words such as until are typed with what follows them; a form does not ask for them. */
function literalsOf(values: Values, { positionals }: Command): Values {
  const literals: Record<string, string> = {};
  for (const [index, { kind, name }] of positionals.entries()) {
    const after = positionals[index + 1];
    if (kind === "literal" && after !== undefined && values[after.name] !== undefined) literals[name] = name;
  }
  return literals;
}
