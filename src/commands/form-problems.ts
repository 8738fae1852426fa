import { refusalText } from "../cards/findings.ts";
import { isKey, say } from "../cards/say.ts";
import { isRefusal, type Refusal } from "../law/finding.ts";
import type { FormProblems, FormValues } from "../ports/form.ts";
import type { Language } from "../time/wording.ts";
import type { Command, Misunderstanding, RefusalAt, Wrong } from "./command.ts";
import type { Part } from "./form-parts.ts";
import { partsOfCommand } from "./form-values.ts";

/** The arguments that a refusal is about, the likeliest first; of a code that is not here, its own arguments tell, or nobody knows. */
const ABOUT: Readonly<Record<string, readonly string[]>> = {
  "authority-unknown": ["authority"],
  "calendar-needs-authority": ["authority"],
  "matter-not-found": ["ref"],
  "matter-ambiguous": ["ref"],
  "matter-known": ["ref"],
  "day-in-future": ["on"],
  "on-in-future": ["on"],
  "digest-in-future": ["on"],
  "notified-before-decided": ["on"],
  "notified-otherwise": ["on"],
  "claim-stands": ["on"],
  "stay-inside-stay": ["on"],
  "no-stay": ["on"],
  "violation-before-expiry": ["on"],
  "not-known-then": ["known-at"],
  "item-unknown": ["item"],
  "item-needed": ["item"],
  "item-ended": ["item"],
  "no-items": ["item"],
  "no-meter": ["item"],
  "no-violation-meter": ["item"],
  "annulled-one": ["item"],
  "id-twice": ["id"],
  "for-needed": ["for"],
  "target-unknown": ["for", "fine", "liquidation"],
  "reduced-annulled": ["for"],
  "reduced-several": ["item", "for"],
  "reduced-not-lower": ["to"],
  "window-backwards": ["to"],
  "window-not-over": ["to"],
  "window-before-expiry": ["from"],
  "windows-overlap": ["from"],
  "no-claim-accepted": ["from"],
  "accepted-from-later": ["from"],
  "accepted-before-decided": ["from"],
  "time-skipped": ["at"],
  "units-before-delay": ["on"],
  "correction-before-day": ["on"],
  "follows-itself": ["follows"],
  "referred-to-itself": ["to"],
  "extended-until-or-by": ["until"],
  "extension-not-later": ["until", "by"],
  "no-expiry-yet": ["until"],
  "override-needs-reason": ["because"],
  "correction-needs-reason": ["because"],
  "override-needs-day": ["value"],
  "override-needs-count": ["value"],
  "event-unknown": ["event"],
  "registration-not-void": ["void"],
  "corrected-set-or-void": ["set"],
  "correction-invalid": ["set"],
  "correction-of-type": ["set"],
  "correction-of-key": ["set"],
  "zone-unknown": ["zone"],
  "filter-whose": ["filter:mine", "filter"],
  "filter-unknown": ["filter"],
  "watch-unknown": ["id"],
  "snooze-not-ahead": ["day"],
  "snooze-too-far": ["day"],
  "snooze-past-expiry": ["past-expiry"],
  "snooze-off-alone": ["off"],
  "escalate-off-alone": ["off"],
  "escalate-after": ["after"],
  "escalate-itself": ["to", "to:place"],
  "escalate-cycle": ["to", "to:place"],
  "person-unknown": ["to"],
  "person-ambiguous": ["to"],
  "person-no-direct": ["to"],
  "place-unknown": ["to", "to:place"],
  "place-absent": ["to", "to:place"],
  "rate-needed": ["rate"],
  "currency-unknown": ["currency"],
};

/** What is wrong with a form that was filled in, in words, field by field; what no field is about stands apart. */
export function problemsOf(
  language: Language,
  refused: Refusal | RefusalAt | Misunderstanding,
  command: Command,
  entered: FormValues,
): FormProblems {
  const said = isRefusal(refused) ? refused.refused : refused.misunderstood;
  const wrong = "wrong" in refused && refused.wrong !== undefined ? refused.wrong : [];
  const parts = partsOfCommand(command);
  const known = wrong.filter(({ at }) => parts.some(({ name }) => name === at));
  if (known.length > 0) return problemsAt(language, wrong, command);
  const field = fieldOf({ code: said, args: refused.args }, parts, entered);
  if (field !== null) return problemsAt(language, [{ at: field, code: said, args: refused.args }], command);
  return { fields: {}, other: refusalText(language, { refused: said, args: refused.args }) };
}

/** Problems whose field is known; of several at one field the first is told. One at no field of the form stands apart. */
export function problemsAt(language: Language, wrong: readonly Wrong[], command: Command): FormProblems {
  const names = new Set(partsOfCommand(command).map(({ name }) => name));
  const fields: Record<string, string> = {};
  let other: string | null = null;
  for (const { at, code, args } of wrong) {
    const text = fieldText(language, code, args);
    if (names.has(at)) fields[at] ??= text;
    else other ??= text;
  }
  return { fields, other };
}

/** What is wrong, as it is said at its field: that names what it is about, and has a box where a line has an option. */
function fieldText(language: Language, code: string, args: Wrong["args"]): string {
  switch (code) {
    // A field from which one is chosen shows what there is.
    case "argument-missing":
    case "required":
    case "required-one-of":
      return say(language, "form.required");
    case "value-invalid":
      return say(language, "form.invalid", args);
    default:
      return refusalText(language, { refused: isKey(`said.${code}-form`) ? `${code}-form` : code, args });
  }
}

function fieldOf({ code, args }: Pick<Wrong, "code" | "args">, parts: readonly Part[], entered: FormValues): string | null {
  const isFilled = (name: string) => (entered[name] ?? []).some((text) => text.trim() !== "");
  const byName = typeof args.name === "string" ? namedBy(args.name, parts) : [];
  const wanted = [...byName, ...(ABOUT[code] ?? [])];
  const shown = parts.filter(({ name, key }) => wanted.includes(name) || wanted.includes(key));
  const first =
    shown.find(({ name }) => isFilled(name)) ?? shown.toSorted((one, other) => wanted.indexOf(one.key) - wanted.indexOf(other.key))[0];
  if (first !== undefined) return first.name;
  // A refusal that shows what it got is about the field in which that stands.
  const got = typeof args.got === "string" ? args.got.replace(/^"(.*)"$/s, "$1") : null;
  return parts.find(({ name }) => got !== null && (entered[name] ?? []).some((text) => text.trim() === got))?.name ?? null;
}

/** --to, until DAY, weekdays, or the name of a filter, as a sentence names what it is about. */
function namedBy(name: string, parts: readonly Part[]): readonly string[] {
  const bare = name.replace(/^--/, "").split(" ").at(-1)!.toLowerCase();
  return parts.flatMap((part) => (part.name.toLowerCase() === bare || part.name === `filter:${bare}` ? [part.name] : []));
}
