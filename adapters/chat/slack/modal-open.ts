import { webApi } from "@slack/bolt";
import type { Answer } from "../../../src/ports/chat.ts";
import type { Form, FormProblems } from "../../../src/ports/form.ts";
import { keepStood, readDraft } from "../shared/drafts.ts";
import { type Failure, unknownFailure } from "../shared/failure.ts";
import { soon } from "../shared/soon.ts";
import { type Asker, askingOf, type Room } from "./asker.ts";
import { drawerOf } from "./drafts.ts";
import { failureOf, isEnded, refusalToRenew, refusedWith } from "./failure.ts";
import { initialOf, type Meta } from "./modal-meta.ts";
import { formView, type OpenedFrom } from "./modal-view.ts";

const TRIGGER_MILLISECONDS = 3_000;

/** What became of a form: shown; not shown, since none can be (no trigger, more fields than a view holds); or not opened by Slack, as far as is known, and why. */
export type Opening = "shown" | "none" | Refused;

export interface Refused {
  readonly unopened: Unopened;
  /** What the call failed with, where that was the workspace's token. */
  readonly ended?: unknown;
  /** What the call came to, where Slack did not refuse the form: nothing was sent, it asks to wait, or nobody can tell. */
  readonly failure?: Failure;
}

/** Slack's word where it refused, empty where it gave none; null where the trigger's three seconds had passed. */
export type Unopened = string | null;

/** Shows the form: in the modal that was pressed in, or in a new one. Where it is not shown, nothing is lost: the answer says what to type. */
export async function openForm(room: Room, asker: Asker, form: Form): Promise<Opening> {
  const { client, trigger, modal } = asker;
  if (trigger === undefined && modal === undefined) return "none";
  const view = await freshView(room, asker, form, modal === undefined ? 0 : modal.meta.round + 1);
  if (view === null) return "none";
  if (modal !== undefined) return opened(room, form, client.views.update({ view_id: modal.id, view }));
  const { triggers } = room;
  const opening = await opened(room, form, client.views.open({ trigger_id: trigger!, view }));
  // The form stands open by a delivery to another process, or that one has said why not: what this one is delivered again does not come here.
  if (opening !== "shown" && opening.unopened === USED && (await triggers.isAnsweredElsewhere(asker))) return "shown";
  triggers.answered(asker);
  return opening;
}

/** What Slack says of a trigger by which a view was opened. */
const USED = "exchanged_trigger_id";

async function opened({ host }: Room, { verb }: Form, opening: Promise<unknown>): Promise<"shown" | Refused> {
  try {
    // Slack that has not answered by then does not open it any more, or has opened it, or opens what the cards say as well.
    const late = unknownFailure("Slack did not answer in time");
    return (await soon(opening, TRIGGER_MILLISECONDS, null)) === null ? { unopened: "", failure: late } : "shown";
  } catch (error) {
    if (!(error instanceof webApi.SlackError) && !(error instanceof Error)) throw error;
    const refused = refusalToRenew(error) === null ? refusedWith(error) : "token_expired";
    host.log.warn({ err: error, verb, refused }, "slack: a form could not be opened");
    if (refused === "expired_trigger_id") return { unopened: null };
    // The client takes a page that is no JSON for the name of an error.
    const unopened = refused !== undefined && /^\w+$/.test(refused) ? refused : "";
    if (isEnded(error)) return { unopened, ended: error };
    const failure = failureOf(error);
    return failure.retry === "never" ? { unopened } : { unopened, failure };
  }
}

/** The form with what is kept of it filled in. */
export async function freshView(room: Room, asker: Asker, form: Form, round: number): Promise<ReturnType<typeof formView>> {
  const from = openedFrom(asker);
  const drawer = drawerOf(room, asker);
  const drafted = { verb: form.verb, known: initialOf(form), ...from };
  const draft = await readDraft(drawer, drafted);
  if (draft === null) return formView(form, { from, round });
  await keepStood(drawer, drafted);
  return formView(form, { from, round, values: { ...drafted.known, ...draft }, isDraft: true });
}

export function openedFrom({ channel, message, thread, home }: Asker): OpenedFrom {
  return {
    channel,
    ...(message === undefined ? {} : { message }),
    ...(thread === undefined ? {} : { thread }),
    ...(home ? { home: true } : {}),
  };
}

/** The form made again from what it knew, with what is entered by now. */
export async function formAgain(room: Room, asker: Asker, { verb, known }: Meta, values = known): Promise<Form | Answer> {
  return room.host.form({ ...(await askingOf(room, asker)), verb, values: { ...known, ...values } });
}

export function isForm(found: Form | Answer): found is Form {
  return "fields" in found;
}

export function isProblems(found: FormProblems | Answer): found is FormProblems {
  return "fields" in found;
}
