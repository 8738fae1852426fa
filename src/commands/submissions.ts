import { refusalText } from "../cards/findings.ts";
import type { Log } from "../ports/chat.ts";
import type { FormProblems, FormValues, Submission } from "../ports/form.ts";
import { asSeen } from "./as-seen.ts";
import type { Command, Context, Wrong } from "./command.ts";
import { type Answered, answeredOf, isShown } from "./dispatcher.ts";
import { problemsAt, problemsOf } from "./form-problems.ts";
import { partsOfCommand, readEntered } from "./form-values.ts";
import { isKnown } from "./lookups.ts";
import { FAULT_IN_DOUBT, FAULT_RECORDED, notedRefusal, outcomeOf } from "./run.ts";

/**
 * Runs the command of a form that was filled in, as if it had been typed: the same checks, the same permissions, the same record. What is wrong
 * comes back by field, all of it at once as far as it can be told; then nothing was recorded.
 */
export async function submitForm(
  command: Command,
  submission: Pick<Submission, "values" | "stood">,
  context: Context,
  log: Log,
): Promise<Answered | FormProblems> {
  return asSeen(context, () => submitted(command, submission, context, log));
}

async function submitted(
  command: Command,
  submission: Pick<Submission, "values" | "stood">,
  context: Context,
  log: Log,
): Promise<Answered | FormProblems> {
  const refusal = await notedRefusal(command, context, log);
  if (refusal !== null) return { fields: {}, other: refusalText(context.language, refusal) };
  const entered = changedIn(command, submission);
  const { values, wrong } = readEntered(entered, command);
  const unknown = unknownChoices(command, entered);
  if (wrong.length > 0) return problemsAt(context.language, [...wrong, ...unknown], command);
  const outcome = await outcomeOf({ command, values }, context, log);
  const isRefused =
    "misunderstood" in outcome ||
    ("refused" in outcome && ![FAULT_RECORDED, FAULT_IN_DOUBT].includes(outcome.refused) && !isShown(outcome));
  if (!isRefused) {
    const { form, ...answered } = await answeredOf(outcome, { command, values }, context, log);
    // A form that changed nothing is not opened again.
    return form === undefined || form.verb === command.verb ? answered : { ...answered, form };
  }
  const { fields, other } = problemsOf(context.language, outcome, command, entered);
  const others = problemsAt(context.language, unknown, command).fields;
  return { fields: { ...others, ...fields }, other };
}

/** What was chosen of what can be looked up, and is not there: told beside whatever else the command refuses. */
function unknownChoices(command: Command, entered: FormValues): readonly Wrong[] {
  return partsOfCommand(command).flatMap(({ name, asks: { offers } }): readonly Wrong[] => {
    const text = entered[name]?.[0]?.trim() ?? "";
    if (text === "" || (offers !== "authority" && offers !== "zone") || isKnown(offers, text)) return [];
    return [{ at: name, code: `${offers}-unknown`, args: { got: text } }];
  });
}

/** Somebody else may have set what this form still shows as it was: only what was changed in it is set. */
function changedIn({ form }: Command, { values, stood }: Pick<Submission, "values" | "stood">): FormValues {
  if (stood === undefined || form?.initial === undefined) return values;
  const text = (held: readonly string[] | undefined) => JSON.stringify((held ?? []).toSorted());
  return Object.fromEntries(Object.entries(values).filter(([name, held]) => text(held) !== text(stood[name])));
}
