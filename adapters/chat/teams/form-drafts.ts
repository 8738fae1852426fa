import type { AdapterState } from "../../../src/ports/chat.ts";
import type { Asking } from "../../../src/ports/form.ts";
import type { Drawer } from "../shared/drafts.ts";

/** Where what the person entered in that conversation and what came to nothing lies: another one may belong to another desk. */
export function drawerOf(state: AdapterState, { person, place }: Pick<Asking, "person" | "place">): Drawer {
  return { state, of: `draft/${person}/${place}` };
}
