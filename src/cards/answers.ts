import type { Finding, Step } from "../law/finding.ts";
import type { Money } from "../law/money.ts";
import type { RecordedEvent } from "../matter/events.ts";
import type { ItemStanding, Standing } from "../matter/standing-types.ts";
import type { Block, Card, Text } from "../ports/card.ts";
import type { Verified } from "../ports/ledger.ts";
import type { Erasure } from "../ports/privacy.ts";
import type { Day } from "../time/day.ts";
import type { Instant } from "../time/instant.ts";
import type { Language } from "../time/wording.ts";
import type { Explanation, ListRow } from "./contents.ts";
import { eventText } from "./event-words.ts";
import { findingText, missingList, missingPaths, whatText } from "./findings.ts";
import { nothingEntered } from "./fine-state.ts";
import { atName, nameIn } from "./heed-words.ts";
import { insideHidden, toldEvents } from "./inside.ts";
import { type MatterCardOptions, matterCard, note, text } from "./matter-card.ts";
import { clockText, momentText } from "./moments.ts";
import { countText } from "./penalty-words.ts";
import { capitalise, type Key, type SaidArgs, say } from "./say.ts";
import { sourceText } from "./source-words.ts";

/** The matters that fit, with the total where not all are shown. */
export function listCard(language: Language, rows: readonly ListRow[], total: number): Card {
  const lines = rows.map(({ ref, authority, respondent, state, next }): readonly Text[] => [
    [{ bold: ref }],
    [say(language, "list.matter", { authority, respondent })],
    [say(language, `state.${state}`)],
    [
      next === null
        ? say(language, "list.nothing-next")
        : say(language, "list.next", { what: whatText(language, next.what), day: next.day }),
    ],
  ]);
  const heading = rows.length < total ? [say(language, "list.shown", { n: rows.length, total })] : [];
  const blocks: Block[] = lines.length === 0 ? [text(say(language, "list.none"))] : [{ kind: "rows", heading, rows: lines }];
  return { title: say(language, "list.title", { total }), tone: "calm", blocks };
}

/** How the figures of a matter or one of its items came to be. */
export function whyCard(language: Language, standing: Standing, item: ItemStanding | null, explanation: Explanation): Card {
  const blocks: Block[] = [];
  if (explanation.steps.length === 0) {
    blocks.push(text(noSteps(language, standing, item)));
  } else blocks.push(stepRows(language, explanation.steps));
  blocks.push(
    ...findingRows(language, "why.assumptions", explanation.assumptions),
    ...findingRows(language, "why.warnings", explanation.warnings),
  );
  blocks.push(note(say(language, "card.not-advice")));
  return { title: say(language, "why.title", { ref: standing.facts.ref, item: item?.id }), tone: "calm", blocks };
}

/** What a draft waits for, with the paths by which a correction fills it in; else its state. */
function noSteps(language: Language, standing: Standing, item: ItemStanding | null): string {
  const missing = item?.missing ?? [];
  if (missing.length > 0) return say(language, "why.no-steps-missing", { missing: missingPaths(language, missing) });
  if (nothingEntered(standing)) return say(language, "stands.nothing-entered");
  return say(language, "why.no-steps", { state: say(language, `state.${item?.state ?? standing.state}`) });
}

function stepRows(language: Language, steps: readonly Step[]): Block {
  const rows = steps.map((step): readonly Text[] => {
    const line: Text = [findingText(language, step)];
    return step.source === undefined ? [line] : [line, [say(language, "why.source", { source: sourceText(language, step.source) })]];
  });
  return { kind: "rows", heading: [{ bold: say(language, "why.steps") }], rows };
}

function findingRows(language: Language, key: Key, findings: readonly Finding[]): readonly Block[] {
  if (findings.length === 0) return [];
  return [
    {
      kind: "rows",
      heading: [{ bold: say(language, key) }],
      rows: findings.map((finding) => [[capitalise(findingText(language, finding))]]),
    },
  ];
}

/** Every event of a matter with when it was recorded, by the authority's clock, and by whom. */
export function historyCard(
  language: Language,
  standing: Standing,
  events: readonly RecordedEvent[],
  names: ReadonlyMap<string, string>,
  approvals: ReadonlyMap<string, string> = new Map(),
): Card {
  const told = toldEvents(events);
  const rows = told.map(({ id, event, recordedAt, by, via }): readonly Text[] => {
    const at = momentText(language, standing.zone, recordedAt as Instant);
    const name = names.get(by) ?? say(language, "history.erased");
    const approver = approvals.get(id);
    return [
      [{ bold: say(language, "card.day", { day: event.on }) }],
      [eventText(language, event, standing)],
      [id],
      [insideHidden() ? say(language, "inside.recorded", { at }) : say(language, "history.by", { at, name: nameIn(language, name), via })],
      ...(approver === undefined || insideHidden() ? [] : [[say(language, "history.approved", { name: atName(approver) })]]),
    ];
  });
  const heading: Text = [say(language, insideHidden() ? "inside.history" : "history.heading", { n: told.length })];
  return { title: say(language, "history.title", { ref: standing.facts.ref }), tone: "calm", blocks: [{ kind: "rows", heading, rows }] };
}

/** Whether the register is whole; where not, what is wrong and at which row. */
/** `listed` are the erasures that the reader may be told of; `erased` counts all. */
export function verifyCard(
  language: Language,
  verified: Verified,
  erased = { texts: 0, people: 0 },
  listed: readonly Pick<Erasure, "what">[] = [],
): Card {
  const count = text(say(language, "verify.count", { n: verified.events, head: verified.head.slice(0, 12) }));
  const gone = erased.texts + erased.people > 0 ? [text(say(language, "verify.erased", erased)), ...erasedLines(language, listed)] : [];
  if (verified.ok) return { title: say(language, "verify.ok"), tone: "calm", blocks: [count, ...gone] };
  return {
    title: say(language, "verify.bad"),
    tone: "urgent",
    blocks: [text({ bold: faultText(language, verified.fault) }), count, text(say(language, "verify.do"))],
  };
}

/** A line a matter, and one for the people by their ids. */
function erasedLines(language: Language, listed: readonly Pick<Erasure, "what">[]): readonly Block[] {
  const of = Map.groupBy(listed, ({ what }) => (what.kind === "text" ? what.stream : ""));
  return [...of].map(([key, some]) => {
    const names = some.map(({ what }) => (what.kind === "text" ? `${what.path} (${what.eventId})` : what.person)).join(", ");
    return text(key === "" ? say(language, "verify.erased-people", { names }) : say(language, "verify.erased-of", { key, names }));
  });
}

function faultText(language: Language, fault: Extract<Verified, { ok: false }>["fault"]): string {
  switch (fault.kind) {
    case "row":
      return say(language, "verify.row", { position: fault.position, column: fault.column });
    case "order":
    case "missing-row":
      return say(language, `verify.${fault.kind}`, { position: fault.position });
    case "head-missing":
      return say(language, "verify.head-missing", { head: fault.head });
    case "guard-missing":
      return say(language, "verify.guard-missing", { guard: fault.guard });
  }
}

export interface ImportResult {
  readonly registered: readonly string[];
  readonly updated: readonly string[];
  readonly unchanged: readonly string[];
  readonly drafts: readonly { readonly ref: string; readonly missing: readonly string[] }[];
  /** What can be, and is more often a mistake, of what was new: the sentence is in the reader's language already. */
  readonly warnings?: readonly { readonly ref: string; readonly item?: string; readonly fine?: string; readonly text: string }[];
  readonly unwatched: number;
}

/** What an import has changed, which matters are drafts and what they wait for. */
export function importCard(language: Language, result: ImportResult): Card {
  const { registered, updated, unchanged, drafts, unwatched } = result;
  const blocks: Block[] = [];
  for (const [key, refs] of [
    ["import.registered", registered],
    ["import.updated", updated],
    ["import.unchanged", unchanged],
  ] as const) {
    if (refs.length > 0)
      blocks.push({ kind: "rows", heading: [{ bold: say(language, key, { n: refs.length }) }], rows: refs.map((ref) => [[ref]]) });
  }
  if (drafts.length > 0) {
    const rows = drafts.map(({ ref, missing }): readonly Text[] => [
      [ref],
      [say(language, "import.draft", { missing: missingList(language, missing) })],
    ]);
    blocks.push({ kind: "rows", heading: [{ bold: say(language, "import.drafts", { n: drafts.length }) }], rows });
  }
  const { warnings = [] } = result;
  if (warnings.length > 0) {
    const rows = warnings.map(({ ref, item, fine, text: said }): readonly Text[] => [[ref], [item ?? fine ?? ""], [said]]);
    blocks.push({ kind: "rows", heading: [{ bold: say(language, "import.warnings", { n: warnings.length }) }], rows });
  }
  if (unwatched > 0) blocks.push(text(say(language, "import.unwatched", { n: unwatched })));
  const counts = { registered: registered.length, updated: updated.length, unchanged: unchanged.length };
  return { title: say(language, "import.title", counts), tone: "calm", blocks };
}

/** The end of a time limit that belongs to no matter. */
export function deadlineCard(language: Language, expiry: Day, time: string | null, steps: readonly Step[]): Card {
  const title = say(language, "deadline.title", { day: expiry, time: clockText(language, time ?? "24:00") });
  return { title, tone: "calm", blocks: [stepRows(language, steps), note(say(language, "card.not-advice"))] };
}

/** What a daily penalty comes to that belongs to no matter. */
export function accrueCard(
  language: Language,
  { per, units }: { readonly per: string; readonly units: number },
  theoretical: Money | null,
  capReached: Day | null,
  steps: readonly Step[],
): Card {
  const count = countText(language, per, units);
  const title =
    theoretical === null ? say(language, "accrue.title-no-sum", { count }) : say(language, "accrue.title", { count, sum: theoretical });
  const blocks: Block[] = capReached === null ? [] : [text(say(language, "accrue.cap", { day: capReached }))];
  if (steps.length > 0) blocks.push(stepRows(language, steps));
  return { title, tone: "calm", blocks: [...blocks, note(say(language, "card.not-advice"))] };
}

/** Everything that is wrong, each with its file and line. `text` is a sentence already (problemText). */
export function problemsCard(
  language: Language,
  problems: readonly { readonly file: string | null; readonly line: number | null; readonly text: string }[],
): Card {
  const rows = problems.map(({ file, line, text }): readonly Text[] => {
    const place = file === null ? null : say(language, "problems.place", { file, line: line === null ? null : String(line) });
    return place === null ? [[text]] : [[{ bold: place }], [text]];
  });
  return { title: say(language, "problems.title", { n: problems.length }), tone: "calm", blocks: [{ kind: "rows", heading: [], rows }] };
}

/** One sentence. */
export function plainCard(language: Language, key: Key, args: SaidArgs = {}): Card {
  return { title: say(language, key, args), tone: "calm", blocks: [] };
}

/** What was recorded, and where the matter stands now. */
export function recordedCard(
  language: Language,
  standing: Standing,
  recorded: RecordedEvent,
  today: Day,
  read: Pick<MatterCardOptions, "now" | "readerZone"> = {},
): Card {
  const card = matterCard(language, standing, today, read);
  const what = say(language, "utterance.event", { day: recorded.event.on, text: eventText(language, recorded.event, standing) });
  const head = [text({ bold: capitalise(what) }), note(say(language, "recorded.id", { id: recorded.id })), text(card.title)];
  return { title: say(language, "recorded.title", { ref: standing.facts.ref }), tone: card.tone, blocks: [...head, ...card.blocks] };
}
