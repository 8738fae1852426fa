import type { IncomingMessage } from "node:http";

/** Far above any activity of Teams, and little enough to be read before its sender is known (the token names a part of the body). */
const BODY_BYTES = 256 * 1024;

export type Body =
  | { readonly ok: true; readonly value: Readonly<Record<string, unknown>> }
  | { readonly ok: false; readonly status: 400 | 413 };

/** The request's body as a JSON object; refuses what is too large, or is none. */
export async function readBody(request: IncomingMessage): Promise<Body> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    // Read on without keeping it: who is cut off while sending does not see the refusal.
    if (bytes > BODY_BYTES) chunks.length = 0;
    else chunks.push(chunk);
  }
  if (bytes > BODY_BYTES) return { ok: false, status: 413 };
  try {
    const value: unknown = JSON.parse(Buffer.concat(chunks).toString("utf8"));
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return { ok: true, value: value as Record<string, unknown> };
  } catch {
    // Not JSON: refused like every other body that is no object.
  }
  return { ok: false, status: 400 };
}
