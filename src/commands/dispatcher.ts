import { plainCard, problemsCard } from "../cards/answers.ts";
import { refusalText } from "../cards/findings.ts";
import { withFormButton } from "../cards/form-words.ts";
import { refusalCard } from "../cards/refusal-card.ts";
import { type Refusal, refuse } from "../law/finding.ts";
import type { Action, Card } from "../ports/card.ts";
import type { Log } from "../ports/chat.ts";
import type { Form } from "../ports/form.ts";
import { asSeen } from "./as-seen.ts";
import { offersFor, withCandidates } from "./candidates.ts";
import type { Command, Context, FileProblems, Misunderstanding, Outcome, Question, Suggestion } from "./command.ts";
import { courtesyIn } from "./courtesies.ts";
import { givenOf } from "./form-values.ts";
import { formOf } from "./forms.ts";
import { type Parsed, parse } from "./parser.ts";
import { turnedAway } from "./permission.ts";
import { MAY_BE_RECORDED, notedRefusal, outcomeOf, refusalOf } from "./run.ts";
import { tokensOf } from "./tokens.ts";
import { noteViews } from "./trail.ts";
import { calledByName, withNamesWritten } from "./written-names.ts";

/** What a line came to, for a screen and for scripts. */
export interface Answered {
  readonly cards: readonly Card[];
  readonly json: unknown;
  /** 0 done, 1 refused or found wrong, 2 not understood. */
  readonly status: 0 | 1 | 2;
  /** For standard error, where the status is not 0. */
  readonly errors: readonly string[];
  readonly private: boolean;
  /** The answer is on standard output already. */
  readonly written: boolean;
  /** To be opened instead of the cards where the platform can. */
  readonly form?: Form;
  /** Nothing was recorded: the cards ask whether it is meant. */
  readonly asks?: true;
  /** Nothing was recorded, nor may have been: the cards say why. */
  readonly refused?: true;
  /** The restricted matters that it shows: their answers are shown to nobody else. */
  readonly restricted?: readonly string[];
}

/** A line of a chat may be pasted by anybody; a button carries 2,000 characters at most. */
const LONGEST_LINE = 4_000;

/** Reads a typed line and runs it. Nothing is thrown: a bug is logged under a reference, and the reader is told whether anything was recorded. */
export async function dispatchLine(line: string, commands: readonly Command[], context: Context, log: Log): Promise<Answered> {
  if (context.terminal === null && line.length > LONGEST_LINE)
    return notUnderstood("line-too-long", { length: line.length, limit: LONGEST_LINE }, context);
  const courtesy = courtesyIn(line);
  if (courtesy === "thanks") return caught(context, log, async () => (await awayOf(context)) ?? thanked(context));
  const tokens = courtesy === "greeting" ? ["help"] : tokensOf(line);
  if ("misunderstood" in tokens) return notUnderstood(tokens.misunderstood, tokens.args, context);
  return dispatch(tokens.length === 0 ? ["help"] : tokens, commands, context, log);
}

function thanked({ language }: Context): Answered {
  return { cards: [plainCard(language, "answer.thanks")], json: null, status: 0, errors: [], private: true, written: false };
}

export async function dispatch(tokens: readonly string[], commands: readonly Command[], context: Context, log: Log): Promise<Answered> {
  const verb = tokens[0]?.toLowerCase() ?? "";
  return caught(context, log, () => asSeen(context, () => answerTo(verb, tokens, commands, context, log)));
}

/** A fault of ours where nothing has run yet, or what has run was caught by itself. */
async function caught(context: Context, log: Log, work: () => Promise<Answered>): Promise<Answered> {
  try {
    return await work();
  } catch (error) {
    const refusal = refusalOf(error, { recorded: false }, log, "a line failed by a fault of ours");
    return refused(refusal, context);
  }
}

async function awayOf(context: Context): Promise<Answered | null> {
  const away = await turnedAway(context);
  return away === null ? null : refused(away, context);
}

async function answerTo(
  verb: string,
  tokens: readonly string[],
  commands: readonly Command[],
  context: Context,
  log: Log,
): Promise<Answered> {
  const named = commands.find((one) => one.verb === verb);
  // Said before what the line lacks: filled in, it would be refused all the same.
  if (context.terminal === null && named?.terminalOnly === true) return refused(refuse("command-needs-terminal", { verb }), context);
  // What works in a terminal only is not what was meant in a chat.
  const parsed = parse(tokens, context.terminal === null ? commands.filter(({ terminalOnly }) => terminalOnly !== true) : commands);
  if (!("misunderstood" in parsed)) {
    const outcome = await outcomeOf(withNamesWritten(parsed, context), context, log);
    return answeredOf(withCandidates(outcome, tokens, parsed), parsed, context, log);
  }
  const refusal = named === undefined ? await turnedAway(context) : await notedRefusal(named, context, log);
  if (refusal !== null) return refused(refusal, context);
  const answered = await helped(parsed, tokens, context, log);
  await noteViews(context, verb);
  return answered;
}

/** A line that was not understood, with what may have been meant. */
async function helped(
  parsed: Misunderstanding & Partial<Parsed>,
  tokens: readonly string[],
  context: Context,
  log: Log,
): Promise<Answered> {
  const offers = await ifItCan(() => offersFor(parsed, tokens, context), [], log);
  const answered = notUnderstood(parsed.misunderstood, parsed.args, context, offers);
  const { command, values } = parsed;
  if (command === undefined || values === undefined) return answered;
  // A question that only lacks its matter shows which could be meant: one press answers it, where a form would take three.
  const lacksMatter = command.positionals.some(({ kind, name }) => kind === "matter" && parsed.wrong?.[0]?.at === name);
  return command.group === "ask" && lacksMatter && offers.length > 0 ? answered : withForm(answered, { command, values }, context, log);
}

/** What a command came to, as cards for people and a document for scripts. */
export async function answeredOf(outcome: Outcome, { command, values }: Parsed, context: Context, log: Log): Promise<Answered> {
  if ("misunderstood" in outcome) {
    const answered = notUnderstood(outcome.misunderstood, outcome.args, context);
    return outcome.misunderstood === "argument-missing" ? withForm(answered, { command, values }, context, log) : answered;
  }
  if ("refused" in outcome) {
    const answered = refused(outcome, context, offersOf(outcome));
    return isShown(outcome) ? { ...answered, cards: [outcome.card], asks: true } : answered;
  }
  if ("problems" in outcome) return wrong(outcome, context);
  const { json, status = 0, written = false, form, spoken = context.language, restricted = [] } = outcome;
  const cards = context.terminal === null ? withFormButton(outcome.cards, command, spoken) : outcome.cards;
  const rest = form === undefined ? {} : { form };
  return { cards, json, status, errors: [], private: command.private === true, written, restricted, ...rest };
}

/** The refusal of a line that lacks something, with the form that asks for it where one can be opened; what was typed stands in it. */
async function withForm(answered: Answered, { command, values }: Parsed, context: Context, log: Log): Promise<Answered> {
  if (context.terminal !== null) return answered;
  const form = await ifItCan(() => formOf(command, givenOf(values, command), context), null, log);
  await noteViews(context, command.verb);
  return form === null || "refused" in form ? answered : { ...answered, form };
}

/** What only helps must not keep the answer itself from its reader. */
async function ifItCan<Value>(work: () => Promise<Value>, otherwise: Value, log: Log): Promise<Value> {
  try {
    return await work();
  } catch (error) {
    log.error({ error: error instanceof Error ? error.stack : String(error) }, "what was to help with a line failed by a fault of ours");
    return otherwise;
  }
}

/** Whom the line mentions is called by name, in the sentence and on the buttons: what a button carries is the line itself. */
function notUnderstood(code: string, args: Refusal["args"], context: Context, offers: readonly Action[] = []): Answered {
  const called = (text: string) => calledByName(text, context.mentions ?? []);
  const shown = Object.entries(args).map(([name, arg]) => {
    return [name, typeof arg === "string" ? called(arg) : Array.isArray(arg) ? arg.map((one) => called(String(one))) : arg];
  });
  const labelled = offers.map((offer) => ({ ...offer, label: called(offer.label) }));
  return { ...refused(refuse(code, Object.fromEntries(shown)), context, labelled), status: 2 };
}

/** A question that shows what it is about. */
export function isShown(outcome: Outcome): outcome is Question & { readonly card: Card } {
  return "offer" in outcome && outcome.card !== undefined;
}

function offersOf(outcome: Refusal | Question | Suggestion): readonly Action[] {
  return "offer" in outcome ? [outcome.offer] : "offers" in outcome ? outcome.offers : [];
}

function refused(refusal: Refusal, { language }: Context, offers: readonly Action[] = []): Answered {
  const code = refusal.refused;
  const text = refusalText(language, refusal);
  const card = refusalCard(language, refusal);
  return {
    cards: [offers.length === 0 ? card : { ...card, blocks: [...card.blocks, { kind: "actions", actions: offers }] }],
    json: { error: { code, text } },
    status: 1,
    errors: [text],
    private: true,
    written: false,
    ...(MAY_BE_RECORDED.has(code) ? {} : { refused: true }),
  };
}

function wrong({ problems }: FileProblems, { language }: Context): Answered {
  const errors = problems.map(({ file, line, text }) => `${file}${line === null ? "" : `:${line}`}: ${text}`);
  const [first] = problems;
  const error = {
    code: first?.code ?? "",
    text: first?.text ?? "",
    file: first?.file,
    ...(first?.line == null ? {} : { line: first.line }),
    problems,
  };
  return { cards: [problemsCard(language, problems)], json: { error }, status: 1, errors, private: true, written: false };
}
