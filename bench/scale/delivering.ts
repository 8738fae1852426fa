import { openPost } from "../platform/post.ts";
import { AT_ONCE } from "./deliverer.ts";
import { DELIVERERS } from "./deliverers.ts";

/** One of the processes of a contestant: told which, it does what it is told to, and answers each order when it is done. */
export interface Told {
  readonly name: string;
  readonly url: string;
  readonly platformPort: number;
}

export type Order = { readonly fill: readonly string[] } | "begin" | "delivered" | "pause" | "close";

const told = JSON.parse(process.argv[2]!) as Told;
const deliverer = await DELIVERERS[told.name]!(told.url, openPost(told.platformPort, AT_ONCE));

process.on("message", (order: Order) => void obey(order));
process.on("disconnect", () => process.exit(1));
process.send!("ready");

async function obey(order: Order): Promise<void> {
  const answer = typeof order === "object" ? await deliverer.fill(order.fill) : await deliverer[order]();
  process.send!(answer ?? "done", () => order === "close" && process.exit(0));
}
