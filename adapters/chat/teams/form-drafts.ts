import type { AdapterState, PersonRef } from "../../../src/ports/chat.ts";
import type { Drawer } from "../shared/drafts.ts";

/** Where what the person entered and what came to nothing lies. */
export function drawerOf(state: AdapterState, person: PersonRef): Drawer {
  return { state, of: `draft/${person}` };
}
