import { createHash } from "node:crypto";
import type { AdapterState, MayGoOn } from "../../../src/ports/chat.ts";
import { type Failure, TAKEN_OVER, unknownFailure, unreadFailure } from "./failure.ts";

/** One message that stands, with a digest of what it says; "" where that is not known. */
export interface Part {
  readonly id: string;
  readonly content: string;
}

/** What stands of a card: its messages in order, null for one that is missing among them, and where they are in the platform's own words. */
export interface Standing<Where> {
  readonly where: Where;
  readonly parts: readonly (Part | null)[];
}

/** What a platform can do with one message of the card; index counts from 0. */
export interface Hand<Where> {
  send(where: Where, index: number): Promise<{ readonly ok: true; readonly id: string; readonly where: Where } | Failure>;
  change(where: Where, id: string, index: number): Promise<{ readonly ok: true } | Failure>;
  /** Takes a message back; one that is gone already is fine. */
  remove(where: Where, id: string): Promise<{ readonly ok: true } | Failure>;
  /** Waits as long as the platform asks between two messages that are sent. */
  rest?(): Promise<void>;
}

export interface Laying<Where> {
  readonly hand: Hand<Where>;
  /** What each message is to say, in any form that differs where they do. */
  readonly messages: readonly unknown[];
  readonly state: AdapterState;
  /** Under which key it is noted what stands, as long as the card is not whole or may be posted again. */
  readonly note: string;
  readonly standing: Standing<Where>;
  /** A post sends again what somebody removed meanwhile, and its note stays; an update says that the card is gone. */
  readonly as: "post" | "update";
  readonly mayGoOn?: MayGoOn | undefined;
}

export type Laid<Where> = { readonly ok: true; readonly where: Where; readonly ids: readonly string[] } | Failure;

/** Longer than anything is tried again. */
export const NOTE_MILLISECONDS = 7 * 86_400_000;

/**
 * Makes the messages of a card stand: changes those that say something else, sends those that are missing, takes back those that are too many.
 * Of a card of several messages each one is noted as soon as the platform has it, so that whoever comes after a pause, or after the program
 * was ended in between, goes on with the rest. A single message is not noted: the write would cost as much as the delivery's own record.
 */
export async function lay<Where>({ hand, messages, state, note, standing, as, mayGoOn }: Laying<Where>): Promise<Laid<Where>> {
  let noted: Standing<Where> | null;
  try {
    noted = readNote<Where>(await state.get(note));
  } catch (error) {
    return unreadFailure(error);
  }
  let { where } = noted ?? standing;
  const parts = [...(noted ?? standing).parts];
  let isNoted = noted !== null;
  let isStale = false;
  let isUnnoted = false;
  let hasSent = false;
  const mayNot = async () => (await mayGoOn?.()) === false;
  // What could not be noted is shown all the same, and the rest may follow: only whoever had to go on later would not know of it.
  const write = async () => {
    [isNoted, isStale, isUnnoted] = [true, false, false];
    await state.set(note, { where, parts } satisfies Standing<Where>, NOTE_MILLISECONDS).catch(() => {
      isUnnoted = true;
    });
  };
  for (const [index, message] of messages.entries()) {
    const content = createHash("sha256").update(JSON.stringify(message)).digest("base64url");
    const shown = parts[index] ?? null;
    if (shown?.content === content) continue;
    if (shown !== null && (await mayNot())) return orInDoubt(TAKEN_OVER);
    const changed = shown === null ? null : await hand.change(where, shown.id, index);
    if (shown !== null && changed?.ok === true) {
      parts[index] = { id: shown.id, content };
      isStale = true;
      continue;
    }
    if (changed?.ok === false && !isGone(changed)) return orInDoubt(changed);
    if (changed?.ok === false && as === "update") return takenBack(changed);
    if (hasSent) await hand.rest?.();
    if (await mayNot()) return orInDoubt(TAKEN_OVER);
    const sent = await hand.send(where, index);
    hasSent = true;
    if (!sent.ok) return orInDoubt(sent);
    where = sent.where;
    while (parts.length < index) parts.push(null);
    parts[index] = { id: sent.id, content };
    if (isNoted || messages.length > 1) await write();
  }
  while (parts.length > messages.length) {
    if (await mayNot()) return orInDoubt(TAKEN_OVER);
    const extra = parts.at(-1);
    const removed = extra ? await hand.remove(where, extra.id) : { ok: true as const };
    if (!removed.ok) return removed;
    parts.pop();
    isStale = true;
  }
  if (as === "post" && isNoted && isStale) await write();
  if (as === "update" && isNoted) await state.delete(note);
  return { ok: true, where, ids: parts.map((part) => part!.id) };

  /** What stands and is not noted is posted again by whoever tries again. */
  function orInDoubt(failure: Failure): Failure {
    return isUnnoted && failure.retry === "later"
      ? unknownFailure(`${failure.reason} What stands of it already could not be noted.`)
      : failure;
  }

  /** The card is posted anew, so what is left of it goes too, as far as the platform lets it go. */
  async function takenBack(gone: Failure): Promise<Failure> {
    for (const part of parts) {
      if (part === null) continue;
      if (await mayNot()) return TAKEN_OVER;
      await hand.remove(where, part.id);
    }
    await state.delete(note);
    return gone;
  }
}

function isGone(failure: Failure): boolean {
  return failure.retry === "never" && failure.gone === true;
}

function readNote<Where>(value: unknown): Standing<Where> | null {
  const { where, parts } = (value ?? {}) as Partial<Standing<Where>>;
  return where !== undefined && Array.isArray(parts) ? { where, parts } : null;
}
