import { openSights, type Sights } from "../../src/alerts/sights.ts";
import type { Access } from "../../src/ports/access.ts";
import type { ChatAdapter } from "../../src/ports/chat.ts";
import type { People } from "../../src/ports/ledger.ts";

/** Who may see what as that adapter tells it, without administrators of the configuration. */
export function sightsThrough(adapter: ChatAdapter, { access, people }: { readonly access: Access; readonly people: People }): Sights {
  return openSights({
    access,
    people,
    admins: () => [],
    audience: (place) => adapter.audience(place),
    kindOf: (person) => adapter.kindOf(person),
  });
}
