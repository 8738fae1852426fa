import { createHash } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { parseFilters } from "../alerts/filter.ts";
import { byReferenceToo } from "../alerts/kept-by-name.ts";
import { type CalendarOptions, calendarFile } from "../commands/calendar-file.ts";
import { FEED_PATH, FEED_STATE, type Feed, feedOf } from "../commands/feeds.ts";
import type { Matter } from "../matter/history.ts";
import type { PersonRef } from "../ports/chat.ts";
import type { Store } from "../ports/store.ts";
import type { Clock } from "../time/clock.ts";
import type { Instant } from "../time/instant.ts";
import { nothing, type Web } from "./http.ts";

/** A desk whose feeds are served. */
export interface FeedDesk {
  readonly store: Pick<Store, "state" | "people">;
  readonly clock: Clock;
  /**
   * The matters that a person may see now, and whether with their sums: it is asked anew at every request, since what they may see changes. Null for
   * who is another desk's by now.
   */
  visible(person: PersonRef): Promise<Visible | null>;
}

interface Visible {
  readonly matters: readonly Matter[];
  readonly amounts: boolean;
}

/** Serves the calendars of all desks under their secret addresses. */
export function serveFeeds(web: Pick<Web, "routeUnder">, desks: () => readonly FeedDesk[]): void {
  web.routeUnder("GET", FEED_PATH, async (request, response, rest) => {
    const found = await soughtIn(rest.replace(/\.ics$/, ""), desks());
    const visible = found === null ? null : await found.desk.visible(found.feed.person);
    if (found === null || visible === null) return nothing(response);
    const { store, clock } = found.desk;
    // Whom a name meant by which nobody was known when the feed was made may be known by now.
    const filters = await Promise.all(found.feed.filters.map((text) => byReferenceToo(store.people, text)));
    await answer(request, response, await calendarOf({ ...found.feed, filters }, visible, clock.now()));
  });
}

/** Every desk is asked, whether or not one has it: an address that is wrong, or was revoked, takes as long as any. */
async function soughtIn(secret: string, desks: readonly FeedDesk[]): Promise<{ readonly feed: Feed; readonly desk: FeedDesk } | null> {
  let found: { readonly feed: Feed; readonly desk: FeedDesk } | null = null;
  for (const desk of desks) {
    const feed = await feedOf(desk.store.state(FEED_STATE), secret);
    if (feed !== null) found = { feed, desk };
  }
  return found;
}

async function calendarOf({ filters, amounts, language }: Feed, visible: Visible, now: Instant): Promise<string> {
  const parsed = parseFilters(filters);
  // They were read when the feed was made. One that this version does not know shows nothing rather than everything.
  if ("refused" in parsed) return calendarFile([], { language, amounts, now });
  const fits: CalendarOptions["fits"] = (standing, today) => parsed.every((filter) => filter.matches(standing, today));
  return calendarFile(visible.matters, { language, amounts: amounts && visible.amounts, now, fits });
}

/** RFC 9110: 304 where the asker has it already. Nobody between may keep it, and nothing may guess another type. */
async function answer(request: IncomingMessage, response: ServerResponse, calendar: string): Promise<void> {
  const etag = `"${createHash("sha256").update(calendar).digest("base64url")}"`;
  const headers = { etag, "cache-control": "private, no-cache", "referrer-policy": "no-referrer", "x-content-type-options": "nosniff" };
  if (hasIt(request.headers["if-none-match"], etag)) {
    response.writeHead(304, headers).end();
    return;
  }
  response.writeHead(200, {
    ...headers,
    "content-type": "text/calendar; charset=utf-8",
    "content-disposition": 'inline; filename="curewatch.ics"',
  });
  response.end(calendar);
}

/** A cache may mark its copy as weak; what it holds is the same text. */
function hasIt(asked: string | undefined, etag: string): boolean {
  if (asked === undefined) return false;
  return asked.split(",").some((one) => one.trim() === "*" || one.trim().replace(/^W\//, "") === etag);
}
