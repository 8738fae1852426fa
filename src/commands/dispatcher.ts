import { randomUUID } from "node:crypto";
import { problemsCard, refusalCard } from "../cards/answers.ts";
import { refusalText } from "../cards/findings.ts";
import { refuse } from "../law/finding.ts";
import type { Action, Card } from "../ports/card.ts";
import type { Log } from "../ports/chat.ts";
import type { Command, Context, FileProblems } from "./command.ts";
import { parse } from "./parser.ts";
import { tokensOf } from "./tokens.ts";

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
}

/** A line of a chat may be pasted by anybody; a button carries 2,000 characters at most. */
const LONGEST_LINE = 4_000;

/** Reads a typed line and runs it. Nothing is thrown: a bug is logged under a reference, and the reader is told whether anything was recorded. */
export async function dispatchLine(line: string, commands: readonly Command[], context: Context, log: Log): Promise<Answered> {
  if (context.terminal === null && line.length > LONGEST_LINE)
    return notUnderstood("line-too-long", { length: line.length, limit: LONGEST_LINE }, context);
  const tokens = tokensOf(line);
  if ("misunderstood" in tokens) return notUnderstood(tokens.misunderstood, tokens.args, context);
  return dispatch(tokens.length === 0 ? ["help"] : tokens, commands, context, log);
}

export async function dispatch(tokens: readonly string[], commands: readonly Command[], context: Context, log: Log): Promise<Answered> {
  const parsed = parse(tokens, commands);
  if ("misunderstood" in parsed) return notUnderstood(parsed.misunderstood, parsed.args, context);
  const { command, values } = parsed;
  if (command.terminalOnly === true && context.terminal === null) return refused("command-needs-terminal", { verb: command.verb }, context);
  if (command.private === true && context.overheard) return refused("private-only", { verb: command.verb }, context);
  const noting = notingContext(context);
  try {
    const outcome = await command.run(values, noting.context);
    // What was written may have to be said, and a person's action shows at once.
    if (noting.recorded()) context.nudge();
    if ("misunderstood" in outcome) return notUnderstood(outcome.misunderstood, outcome.args, context);
    if ("refused" in outcome) return refused(outcome.refused, outcome.args, context, "offer" in outcome ? outcome.offer : null);
    if ("problems" in outcome) return wrong(outcome, context);
    const { cards, json, status = 0, written = false } = outcome;
    return { cards, json, status, errors: [], private: command.private === true, written };
  } catch (error) {
    const reference = randomUUID().slice(0, 8);
    log.error(
      { reference, verb: command.verb, recorded: noting.recorded(), error: error instanceof Error ? error.stack : String(error) },
      "a command failed by a fault of ours",
    );
    return refused(noting.recorded() ? "internal-recorded" : "internal", { reference }, context);
  }
}

/** The same context, which notes whether the command has written: a bug in the answer does not unsay what is recorded. */
function notingContext(context: Context): { readonly context: Context; recorded(): boolean } {
  const { register, store } = context;
  let written = false;
  const noted = <Result>(result: Result): Result => {
    written = true;
    return result;
  };
  return {
    context: {
      ...context,
      register: {
        ...register,
        async record(decide, stamp) {
          const result = await register.record(decide, stamp);
          return "refused" in result ? result : noted(result);
        },
      },
      store: {
        ...store,
        subscriptions: {
          ...store.subscriptions,
          settle: async (settings) => noted(await store.subscriptions.settle(settings)),
          add: async (place, watch) => noted(await store.subscriptions.add(place, watch)),
          remove: async (place, id) => noted(await store.subscriptions.remove(place, id)),
          forget: async (place) => noted(await store.subscriptions.forget(place)),
        },
        attention: {
          ...store.attention,
          acknowledge: async (given) => noted(await store.attention.acknowledge(given)),
          snooze: async (snooze) => noted(await store.attention.snooze(snooze)),
        },
        deliveries: { ...store.deliveries, revive: async (place, at) => noted(await store.deliveries.revive(place, at)) },
        state(adapter) {
          const state = store.state(adapter);
          return {
            get: (key) => state.get(key),
            set: async (key, value, milliseconds) => noted(await state.set(key, value, milliseconds)),
            delete: async (key) => noted(await state.delete(key)),
          };
        },
      },
    },
    recorded: () => written,
  };
}

function notUnderstood(code: string, args: Parameters<typeof refuse>[1], context: Context): Answered {
  return { ...refused(code, args, context), status: 2 };
}

function refused(code: string, args: Parameters<typeof refuse>[1], { language }: Context, offer: Action | null = null): Answered {
  const refusal = refuse(code, args);
  const text = refusalText(language, refusal);
  const card = refusalCard(language, refusal);
  return {
    cards: [offer === null ? card : { ...card, blocks: [...card.blocks, { kind: "actions", actions: [offer] }] }],
    json: { error: { code, text } },
    status: 1,
    errors: [text],
    private: true,
    written: false,
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
