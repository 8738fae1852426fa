import type { IncomingMessage, ServerResponse } from "node:http";
import { type Account, type Activity, TENANT } from "./activities.ts";
import { cardProblems } from "./card-check.ts";

/** What a request is answered. */
export interface Outcome {
  readonly status: number;
  readonly id?: string;
  readonly found?: object;
  readonly code?: string;
  readonly subCode?: string;
  readonly prose?: string;
  readonly retryAfter?: string;
  readonly location?: string;
}

/** The roster of a conversation, or one of its members. */
export function rosterAnswer(path: string, people: readonly Account[]): Outcome {
  const [, id] = /\/members\/([^/]+)$/.exec(path) ?? [];
  const all = people.map((member) => ({ ...member, tenantId: member.tenantId ?? TENANT }));
  if (id === undefined) return { status: 200, found: { members: all } };
  const found = all.find((member) => member.id === id || member.aadObjectId === id);
  return found === undefined ? { status: 404, code: "MemberNotFoundInConversation" } : { status: 200, found };
}

/** What Teams would not take, or would show otherwise than it was meant. */
export function problemsOf(raw: Buffer): readonly string[] {
  const activity = JSON.parse(raw.toString()) as Activity;
  const attachments = activity.attachments ?? [];
  const problems: string[] = [];
  if (activity.type !== "message") problems.push("an activity of type message is needed");
  if (activity.text !== undefined && attachments.length > 0) problems.push("text and card in one activity");
  if (attachments.length > 0 && activity.summary === undefined) problems.push("a card without a summary");
  for (const attachment of attachments) problems.push(...cardProblems(attachment.content));
  return problems;
}

/** The answer; of a refusal with a subCode the outer code is missing and the message is JSON, as for a blocked write. */
export function send(response: ServerResponse, outcome: Outcome): void {
  if (outcome.retryAfter !== undefined) response.setHeader("retry-after", outcome.retryAfter);
  if (outcome.location !== undefined) response.setHeader("location", outcome.location);
  response.writeHead(outcome.status, { "content-type": "application/json" });
  const { id, found } = outcome;
  response.end(JSON.stringify(found ?? (id === undefined ? { error: errorOf(outcome) } : { id })));
}

function errorOf({ code, subCode, prose }: Outcome): object {
  if (subCode !== undefined) return { message: JSON.stringify({ subCode, details: null, errorCode: 209, errorSubCode: 1 }) };
  return { ...(code === undefined ? {} : { code }), message: prose ?? "Refused by the stand-in" };
}

export async function bytesOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
