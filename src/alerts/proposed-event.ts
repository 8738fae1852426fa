import { isDeepStrictEqual } from "node:util";
import { EVENTS, type MatterEvent } from "../matter/events.ts";
import { joinTexts } from "../matter/texts.ts";
import type { Proposal } from "../ports/proposals.ts";

/** What a proposal holds beside its event: the paths of its texts, and whether only its own writer has to confirm it. */
interface Kept {
  readonly texts: readonly string[];
  readonly asked: boolean;
  /** Of what was confirmed by a button: the latest proposal of the same that was shown with it, so that it is meant beside that one; a0 for none. */
  readonly beside?: string;
}

/** Whether it only waits for its own writer. */
export function isKeptLine({ event }: Pick<Proposal, "event">): boolean {
  return (event.kept as unknown as Kept | undefined)?.asked === true;
}

/**
 * The first of these that came of the same confirmation by a button: the same person, the same event of the same version of the matter, and not
 * shown with it. Null where there is none, and where what was proposed came of no button.
 */
export function sameConfirmed(proposal: Omit<Proposal, "id" | "outcome">, others: readonly Proposal[]): Proposal | null {
  const { stream, version, by } = proposal;
  const beside = (proposal.event.kept as unknown as Kept | undefined)?.beside;
  const event = proposedEvent(proposal);
  if (beside === undefined || event === null) return null;
  const alike = others.filter(
    (other) => other.stream === stream && other.version === version && other.by === by && numberOf(other.id) > numberOf(beside),
  );
  return alike.find((other) => !isKeptLine(other) && isDeepStrictEqual(proposedEvent(other), event)) ?? null;
}

/** Whether one that waits is a slip of another that does: nobody is told of it. */
export function isSlip(proposal: Proposal, waiting: readonly Proposal[]): boolean {
  const earlier = waiting.filter(({ id }) => numberOf(id) < numberOf(proposal.id));
  return sameConfirmed(proposal, earlier) !== null;
}

function numberOf(id: string): number {
  return Number(id.slice(1));
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
