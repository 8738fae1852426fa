import type { Drawer } from "../shared/drafts.ts";
import type { Asker, Room } from "./asker.ts";

/** Where what the person entered and did not submit lies. */
export function drawerOf({ host }: Room, { team, user }: Pick<Asker, "team" | "user">): Drawer {
  return { state: host.state, of: `slack/draft/${team}/${user}` };
}
