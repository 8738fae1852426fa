import { createHash } from "node:crypto";
import type { Card } from "../../../src/ports/card.ts";
import type { AdapterState } from "../../../src/ports/chat.ts";
import { split } from "../shared/split.ts";
import { bytesOf, LIMITS, messageOf } from "./adaptive-card.ts";
import type { Connector, Target } from "./connector.ts";
import type { Refusal } from "./refusals.ts";

/** Makes the messages with these ids show the card: replaces, adds and takes back as it takes. Answers the ids that then stand. */
export type PlaceCard = (to: Target, card: Card, standing: readonly string[], progress: string | null) => Promise<Placed>;

export type Placed = { readonly ok: true; readonly ids: readonly [string, ...string[]] } | Refusal;

/** How long a card that was posted in part can be gone on with. */
const PROGRESS_MILLISECONDS = 7 * 24 * 3_600_000;

/**
 * A card can take several messages, and Teams can ask to wait after the first. What is shown by then is noted under `progress`, so that the
 * next try goes on from there and says nothing twice.
 */
export function placing(connector: Connector, state: AdapterState): PlaceCard {
  return async (to, card, standing, progress) => {
    const note = progress === null ? null : `progress/${createHash("sha256").update(progress).digest("base64url")}`;
    const noted = note === null ? null : idsIn(await state.get(note));
    const parts = split(card, LIMITS, bytesOf).map(messageOf);
    const ids = [...(noted ?? standing)];
    const refused = async (refusal: Refusal) => {
      if (note !== null && ids.length > standing.length) await state.set(note, ids, PROGRESS_MILLISECONDS);
      return refusal;
    };
    for (const [index, part] of parts.entries()) {
      const id = ids[index];
      const sent = id === undefined ? await connector.post(to, part) : await connector.put(to, id, part);
      if (!sent.ok) return refused(sent);
      ids[index] = sent.id;
    }
    for (const extra of ids.splice(parts.length)) {
      const sent = await connector.remove(to, extra);
      if (!sent.ok) return refused(sent);
    }
    if (noted !== null && note !== null) await state.delete(note);
    return { ok: true, ids: ids as unknown as [string, ...string[]] };
  };
}

function idsIn(value: unknown): readonly string[] | null {
  return Array.isArray(value) && value.every((id) => typeof id === "string") ? value : null;
}
