import type { Failure } from "../shared/failure.ts";
import { endedBy } from "./failure.ts";
import type { Installed } from "./installation.ts";
import type { Fetch } from "./web-client.ts";

type Call = Parameters<Fetch>[1];

/** The call as the client makes it, with the workspace's token in the place of the client's. */
export function bearing(init: Call, { bot }: Installed): Call {
  return { ...init, headers: { ...init?.headers, Authorization: `Bearer ${bot.token}` } };
}

/** The token with which the client makes the call; null where it has none. */
export function tokenIn(init: Call): string | null {
  const { Authorization: bearer } = (init?.headers ?? {}) as Readonly<Record<string, string>>;
  return /^Bearer (.+)$/.exec(bearer ?? "")?.[1] ?? null;
}

export interface Ended {
  /** Slack's word for it. */
  readonly code: string;
  readonly failure: Failure;
}

/** Whether Slack refused the token, and not the call. The text of an answer is held, and may be read again. */
export async function endOf(response: Pick<Response, "status" | "text">): Promise<Ended | null> {
  if (response.status !== 200) return null;
  const text = await response.text();
  if (text.length > REFUSAL_CHARACTERS || !/"ok"\s*:\s*false/.test(text)) return null;
  const code = /"error"\s*:\s*"(\w+)"/.exec(text)?.[1] ?? "";
  const reason = endedBy(code);
  return reason === null ? null : { code, failure: { ok: false, retry: "later", reason } };
}

/** A refusal is short; what is longer holds what people wrote. */
const REFUSAL_CHARACTERS = 2_000;
