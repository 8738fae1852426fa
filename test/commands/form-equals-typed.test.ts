import { expect, test } from "vitest";
import { plainText } from "../../adapters/chat/shared/plain.ts";
import { contextOf } from "../../src/app/answer.ts";
import { isKey } from "../../src/cards/say.ts";
import type { Command, Parameter, Values } from "../../src/commands/command.ts";
import { type Answered, dispatch, dispatchLine } from "../../src/commands/dispatcher.ts";
import { givenOf } from "../../src/commands/form-values.ts";
import { hasForm } from "../../src/commands/forms.ts";
import { COMMANDS } from "../../src/commands/index.ts";
import { keyOf } from "../../src/commands/shapes.ts";
import { canEase } from "../../src/matter/easing.ts";
import { EVENT_TYPES } from "../../src/matter/events.ts";
import { fc } from "../support/seeded.ts";
import { buttonOf } from "./consent-desk.ts";
import { deskOfKourou, type FormDesk } from "./form-desk.ts";

const KINDS: Readonly<Record<string, fc.Arbitrary<string>>> = {
  day: fc.constantFrom("2024-02-19", "2024-03-01", "2024-04-04", "2024-04-30", "2025-01-01", "2024-02-30", "soon"),
  amount: fc.constantFrom("100", "6900", "5000.50", "12.345", "12,5", "-1"),
  count: fc.constantFrom("1", "3", "0", "x"),
  decimal: fc.constantFrom("5", "2.5", "many"),
  rate: fc.constantFrom("150", "unknown", "a lot"),
  time: fc.constantFrom("09:00", "25:00"),
  period: fc.constantFrom("P2M", "P28D", "P30B", "2M"),
  instant: fc.constantFrom("2024-04-01T09:00:00Z", "2024-04-01"),
  id: fc.constantFrom("dpo", "fine", "e1", "x9", "a b"),
  matter: fc.constantFrom("SAN-2023-018", "cnil:san 2023 018", "SAN-1"),
};
const WORDS = fc.constantFrom(
  "CNIL",
  "XX",
  "Europe/Paris",
  "mon-fri",
  "none",
  "dpo",
  "day",
  "cure",
  "notified",
  "4h",
  "EUR",
  "remainder",
  "30,7",
);
const TEXT = fc.oneof(
  WORDS,
  fc.string({ minLength: 1, maxLength: 12, unit: "grapheme" }),
  fc.constantFrom('"quoted"', "two\nlines", "a=b", "--x=1"),
);

function textOf({ kind, allowed, offers, many }: Parameter): fc.Arbitrary<string> {
  if (allowed !== undefined) return fc.oneof(fc.constantFrom(...allowed), fc.constant("neither"));
  // One field that holds several: what parts them cannot stand in one of them.
  if (kind === "filter") return fc.constantFrom("tag:dpo", "mine", "due:30d", "kourou", "colour:red");
  if (many === true && kind !== "day") return KINDS[kind] ?? WORDS.filter((word) => !word.includes(","));
  if (offers === "weekdays") return fc.constantFrom("mon", "mon,tue", "mon,fri");
  return (KINDS[kind] ?? TEXT).map((text) => text.trim()).filter((text) => text !== "");
}

/** Values of some of a command's arguments, mostly those that it needs; words such as until are typed with what follows. */
function valuesFor(command: Command): fc.Arbitrary<Values> {
  const entries = [...command.positionals, ...command.options]
    .filter(({ kind, unasked }) => kind !== "literal" && unasked !== true)
    .map((parameter) => {
      const isPlaced = command.positionals.includes(parameter);
      const one = textOf(parameter).filter((text) => !isPlaced || !text.startsWith("--"));
      const value: fc.Arbitrary<Values[string]> =
        parameter.kind === "flag" ? fc.constant(true) : parameter.many === true ? fc.uniqueArray(one, { minLength: 1, maxLength: 2 }) : one;
      const given = fc
        .integer({ min: 0, max: 9 })
        .chain((dice) => (dice < (parameter.required === true ? 9 : 2) ? value : fc.constant(undefined)));
      return given.map((held) => [keyOf(parameter, command), held] as const);
    });
  return fc.tuple(...entries).map((all) => Object.fromEntries(all.filter(([, held]) => held !== undefined)));
}

/** The words of the line that says the same. */
function tokensOf(command: Command, values: Values): readonly string[] | null {
  const tokens: string[] = [command.verb];
  for (const [index, parameter] of command.positionals.entries()) {
    const after = command.positionals[index + 1];
    const literal = parameter.kind === "literal";
    const held = literal
      ? after !== undefined && values[after.name] !== undefined
        ? parameter.name
        : undefined
      : values[keyOf(parameter, command)];
    // What stands before it was left out: nobody can type that.
    if (held === undefined) return command.positionals.slice(index).some(({ name }) => values[name] !== undefined) ? null : done();
    tokens.push(...(Array.isArray(held) ? (held as readonly string[]) : [String(held)]));
  }
  return done();

  function done(): readonly string[] {
    for (const option of command.options) {
      const held = values[keyOf(option, command)];
      if (held === true) tokens.push(`--${option.name}`);
      else if (held !== undefined) for (const text of [held].flat() as readonly string[]) tokens.push(`--${option.name}=${text}`);
    }
    return tokens;
  }
}

function isAsked({ json }: Answered): boolean {
  return (json as { readonly error?: { readonly code: string } } | null)?.error?.code === "consent-needed";
}

async function stateOf({ desk }: FormDesk): Promise<string> {
  const matters = (await desk.register.all()).map(({ key, facts, events }) => ({
    key,
    facts,
    events: events.map(({ event, id, via }) => ({ event, id, via })),
  }));
  const places = (await desk.store.subscriptions.all()).map(({ by: _by, ...place }) => place);
  const heed = [...(await desk.store.attention.of(matters.map(({ key }) => key))).values()].map(({ snoozes }) =>
    snoozes.map(({ until }) => until),
  );
  return JSON.stringify({ matters, places, heed });
}

test("whatever is filled in comes to what the typed line comes to: the same record, or a refusal of the same words, or of those that forms have for it", async () => {
  const [formed, typed] = [await deskOfKourou(), await deskOfKourou()];
  for (const { desk } of [formed, typed]) await desk.store.access.setPolicy({ notes: true }, "p1", desk.clock.now());
  const commands = COMMANDS.filter((command) => hasForm(command) && command.verb !== "form" && command.verb !== "record");
  // What may be asked back for comes up as often as all the rest together, however many verbs there are.
  const easing: readonly string[] = EVENT_TYPES.filter(canEase);
  const lines = fc
    .oneof(fc.constantFrom(...commands), fc.constantFrom(...commands.filter(({ verb }) => easing.includes(verb))))
    .chain((command) => valuesFor(command).map((values) => ({ command, values })));
  let [done, refused, asked] = [0, 0, 0];
  await fc.assert(
    fc.asyncProperty(lines, async ({ command, values }) => {
      const tokens = tokensOf(command, values);
      fc.pre(tokens !== null);
      let told = await formed.submit(command.verb, givenOf(values, command));
      let answered = await dispatch(tokens!, COMMANDS, contextOf(typed.desk, typed.asking(), null), typed.desk.log);
      if (isAsked(answered)) {
        // Both are asked whether it is meant, and both say that it is.
        expect("cards" in told && plainText(told.cards[0]!), tokens!.join(" | ")).toBe(plainText(answered.cards[0]!));
        const line = buttonOf(answered, "Record it");
        told = await formed.type(line);
        answered = await dispatchLine(line, COMMANDS, contextOf(typed.desk, typed.asking(), null), typed.desk.log);
        asked += 1;
      }
      expect([...formed.faults, ...typed.faults]).toEqual([]);
      const saying = `${tokens!.join(" | ")}: ${answered.errors.join()} / ${JSON.stringify(told)}`;
      expect("fields" in told, saying).toBe(answered.status !== 0);
      if ("fields" in told) {
        refused += 1;
        const texts = [...Object.values(told.fields), ...(told.other === null ? [] : [told.other])];
        const [why = ""] = answered.errors;
        const { code } = (answered.json as { readonly error: { readonly code: string } }).error;
        // What stands at its field is not named there, and a field has no --options.
        const isMissing =
          code === "argument-missing" || code === "required" || (why.endsWith(" is missing") && texts.includes("Fill this in"));
        const isOwn = isMissing || isKey(`said.${code}-form`);
        expect(isOwn ? texts.length > 0 : texts.some((text) => why.endsWith(text)), saying).toBe(true);
      } else done += 1;
      expect(await stateOf(formed), saying).toBe(await stateOf(typed));
    }),
    { numRuns: 800 },
  );
  // Both happened often enough to tell anything.
  expect([done > 40, refused > 40, asked > 5], `${done} done, ${refused} refused, ${asked} asked`).toEqual([true, true, true]);
}, 60_000);
