import type { Card } from "../../../src/ports/card.ts";
import type { Choice } from "../../../src/ports/form.ts";
import { showable } from "../shared/shown.ts";
import { splitUnhurried } from "../shared/split.ts";
import { ADAPTIVE_CARD, adaptiveCard, bytesOf, LIMITS } from "./adaptive-card.ts";
import type { Reply } from "./bot-framework.ts";
import { isRecord } from "./dialog-sent.ts";
import { numberIn } from "./form-choices.ts";
import type { Invoked, Ready } from "./invoke.ts";

/** Teams shows so many results at once. */
const LISTED = 25;
const MOST = 100;

/** Somebody looks for a matter in the compose box. */
export async function queried({ value, asking }: Invoked, { host }: Ready): Promise<Reply> {
  if (!isRecord(value) || value.commandId !== "searchMatters") return { status: 400 };
  const parameters = Array.isArray(value.parameters) ? value.parameters.filter(isRecord) : [];
  const typed = parameters.find(({ name }) => name !== "initialRun")?.value;
  const options = isRecord(value.queryOptions) ? value.queryOptions : {};
  const [from, count] = [numberIn(options.skip, 0), numberIn(options.count, LISTED)];
  const most = Math.min(from + count, MOST);
  // A client that does not ask for more when a result is chosen inserts it as it is, and everybody reads it.
  const found = await host.lookUp({ ...asking, passing: true, of: "matter", query: typeof typed === "string" ? typed : "", most });
  return result(found.slice(from, most).map((choice) => ({ ...attachment(linkCard(choice)), preview: previewOf(choice) })));
}

/** A result was chosen: the matter as `show` says it to the asker, who puts it where everybody of the conversation reads it. */
export async function selected({ value, asking }: Invoked, { host, show, later }: Ready): Promise<Reply> {
  const choice = choiceIn(value);
  if (choice === null) return { status: 400 };
  const { cards } = await host.onCommand({ ...asking, overheard: true, passing: true, text: showing(choice) });
  const [card, ...others] = cards;
  const isOne = card !== undefined && (await splitUnhurried(card, LIMITS, bytesOf)).length === 1;
  // One card is all that can be inserted: what is longer is a button away, and what is said beside it is said to whoever chose.
  if (others.length > 0) later(() => show({ cards: others, audience: "asker" }));
  return result([{ ...attachment(isOne ? card : linkCard(choice)), preview: previewOf(choice) }]);
}

/** A sentence in place of results. */
export function queryFault(sentence: string): Reply {
  return { status: 200, body: { composeExtension: { type: "message", text: sentence } } };
}

function result(attachments: readonly object[]): Reply {
  return { status: 200, body: { composeExtension: { type: "result", attachmentLayout: "list", attachments } } };
}

function attachment(card: Card): object {
  return { contentType: ADAPTIVE_CARD, content: adaptiveCard(card, { mentions: false }) };
}

/** Titles of a thumbnail card are no markup, its text is. */
function previewOf(choice: Choice): object {
  const { label, value, detail } = choice;
  const tap = { type: "invoke", value: { matter: { value, label, ...(detail === undefined ? {} : { detail }) } } };
  const subtitle = detail === undefined || detail === "" ? {} : { subtitle: showable(detail) };
  return { contentType: "application/vnd.microsoft.card.thumbnail", content: { title: showable(label || value), ...subtitle, tap } };
}

/** What a client inserts that does not ask for more when a result is chosen. */
function linkCard(choice: Choice): Card {
  const { label, value, detail = "" } = choice;
  const command = showing(choice);
  return {
    title: label || value,
    tone: "calm",
    blocks: [
      ...(detail === "" ? [] : [{ kind: "text" as const, text: [detail] }]),
      { kind: "actions", actions: [{ label: value, command }] },
    ],
  };
}

function showing({ value }: Choice): string {
  return `show ${/\s/.test(value) ? `"${value}"` : value}`;
}

function choiceIn(value: unknown): Choice | null {
  const { matter } = isRecord(value) ? value : {};
  if (!isRecord(matter) || typeof matter.value !== "string" || matter.value === "" || /["\r\n]/.test(matter.value)) return null;
  const { label, detail } = matter;
  return { value: matter.value, label: typeof label === "string" ? label : "", ...(typeof detail === "string" ? { detail } : {}) };
}
