import { isJson, type Json } from "./blocks/shape.ts";

/** What a message does beside being read: whom it calls, and where it can lead. */
export interface Effects {
  /** U0ANA, here, channel, subteam^S1 … in the order in which they stand. */
  readonly pings: readonly string[];
  /** Addresses of links, those that Slack makes of a bare address among them. */
  readonly links: readonly string[];
}

/** Of everything in the message: its text, its blocks, whatever they are. */
export function effectsOf(message: { readonly text?: string; readonly blocks?: readonly Json[]; readonly mrkdwn?: boolean }): Effects {
  const isFormatted = message.mrkdwn !== false && (message.blocks ?? []).length === 0;
  const found = [...inText(message.text ?? "", isFormatted), ...inside(message.blocks ?? [])];
  return {
    pings: found.filter(({ kind }) => kind === "ping").map(({ what }) => what),
    links: found.filter(({ kind }) => kind === "link").map(({ what }) => what),
  };
}

interface Effect {
  readonly kind: "ping" | "link";
  readonly what: string;
}

function inside(value: unknown): readonly Effect[] {
  if (Array.isArray(value)) return value.flatMap(inside);
  if (!isJson(value)) return [];
  if (typeof value.text === "string" && (value.type === "plain_text" || value.type === "mrkdwn"))
    return inText(value.text, value.type === "mrkdwn" && value.verbatim !== true);
  // Elements of rich text: structure says what they are.
  if (value.type === "user") return [{ kind: "ping", what: String(value.user_id) }];
  if (value.type === "usergroup") return [{ kind: "ping", what: String(value.usergroup_id) }];
  if (value.type === "broadcast") return [{ kind: "ping", what: String(value.range) }];
  const link = typeof value.url === "string" ? [{ kind: "link", what: value.url } as const] : [];
  return [...link, ...Object.values(value).flatMap(inside)];
}

/** References are read in every text object; bare addresses become links only where the text is formatted. */
function inText(text: string, isFormatted: boolean): readonly Effect[] {
  const found: Effect[] = [];
  for (const [, name] of text.matchAll(/<([^<>]+?)(?:\|[^<>]*)?>/g)) {
    const named = name!;
    if (named.startsWith("@")) found.push({ kind: "ping", what: named.slice(1) });
    else if (named.startsWith("!date")) continue;
    else if (named.startsWith("!")) found.push({ kind: "ping", what: named.slice(1) });
    else if (!named.startsWith("#")) found.push({ kind: "link", what: named });
  }
  if (isFormatted)
    for (const [url] of text.replaceAll(/<[^<>]*>/g, " ").matchAll(/\bhttps?:\/\/[^\s|>]+/g)) found.push({ kind: "link", what: url });
  return found;
}
