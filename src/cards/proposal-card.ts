import type { Action, Block, Card, Text } from "../ports/card.ts";
import type { ProposalOutcome } from "../ports/proposals.ts";
import type { Instant, Zone } from "../time/instant.ts";
import type { Language } from "../time/wording.ts";
import { type Intended, intendedBlocks } from "./consent-card.ts";
import { atName } from "./heed-words.ts";
import { note, text } from "./matter-card.ts";
import { momentText } from "./moments.ts";
import { say } from "./say.ts";

/** What waits for an approval, as it is shown. */
export interface ShownProposal {
  readonly id: string;
  /** The same as buttons name it. */
  readonly button: string;
  /** The matter's key, which buttons name. */
  readonly key: string;
  readonly intended: Intended;
  readonly name: string;
  readonly expiresAt: Instant;
  readonly zone: Zone;
}

/** Who may approve what waits. */
export interface Approvers {
  readonly n: number;
  /** None of them can be written to. */
  readonly isUnreached: boolean;
  /** Of a restricted matter on which nobody who may approve is let in: whether there are others who may, to be let in. Else null. */
  readonly letIn: { readonly others: boolean } | null;
}

/** To its proposer: that it waits, until when, and how many people may approve it, and whether none can be written to; null where everybody may. */
export function proposedCard(language: Language, proposal: ShownProposal, approvers: Approvers | null): Card {
  const { id, button, intended, expiresAt, zone } = proposal;
  const waits = say(language, "proposal.waits", { id, at: momentText(language, zone, expiresAt) });
  return {
    title: say(language, "proposal.title", { ref: intended.ref }),
    tone: "soon",
    blocks: [
      text({ bold: waits }),
      ...(approvers === null ? [] : [text(reachText(language, proposal, approvers))]),
      ...(approvers === null || approvers.n === 0 || !approvers.isUnreached ? [] : [text(say(language, "proposal.unreached"))]),
      ...intendedBlocks(language, intended),
      { kind: "actions", actions: [{ label: say(language, "proposal.withdraw"), command: `decline ${button}` }] },
    ],
  };
}

function reachText(language: Language, { key }: ShownProposal, { n, letIn }: Approvers): string {
  if (letIn === null) return say(language, "proposal.reach", { n });
  return say(language, "proposal.reach-restricted", { key, any: letIn.others ? "yes" : "no" });
}

/** To whoever may approve it, and to the matter's owner: what it changes, and what they can do. `version` is the matter's as it is shown. */
export function askingCard(
  language: Language,
  proposal: ShownProposal,
  reader: { readonly approves: boolean; readonly version: number },
): Card {
  const { button, key, intended, name, expiresAt, zone } = proposal;
  const until = say(language, "proposal.until", { at: momentText(language, zone, expiresAt) });
  return {
    title: say(language, "proposal.asks-title", { name: atName(name), ref: intended.ref }),
    tone: "soon",
    blocks: [
      ...intendedBlocks(language, intended),
      note(say(language, "consent.not-yet")),
      note(until),
      { kind: "actions", actions: actionsOf(language, button, key, reader) },
    ],
  };
}

function actionsOf(
  language: Language,
  button: string,
  key: string,
  { approves, version }: { approves: boolean; version: number },
): readonly Action[] {
  const show = { label: say(language, "proposal.show"), command: `show ${key}` };
  return approves ? [...decisionActions(language, button, version), show] : [show];
}

/** Approve, as the matter stands at that version, and decline, which asks why. */
export function decisionActions(language: Language, button: string, version: number): readonly Action[] {
  return [
    { label: say(language, "proposal.approve"), command: `approve ${button} --confirmed ${version}`, style: "primary" },
    { label: say(language, "proposal.decline"), command: `decline ${button}` },
  ];
}

/** What became of a proposal. */
export function outcomeCard(
  language: Language,
  proposal: { readonly id: string; readonly ref: string; readonly key: string },
  outcome: { readonly kind: ProposalOutcome["kind"]; readonly name: string | null; readonly because: string | null },
): Card {
  const { id, ref, key } = proposal;
  const { kind, because } = outcome;
  const name = outcome.name === null ? say(language, "history.erased") : atName(outcome.name);
  const blocks: Block[] = [
    text({ bold: kind === "expired" ? say(language, "proposal.expired", { id }) : say(language, `proposal.${kind}-by`, { id, name }) }),
  ];
  if (because !== null) blocks.push(text(say(language, "proposal.because", { because })));
  blocks.push({ kind: "actions", actions: [{ label: say(language, "proposal.show"), command: `show ${key}` }] });
  return { title: say(language, `proposal.${kind}-title`, { ref }), tone: kind === "approved" ? "calm" : "soon", blocks };
}

/** A proposal of which a text was erased, so that nobody can tell any more what it would have recorded. */
export interface ErasedProposal {
  readonly id: string;
  /** The same as buttons name it. */
  readonly button: string;
  readonly ref: string;
  readonly own: boolean;
}

function erasedBlocks(language: Language, { id, button, ref, own }: ErasedProposal): readonly Block[] {
  const label = say(language, own ? "proposal.withdraw" : "proposal.decline");
  return [
    { kind: "rows", heading: [], rows: [[[{ bold: `${id} · ${ref}` }], [say(language, "proposals.erased", { own: own ? "yes" : "no" })]]] },
    { kind: "actions", actions: [{ label, command: `decline ${button}` }] },
  ];
}

/** What waits, each with the buttons of those who may decide on it. */
export function proposalsCard(
  language: Language,
  proposals: readonly (ShownProposal & { readonly version: number; readonly approves: boolean; readonly own: boolean })[],
  title: "proposals.title" | "proposals.waiting-you" = "proposals.title",
  erased: readonly ErasedProposal[] = [],
): Card {
  const n = proposals.length + erased.length;
  const blocks = proposals.flatMap(({ id, button, key, intended, name, expiresAt, zone, version, approves, own }): readonly Block[] => {
    const row = say(language, "proposals.row", { name: atName(name), at: momentText(language, zone, expiresAt) });
    const rows: readonly (readonly Text[])[] = [[[{ bold: `${id} · ${intended.ref}` }], [row]]];
    const actions = own
      ? [{ label: say(language, "proposal.withdraw"), command: `decline ${button}` }]
      : actionsOf(language, button, key, { approves, version });
    return [{ kind: "rows", heading: [], rows }, ...intendedBlocks(language, intended), { kind: "actions", actions }];
  });
  return {
    title: say(language, title, { n }),
    tone: n === 0 ? "calm" : "soon",
    blocks: [...blocks, ...erased.flatMap((one) => erasedBlocks(language, one))],
  };
}
