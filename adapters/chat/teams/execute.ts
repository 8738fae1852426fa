import { soon } from "../shared/soon.ts";
import { splitUnhurried } from "../shared/split.ts";
import { adaptiveCard, bytesOf, LIMITS } from "./adaptive-card.ts";
import { wordsIn } from "./asker-words.ts";
import type { Reply } from "./bot-framework.ts";
import { pressedOn } from "./form-drafts.ts";
import { offered } from "./form-offer.ts";
import type { Invoked, Ready } from "./invoke.ts";

/**
 * A press on Action.Execute. The card of the answer stands in place of the pressed one, for that person alone; what does not fit into one card,
 * is for everybody, or takes longer than Teams waits, is shown beside it.
 */
export async function executed({ value, asking }: Invoked, { host, show, later, patience }: Ready): Promise<Reply> {
  const words = wordsIn(asking.language);
  const command = commandIn((value as { action?: { data?: unknown } } | null)?.action?.data);
  if (command === null) return failed(400, "BadRequest", words.otherVersion);
  const asked = pressedOn(host, asking, command);
  const found = await soon(asked, patience, null);
  if (found === null) {
    later(async () => show(offered(await asked)));
    return said(words.working);
  }
  const answer = offered(found);
  const [card, ...others] = answer.cards;
  const isAlone =
    answer.audience === "asker" && others.length === 0 && card !== undefined && (await splitUnhurried(card, LIMITS, bytesOf)).length === 1;
  if (isAlone)
    return { status: 200, body: { statusCode: 200, type: "application/vnd.microsoft.card.adaptive", value: adaptiveCard(card) } };
  later(() => show(answer));
  return said(card?.title ?? "");
}

export function executeFault(sentence: string): Reply {
  return failed(500, "InternalServerError", sentence);
}

/** The command that a button carries in its data; null where it carries none. */
export function commandIn(data: unknown): string | null {
  const command = typeof data === "object" && data !== null ? (data as { command?: unknown }).command : undefined;
  return typeof command === "string" ? command : null;
}

function said(words: string): Reply {
  return { status: 200, body: { statusCode: 200, type: "application/vnd.microsoft.activity.message", value: words } };
}

/** Teams reads the outer status as that of the way, and the inner one as that of the answer. */
function failed(statusCode: number, code: string, message: string): Reply {
  return { status: 200, body: { statusCode, type: "application/vnd.microsoft.error", value: { code, message } } };
}
