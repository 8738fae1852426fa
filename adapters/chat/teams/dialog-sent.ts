import type { Form, FormValues, FormWords } from "../../../src/ports/form.ts";
import { shortDigest } from "../shared/digest.ts";

/** What the submit button of a dialog carries, which Teams hands back with what was entered. Whoever presses could have changed it. */
export interface Sent {
  readonly verb: string;
  readonly title: string;
  /** Names this form as it was opened once: submitted again, it is the same submission. */
  readonly once: string;
  /** What the form knew when it was made, so that it can be made again. */
  readonly known: FormValues;
  /** The message whose words it was made with, by its id in that conversation. */
  readonly message?: string;
  readonly words?: FormWords;
}

export function sentWith({ verb, title, fields, words }: Form, activity: string, message: string | undefined): Sent {
  const filled = fields.flatMap(({ name, initial = [] }) => (initial.length === 0 ? [] : [[name, initial] as const]));
  const once = shortDigest(activity);
  return {
    verb,
    title,
    once,
    known: Object.fromEntries(filled),
    ...(message === undefined ? {} : { message }),
    ...(words === undefined ? {} : { words }),
  };
}

/** The message that a form is made with: the one that is noted, and of a dialog that is open the one of its form. */
export function messageIn(value: unknown): string | undefined {
  if (!isRecord(value)) return undefined;
  const { messagePayload: payload, data } = value;
  const id = isRecord(payload) ? payload.id : undefined;
  return typeof id === "string" ? id : readSent(isRecord(data) ? data.form : undefined)?.message;
}

/** Null where it is none of ours, or of a version that sent something else. */
export function readSent(value: unknown): Sent | null {
  if (!isRecord(value) || !isRecord(value.known)) return null;
  const { verb, title, once, known, message, words } = value;
  if (typeof verb !== "string" || typeof title !== "string" || typeof once !== "string") return null;
  const kept = Object.entries(known).filter(([, held]) => Array.isArray(held) && held.every((one) => typeof one === "string"));
  const isWorded = isRecord(words) && Object.values(words).every((one) => typeof one === "string");
  return {
    verb,
    title,
    once,
    known: Object.fromEntries(kept) as FormValues,
    ...(typeof message === "string" ? { message } : {}),
    ...(isWorded ? { words: words as unknown as FormWords } : {}),
  };
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
