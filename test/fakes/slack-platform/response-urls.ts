import type { Json } from "./blocks/shape.ts";
import type { Respondent, SlackConversations } from "./conversations.ts";
import { render } from "./render.ts";

/** Uses of a response_url (docs.slack.dev: five times within thirty minutes). */
const USES = 5;
const MILLISECONDS = 1_800_000;

/** The addresses that interactions carry, at which the app answers without a token. */
export interface ResponseUrls {
  /** The path of a new one. */
  mint(to: Respondent): string;
  /** What the address answers, with its status. */
  answer(path: string, message: Json): { readonly status: number; readonly body: Json | "ok" };
  /** What was shown over the address so far, as plain text. */
  shown(path: string): readonly string[];
}

export function responseUrls(now: () => number, mint: () => string, conversations: SlackConversations): ResponseUrls {
  const urls = new Map<string, { readonly to: Respondent; readonly at: number; uses: number; readonly shown: string[] }>();
  return {
    mint(to) {
      const path = `/respond/${to.channel}/${to.user}/${mint()}`;
      urls.set(path, { to, at: now(), uses: 0, shown: [] });
      return path;
    },
    answer(path, message) {
      const url = urls.get(path);
      if (url === undefined || now() - url.at >= MILLISECONDS) return { status: 404, body: { ok: false, error: "expired_url" } };
      if (url.uses >= USES) return { status: 404, body: { ok: false, error: "used_url" } };
      url.uses += 1;
      const refused = conversations.respond(url.to, message);
      if (refused === undefined) url.shown.push(render(message));
      return { status: 200, body: refused === undefined ? "ok" : { ok: false, error: refused.error } };
    },
    shown: (path) => urls.get(path)?.shown ?? [],
  };
}
