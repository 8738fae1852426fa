import type { Form, FormValues, FormWords } from "../../../src/ports/form.ts";
import { digestOfMembers } from "../shared/digest.ts";
import { isConversation } from "./places.ts";

/** What a view of ours carries in its private_metadata, which Slack hands back as it was. */
export interface Meta {
  readonly verb: string;
  /** The conversation that the form was opened from: the answer goes there. */
  readonly channel: string;
  /** Counts the forms that stood in this view one after the other: what was entered into one is not kept for the next. */
  readonly round: number;
  /** What the form knew when it was made, so that it can be made again. */
  readonly known: FormValues;
  /** A digest of what stood in the fields at first: what differs from it was entered. */
  readonly blank: string;
  /** The message whose words it was opened with, by its ts in that conversation. */
  readonly message?: string;
  /** The thread that it was opened from: the answer goes there. */
  readonly thread?: string;
  /** It was opened from the App Home, which changes with what is submitted. */
  readonly home?: true;
  readonly words?: FormWords;
}

/** docs.slack.dev/reference/views: private_metadata, 3,000 characters. */
const METADATA_CHARACTERS = 3_000;

/** What does not fit is left out in the order of what can be missed: the words first, then what was known but the matter. */
export function writeMeta(meta: Meta): string {
  const { words: _, ...wordless } = meta;
  const ref = meta.known.ref;
  const least = { ...wordless, known: ref === undefined ? {} : { ref } };
  const whole = [meta, wordless, least].map((one) => JSON.stringify(one)).find((text) => text.length <= METADATA_CHARACTERS);
  return whole ?? JSON.stringify({ ...least, known: {} });
}

/** Null where the view is none of ours, or of a version that wrote something else. */
export function readMeta(text: string | undefined): Meta | null {
  try {
    const read = { known: {}, blank: "", ...(JSON.parse(text ?? "") as object | null) } as Unread;
    return isMeta(read) ? read : null;
  } catch {
    return null;
  }
}

/** Any member may be missing or something else: what is handed back need not be what was written. */
type Unread = { readonly [Name in keyof Meta]?: unknown };

function isMeta(read: Unread): read is Meta {
  const { verb, channel, round, known, blank, message, thread, words } = read;
  const isPlaced = typeof channel === "string" && isConversation(channel);
  const isWritten = typeof verb === "string" && isPlaced && typeof round === "number" && typeof blank === "string";
  const areTexts = [message, thread].every((one) => one === undefined || typeof one === "string");
  return isWritten && areTexts && areValues(known) && (words === undefined || (isObject(words) && Object.values(words).every(isText)));
}

function areValues(known: unknown): boolean {
  return isObject(known) && Object.values(known).every((some) => Array.isArray(some) && some.every(isText));
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isText(value: unknown): boolean {
  return typeof value === "string";
}

/** What stands in a form's fields at first. */
export function initialOf(form: Form): FormValues {
  return Object.fromEntries(
    form.fields.flatMap(({ name, initial }) => (initial === undefined || initial.length === 0 ? [] : [[name, initial]])),
  );
}

/** The same for the same values, in whichever order their fields come. */
export function digestOf(values: FormValues): string {
  return digestOfMembers(Object.entries(values).filter(([, value]) => value.length > 0));
}
