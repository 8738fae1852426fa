import { isTooLarge } from "../law/money.ts";
import { parsePeriod } from "../law/period.ts";
import { nearest } from "../matter/nearest.ts";
import { parseDay } from "../time/day.ts";
import { parseInstant } from "../time/instant.ts";
import { type Command, type Misunderstanding, misunderstood, type Parameter } from "./command.ts";

/** What a kind of argument takes; the sentence of a refusal shows it. */
const SHAPES: Readonly<Partial<Record<Parameter["kind"], { readonly allowed: string; takes(text: string): boolean }>>> = {
  day: { allowed: "YYYY-MM-DD (2024-02-18)", takes: (text) => parseDay(text) !== null },
  instant: { allowed: "2024-02-18T09:00:00Z, 2024-02-18T10:00:00+01:00", takes: (text) => parseInstant(text) !== null },
  period: { allowed: "P2M, P28D, P4W, P1M15D, P30B, PT72H", takes: (text) => parsePeriod(text) !== null },
  amount: { allowed: "5000, 5000.50", takes: (text) => /^\d{1,18}(\.\d{1,4})?$/.test(text) },
  rate: { allowed: "150, 150.50, unknown", takes: (text) => /^(unknown|\d{1,18}(\.\d{1,4})?)$/.test(text) },
  decimal: { allowed: "5, 2.5", takes: (text) => /^\d{1,9}(\.\d{1,9})?$/.test(text) },
  count: { allowed: "1, 2, 3 …", takes: (text) => /^\d{1,9}$/.test(text) },
  version: { allowed: "1, 2, 3 …", takes: (text) => /^\d{1,9}(\.[0-9a-f]{8}(\.a\d{1,9})?)?$/.test(text) },
  time: { allowed: "09:00", takes: (text) => /^([01]\d|2[0-3]):[0-5]\d$/.test(text) },
  id: { allowed: "dpo, fine-1", takes: (text) => /^[a-z0-9][a-z0-9._-]{0,59}$/i.test(text) },
};

/** Whether a text has the shape of what the argument takes; whatever it is, where its kind has none. */
export function fits(text: string, { kind }: Parameter): boolean {
  return SHAPES[kind]?.takes(text) ?? true;
}

/** What a kind of argument looks like, as a refusal shows it; null where it has no shape. */
export function shapeOf(kind: Parameter["kind"]): string | null {
  return SHAPES[kind]?.allowed ?? null;
}

/** --comply 2024-03-01 2024-04-01: what follows an option that may be repeated belongs to it as long as it has its shape. */
export function following(tokens: readonly string[], from: number, parameter: Parameter): readonly string[] {
  const shape = SHAPES[parameter.kind];
  if (parameter.many !== true || shape === undefined) return [];
  const rest = tokens.slice(from);
  const end = rest.findIndex((token) => !shape.takes(token));
  return end < 0 ? rest : rest.slice(0, end);
}

/** Written as a day is, such as 2024-02-30: that it cannot be read would be no reason. */
const DAY_SHAPED = /^\d{4}-\d{2}-\d{2}$/;

/** Whether an argument may be this text: null, or what is wrong and what is allowed. */
export function check(text: string, parameter: Parameter, command: Command): Misunderstanding | null {
  const refused = (args: Misunderstanding["args"]): Misunderstanding => {
    const code = "value-invalid";
    const shown = { name: parameter.name, got: `"${text}"`, ...args };
    return { ...misunderstood(code, shown), wrong: [{ at: keyOf(parameter, command), code, args: shown }] };
  };
  if (parameter.kind === "choice" || parameter.kind === "literal") {
    const allowed = parameter.kind === "literal" ? [parameter.name] : (parameter.allowed ?? []);
    if (allowed.includes(text)) return null;
    const near = nearest(text, allowed);
    return refused({ allowed, ...(near === null ? {} : { near }) });
  }
  if (text !== "" && fits(text, parameter)) return null;
  if (parameter.kind === "day" && DAY_SHAPED.test(text)) {
    const args = { name: parameter.name, got: text };
    return { ...misunderstood("no-such-day", args), wrong: [{ at: keyOf(parameter, command), code: "no-such-day", args }] };
  }
  if ((parameter.kind === "amount" || parameter.kind === "rate") && isTooLarge(text)) {
    const args = { got: text };
    return { ...misunderstood("amount-large", args), wrong: [{ at: keyOf(parameter, command), code: "amount-large", args }] };
  }
  return refused({ allowed: shapeOf(parameter.kind) ?? parameter.allowed ?? parameter.name.toUpperCase() });
}

/** The name of an argument's value. An option that bears the name of a positional argument is kept apart: closed REF --ref SAN-2024-018. */
export function keyOf(parameter: Parameter, command: Command): string {
  const shared = command.options.includes(parameter) && command.positionals.some(({ name }) => name === parameter.name);
  return shared ? `option:${parameter.name}` : parameter.name;
}

/** How an argument is named in a sentence: REF, --on. */
export function nameOf(parameter: Parameter, command: Command): string {
  return command.positionals.includes(parameter) ? parameter.name.toUpperCase() : `--${parameter.name}`;
}
