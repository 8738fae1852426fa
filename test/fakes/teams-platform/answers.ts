import type { IncomingMessage, ServerResponse } from "node:http";
import { leakIn } from "../discreet-check.ts";
import { type Account, type Activity, TENANT } from "./activities.ts";
import { cardOf, cardProblems, readLines } from "./card-check.ts";

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

/** The roster of a conversation, a page at a time where so many are asked for, or one of its members. */
export function rosterAnswer(path: string, query: string, people: readonly Account[]): Outcome {
  const [, id] = /\/members\/([^/]+)$/.exec(path) ?? [];
  const all = people.map((member) => ({ ...member, tenantId: member.tenantId ?? TENANT, userRole: member.userRole ?? "user" }));
  if (id === undefined) {
    const asked = new URLSearchParams(query);
    const from = Number(asked.get("continuationToken") ?? 0);
    const end = from + Number(asked.get("pageSize") ?? all.length);
    return {
      status: 200,
      found: { members: all.slice(from, end), ...(end < all.length ? { continuationToken: String(end) } : {}) },
    };
  }
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
  if (problems.length === 0 && attachments.length > 0) {
    const card = cardOf(activity);
    for (const announced of [activity.summary, card.fallbackText, card.speak]) {
      const leak = leakIn(typeof announced === "string" ? announced : "", readLines(card));
      if (leak !== undefined) problems.push(leak);
    }
  }
  return problems;
}

/** The answer; of a refusal with a subCode there is no error to hold the code, and the message is JSON, as Microsoft documents it for a blocked write. */
export function send(response: ServerResponse, outcome: Outcome): void {
  if (outcome.retryAfter !== undefined) response.setHeader("retry-after", outcome.retryAfter);
  if (outcome.location !== undefined) response.setHeader("location", outcome.location);
  response.writeHead(outcome.status, { "content-type": "application/json" });
  const { id, found } = outcome;
  response.end(JSON.stringify(found ?? (id === undefined ? refusalOf(outcome) : { id })));
}

function refusalOf({ code, subCode, prose }: Outcome): object {
  if (subCode !== undefined)
    return { errorCode: 209, message: JSON.stringify({ subCode, details: null, errorCode: null, errorSubCode: null }, null, 2) };
  return { error: { ...(code === undefined ? {} : { code }), message: prose ?? "Refused by the stand-in" } };
}

export async function bytesOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
