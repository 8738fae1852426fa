import { refusalText } from "../cards/findings.ts";
import type { Log } from "../ports/chat.ts";
import type { FormProblems, FormValues, Submission } from "../ports/form.ts";
import { asSeen } from "./as-seen.ts";
import type { Command, Context, Wrong } from "./command.ts";
import { type Answered, answeredOf, isShown } from "./dispatcher.ts";
import { findMatter, nameOf } from "./find.ts";
import { chosenOf, isOfMatter } from "./form-choices.ts";
import { problemsAt, problemsOf } from "./form-problems.ts";
import { partsOfCommand, readEntered } from "./form-values.ts";
import { isKnown } from "./lookups.ts";
import { MAY_BE_RECORDED, notedRefusal, outcomeOf } from "./run.ts";
import { noteViews } from "./trail.ts";

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
  const { entered, elsewhere } = await chosenHere(command, changedIn(command, submission), context);
  const { values, wrong: unread } = readEntered(entered, command);
  const wrong = [...elsewhere, ...unread];
  // It is said of which matter it was not chosen.
  if (elsewhere.length > 0) await noteViews(context, command.verb);
  const unknown = unknownChoices(command, entered);
  if (wrong.length > 0) return problemsAt(context.language, [...wrong, ...unknown], command);
  const outcome = await outcomeOf({ command, values }, context, log);
  const isRefused = "misunderstood" in outcome || ("refused" in outcome && !MAY_BE_RECORDED.has(outcome.refused) && !isShown(outcome));
  if (!isRefused) {
    const { form, ...answered } = await answeredOf(outcome, { command, values }, context, log);
    // A form that changed nothing is not opened again.
    return form === undefined || form.verb === command.verb ? answered : { ...answered, form };
  }
  const { fields, other } = problemsOf(context.language, outcome, command, entered);
  const others = problemsAt(context.language, unknown, command).fields;
  return { fields: { ...others, ...fields }, other };
}

/**
 * What was chosen of the matter that is named, without its marks. A form may show the choices of one matter while another has been named in it
 * since: what was chosen of the first means something else there, or nothing.
 */
async function chosenHere(
  command: Command,
  entered: FormValues,
  context: Context,
): Promise<{ readonly entered: FormValues; readonly elsewhere: readonly Wrong[] }> {
  const parts = partsOfCommand(command);
  const named = parts.find(({ asks }) => asks.kind === "matter");
  const chosen = parts.filter(({ name, asks }) => isOfMatter(asks.offers) && (entered[name]?.length ?? 0) > 0);
  const text = named === undefined ? "" : (entered[named.name]?.[0]?.trim() ?? "");
  // What is wrong with the matter's name the command itself tells.
  const matter = text === "" || chosen.length === 0 ? null : await findMatter(text, context);
  if (matter === null || "refused" in matter) return { entered, elsewhere: [] };
  const elsewhere: Wrong[] = [];
  const bare: Record<string, readonly string[]> = {};
  for (const { name } of chosen) {
    const found = entered[name]!.map((one) => chosenOf(one.trim(), matter, context.store.name));
    bare[name] = found.map(({ id }) => id);
    if (found.some(({ isElsewhere }) => isElsewhere))
      elsewhere.push({ at: name, code: "chosen-elsewhere", args: { ref: nameOf(matter), verb: command.verb } });
  }
  return { entered: { ...entered, ...bare }, elsewhere };
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
