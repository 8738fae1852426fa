import type { ShownSight } from "../cards/place-sight-words.ts";
import type { Audience } from "../ports/chat.ts";

/** Why a place is not told the desk's matters, for its readers. */
export function shownSight({ audience }: { readonly audience: Audience }): ShownSight {
  const because = audience.kind === "shared" ? audience.because : null;
  return { sight: audience.kind === "unknown" ? "unconfirmed" : audience.kind, because, confirmed: null };
}
