import { randomUUID } from "node:crypto";
import { type Refusal, refuse } from "../law/finding.ts";
import type { Log } from "../ports/chat.ts";
import { InDoubt } from "../ports/in-doubt.ts";
import { type InTheWay, NotNow } from "../ports/not-now.ts";
import { BegunElsewhere } from "./begun-elsewhere.ts";
import type { Command, Context, Outcome } from "./command.ts";
import { withLetIn } from "./let-in-words.ts";
import { notingContext } from "./noting.ts";
import type { Parsed } from "./parser.ts";
import { refusedTo } from "./permission.ts";
import { noteTrace, tracingContext } from "./trail.ts";

/** The code of a fault of ours after which nothing is recorded, of one after which something is, and of one after which that is not known. */
export const FAULT = "internal";
export const FAULT_RECORDED = "internal-recorded";
export const FAULT_IN_DOUBT = "internal-in-doubt";
/** What another process was delivered too, and has begun. */
const DELIVERED_TWICE = "delivered-twice";

/** After these something may be recorded, though they are refusals. */
export const MAY_BE_RECORDED: ReadonlySet<string> = new Set([FAULT_RECORDED, FAULT_IN_DOUBT, DELIVERED_TWICE]);

/** What is told where the store could not do it, and nothing is recorded. */
const NOT_NOW: Readonly<Record<InTheWay, string>> = {
  busy: "register-busy",
  readonly: "register-read-only",
  slow: "register-slow",
  away: "register-away",
  full: "register-full",
  rights: "register-rights",
};

/**
 * Runs a command that was read, where whoever asks may. Nothing is thrown: what may not be done here is refused, what the store cannot
 * do now too, and a bug is logged under a reference that the refusal names, with whether anything was recorded.
 */
export async function outcomeOf({ command, values }: Parsed, context: Context, log: Log): Promise<Outcome> {
  const { verb } = command;
  if (command.terminalOnly === true && context.terminal === null) return refuse("command-needs-terminal", { verb });
  const noting = notingContext(context, verb);
  try {
    const refusal = await notedRefusal(command, context, log);
    if (refusal !== null) return refusal;
    if (command.private === true && context.overheard) return refuse("private-only", { verb });
    const tracing = tracingContext(noting.context);
    const ran = await command.run(values, tracing.context);
    // A look that cannot be noted is none: it throws, and the answer is not given.
    await tracing.note(verb, ran, noting.recorded());
    // It tells that a number is taken: whoever tries many leaves as many traces.
    if ("refused" in ran && ran.refused === "not-yours-to-register") await noteTrace(context, "refused", { verb });
    const outcome = await withLetIn(ran, noting.restricted(), context);
    // What was written may have to be said, and a person's action shows at once.
    if (noting.recorded()) context.nudge();
    return outcome;
  } catch (error) {
    const recorded = noting.recorded();
    const isUnknown = error instanceof InDoubt || (error instanceof NotNow && !error.undone);
    const inDoubt = isUnknown && (error instanceof InDoubt || command.access === "writes");
    if (recorded || inDoubt) context.nudge();
    if (error instanceof BegunElsewhere) return refuse(DELIVERED_TWICE);
    if (!recorded && !isUnknown) await noting.giveBack();
    return refusalOf(error, { verb, recorded: inDoubt ? "in doubt" : recorded }, log, "a command failed by a fault of ours");
  }
}

/** What is known of what failed. */
interface Failed {
  readonly verb?: string;
  readonly recorded: boolean | "in doubt";
}

/**
 * What the reader is told of what was thrown, which the log is told too: a store that cannot do it now is a warning, in its own words; anything
 * else is a fault of ours, said as `fault`, with its stack, under a reference.
 */
export function refusalOf(error: unknown, failed: Failed, log: Pick<Log, "error" | "warn">, fault: string): Refusal {
  const { recorded } = failed;
  if (error instanceof NotNow && recorded === false) {
    log.warn({ ...failed, reason: error.message }, "the register could not do now what was asked of it");
    return refuse(NOT_NOW[error.why]);
  }
  const reference = randomUUID().slice(0, 8);
  if (error instanceof NotNow)
    log.warn({ reference, ...failed, reason: error.message }, "the register could not do now all that was asked of it");
  else log.error({ reference, ...failed, error: error instanceof Error ? error.stack : String(error) }, fault);
  if (recorded === false) return refuse(FAULT, { reference });
  return recorded === true
    ? refuse(FAULT_RECORDED, { reference, why: error instanceof NotNow ? error.why : "fault" })
    : refuse(FAULT_IN_DOUBT, { reference });
}

/** Why somebody may not run a command, noted in the trail; null where they may. */
export async function notedRefusal(command: Command, context: Context, log: Log): Promise<Refusal | null> {
  const refusal = await refusedTo(command, context);
  if (refusal === null) return null;
  try {
    await noteTrace(context, "refused", { verb: command.verb });
  } catch (error) {
    if (error instanceof NotNow) log.warn({ reason: error.message }, "a refusal could not be noted in the trail");
    else log.error({ error: error instanceof Error ? error.stack : String(error) }, "a refusal could not be noted in the trail");
  }
  return refusal;
}
