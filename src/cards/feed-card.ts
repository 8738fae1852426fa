import type { Card, Text } from "../ports/card.ts";
import { dayIn, type Instant } from "../time/instant.ts";
import type { Language } from "../time/wording.ts";
import { note, text } from "./matter-card.ts";
import { say } from "./say.ts";

interface Shown {
  readonly id: string;
  readonly filters: readonly string[];
  readonly amounts: boolean;
}

/** A feed that was made, with its address: it is said this once. */
export function feedCard(language: Language, feed: Shown & { readonly path: string }): Card {
  return {
    title: say(language, "feed.made", { id: feed.id }),
    tone: "calm",
    blocks: [
      text(say(language, "feed.path"), " ", { bold: feed.path }),
      text(aboutText(language, feed)),
      note(say(language, "feed.secret", { id: feed.id })),
    ],
  };
}

/** The feeds of whoever asks. Their addresses are known to nobody any more but those who kept them. */
export function feedsCard(language: Language, feeds: readonly (Shown & { readonly createdAt: Instant })[]): Card {
  const title = say(language, "feed.list", { n: feeds.length });
  if (feeds.length === 0) return { title, tone: "calm", blocks: [] };
  const rows = feeds.map((feed): readonly Text[] => [
    [{ bold: feed.id }],
    [aboutText(language, feed)],
    [say(language, "feed.since", { day: dayIn("UTC", feed.createdAt) })],
  ]);
  return { title, tone: "calm", blocks: [{ kind: "rows", heading: [], rows }] };
}

function aboutText(language: Language, { filters, amounts }: Shown): string {
  return say(language, amounts ? "feed.about-amounts" : "feed.about", { filters: filters.length === 0 ? null : filters.join(" ") });
}
