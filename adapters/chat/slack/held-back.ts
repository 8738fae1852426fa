import type { Log } from "../../../src/ports/chat.ts";
import { instantOf } from "../../../src/time/instant.ts";

/**
 * Whether a payload is Slack's app_rate_limited (docs.slack.dev/reference/events/app_rate_limited), and if so tells the log what it means: events of
 * that minute were not delivered, and will not be.
 */
export function heldBack(payload: unknown, log: Log): boolean {
  if (typeof payload !== "object" || payload === null) return false;
  const { type, team_id: workspace, minute_rate_limited: minute } = payload as Readonly<Record<string, unknown>>;
  if (type !== "app_rate_limited") return false;
  const from =
    typeof minute === "number" && Number.isSafeInteger(minute) && Math.abs(minute) < 1e11 ? instantOf(minute * 1_000) : "unknown";
  const where = typeof workspace === "string" && /^[A-Z0-9]{1,40}$/.test(workspace) ? workspace : "unknown";
  log.warn({ workspace: where, minute: from }, "slack: Slack held back events of a minute: there were more than it delivers to an app");
  return true;
}
