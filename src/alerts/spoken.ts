import type { Place } from "../ports/chat.ts";
import type { PlaceSettings } from "../ports/subscriptions.ts";
import type { TickHost } from "./tick.ts";

/** How a place is spoken to: as it is set; a person who has set nothing up in their own language where that is known, and anybody else as the house is. */
export async function spokenTo(
  host: Pick<TickHost, "house" | "languageOf">,
  place: Place,
  settings: Pick<PlaceSettings, "language" | "zone"> | undefined,
): Promise<Pick<PlaceSettings, "language" | "zone">> {
  return settings ?? { ...host.house, language: (await host.languageOf?.(place)) ?? host.house.language };
}
