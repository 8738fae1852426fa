import { EVENTS, type MatterEvent } from "../matter/events.ts";
import { joinTexts } from "../matter/texts.ts";
import type { Proposal } from "../ports/proposals.ts";

/** What a proposal holds beside its event: the paths of its texts, and whether only its own writer has to confirm it. */
interface Kept {
  readonly texts: readonly string[];
  readonly asked: boolean;
}

/** Whether it only waits for its own writer. */
export function isKeptLine({ event }: Pick<Proposal, "event">): boolean {
  return (event.kept as unknown as Kept | undefined)?.asked === true;
}

/** The event that was proposed, whole again; null where a text of it was erased meanwhile. */
export function proposedEvent({ event, texts }: Pick<Proposal, "event" | "texts">): MatterEvent | null {
  const { kept, ...data } = event;
  const paths = (kept as unknown as Kept | undefined)?.texts ?? [];
  if (paths.some((path) => texts[path] === undefined)) return null;
  const whole = joinTexts(data, Object.fromEntries(paths.map((path) => [path, texts[path]!])), []);
  const parsed = EVENTS[whole.type as MatterEvent["type"]].safeParse(whole);
  return parsed.success ? (parsed.data as MatterEvent) : null;
}
