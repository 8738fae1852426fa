import type { Block, Card } from "../ports/card.ts";
import { dayIn, type Instant } from "../time/instant.ts";
import type { Language } from "../time/wording.ts";
import { askedFirst } from "./asked-first.ts";
import { text } from "./matter-card.ts";
import { say } from "./say.ts";

/** Who reads in a place, as far as it decides what is told there. */
export interface ShownSight {
  readonly sight: "internal" | "shared" | "unconfirmed" | "not-now" | "person";
  /** Nothing can be posted there. */
  readonly absent?: boolean;
  readonly because: "external" | "guests" | null;
  readonly confirmed: { readonly name: string | null; readonly at: string } | null;
}

/** The card with a word on what the place is told, where it is not told everything of the desk's, or because somebody has confirmed that it may be. */
export function withPlaceSight(card: Card, shown: ShownSight, language: Language, zone = "UTC"): Card {
  return { ...card, blocks: [...card.blocks, ...placeSightBlocks(shown, language, zone)] };
}

export function placeSightBlocks(shown: ShownSight, language: Language, zone: string): readonly Block[] {
  if (shown.absent !== true) return readersBlocks(shown, language, zone);
  const absent = text({ bold: say(language, "place.absent") });
  // Who reads where nothing comes matters only where it is known.
  return shown.sight === "unconfirmed" ? [absent] : [absent, ...readersBlocks(shown, language, zone)];
}

function readersBlocks({ sight, because, confirmed }: ShownSight, language: Language, zone: string): readonly Block[] {
  if (sight === "shared") return [text({ bold: say(language, "place.shared", { because: because ?? "external" }) })];
  if (sight === "not-now") return [text({ bold: say(language, "place.not-now") })];
  if (sight === "unconfirmed") {
    const actions = [
      {
        label: say(language, "place.confirm"),
        command: "settings --internal yes",
        ...askedFirst(language, say(language, "place.confirm-meant")),
      },
    ];
    return [text({ bold: say(language, "place.unconfirmed") }), { kind: "actions", actions }];
  }
  if (sight !== "internal" || confirmed === null) return [];
  const name = confirmed.name === null ? say(language, "history.erased") : `@${confirmed.name.replace(/^@/, "")}`;
  return [text(say(language, "place.confirmed", { name, day: dayIn(zone, confirmed.at as Instant) }))];
}
