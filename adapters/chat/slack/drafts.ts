import type { Drawer } from "../shared/drafts.ts";
import type { Asker, Room } from "./asker.ts";

/** Where what the person entered in that conversation and did not submit lies: another one may belong to another desk. */
export function drawerOf({ host }: Room, { team, user, channel }: Pick<Asker, "team" | "user" | "channel">): Drawer {
  return { state: host.state, of: `slack/draft/${team}/${user}/${channel}` };
}

/** Where it is noted which questions the person was asked of a form. */
export function askedOf({ host }: Room, { team, user }: Pick<Asker, "team" | "user">): Drawer {
  return { state: host.state, of: `slack/asked/${team}/${user}` };
}
