import type { Card } from "../ports/card.ts";
import type { Instant, Zone } from "../time/instant.ts";
import type { Language } from "../time/wording.ts";
import { momentText } from "./moments.ts";
import { say } from "./say.ts";

/** The daily sign of life, one line: where it does not appear, reminders do not either. */
export function canaryCard(language: Language, { at, zone }: { readonly at: Instant; readonly zone: Zone }): Card {
  return { title: say(language, "canary.title", { when: momentText(language, zone, at) }), tone: "calm", blocks: [] };
}
