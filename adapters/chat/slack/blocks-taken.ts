import type { AdapterState } from "../../../src/ports/chat.ts";

/** What not every workspace takes: newer blocks, and files for want of a scope. */
export type Newer = "table" | "data_visualization" | "files";

/** Long enough that not every post is refused first, and short enough that what Slack rolls out is seen. */
const WEEK = 7 * 86_400_000;
/** A scope is granted by reinstalling the app: whoever does so wants to see it soon. */
const DAY = 86_400_000;

/** What of these kinds the workspace refused lately; nothing where that cannot be told. */
export async function refusedIn(state: AdapterState, team: string, kinds: readonly Newer[]): Promise<ReadonlySet<Newer>> {
  const known = await Promise.all(kinds.map((kind) => state.get(noteOf(team, kind)))).catch(() => []);
  return new Set(kinds.filter((_, index) => known[index] === true));
}

export async function rememberRefused(state: AdapterState, team: string, kinds: readonly Newer[]): Promise<void> {
  for (const kind of kinds) await state.set(noteOf(team, kind), true, kind === "files" ? DAY : WEEK);
}

function noteOf(team: string, kind: Newer): string {
  return `slack/refuses/${team}/${kind}`;
}
