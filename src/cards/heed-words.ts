import type { Standing } from "../matter/standing-types.ts";
import type { Span } from "../ports/card.ts";
import { parseDay } from "../time/day.ts";
import { dayIn, type Zone } from "../time/instant.ts";
import { type Language, wordShortDay } from "../time/wording.ts";
import type { Acknowledged, DigestLine, Utterance } from "./contents.ts";
import { insideHidden } from "./inside.ts";
import { assigneeSpan } from "./matter-card.ts";
import { isKey, say } from "./say.ts";

/** @ana, whichever way the name was typed. */
export function atName(name: string): string {
  return `@${name.replace(/^@/, "")}`;
}

/** Who did it, as those who read may know them: outside the desk, somebody of it. */
export function whoText(language: Language, name: string): string {
  return insideHidden() ? say(language, "inside.somebody") : atName(nameIn(language, name));
}

const TERMINALS = { "command line": "person.command-line", local: "person.local" } as const;

/** A name as it stands; whoever sat at the terminal is called so in the reader's language. */
export function nameIn(language: Language, name: string): string {
  return name.replace(/^(command line|local)(?=$| \(p\d+\)$)/, (own) => say(language, TERMINALS[own as keyof typeof TERMINALS]));
}

/** A stage as an acknowledgement names it: the 14-day reminder, the total of a day. One that is not known is shown as it is. */
export function stageText(language: Language, stage: string): string {
  if (/^\d+$/.test(stage)) return stage === "0" ? say(language, "stage.last-day") : say(language, "stage.days", { n: Number(stage) });
  const [name = "", rest = ""] = stage.split(" ");
  const day = parseDay(rest);
  const key = `stage.${name}`;
  return isKey(key) ? say(language, key, { day }) : stage;
}

/** What was said, by its kind and stage. */
export function messageText(language: Language, kind: string, stage: Utterance["stage"] = null): string {
  if (kind === "reminder" && stage !== null) return stageText(language, String(stage));
  const key = `message.${kind}`;
  return isKey(key) ? say(language, key) : kind;
}

/** Who has taken note, and on which day in the place's zone; or that nobody has. */
export function acknowledgedText(language: Language, acknowledged: Acknowledged | null, zone: Zone): string {
  if (acknowledged === null) return say(language, "heed.not-acknowledged");
  const { name, at } = acknowledged;
  return say(language, "heed.acknowledged", { name: whoText(language, name), day: wordShortDay(language, dayIn(zone, at)) });
}

export function snoozedText(language: Language, { until, name }: NonNullable<DigestLine["snoozed"]>): string {
  return say(language, "heed.snoozed", { day: wordShortDay(language, until), name: whoText(language, name) });
}

/** Who has the matter: its assignee, else its owner; null where nobody has. */
export function holderSpan(language: Language, standing: Standing): Span | null {
  const holder = standing.assignedTo ?? standing.ownedBy;
  return holder === null || insideHidden() ? null : assigneeSpan(language, { ...standing, assignedTo: holder }, undefined);
}

/** Who has it, who has taken note and until when it is put off, to stand behind a line: `. @ana, not acknowledged`. */
export function heedTail(language: Language, { standing, acknowledged, snoozed }: DigestLine, zone: Zone, ended: boolean): readonly Span[] {
  if (insideHidden()) return [];
  const holder = holderSpan(language, standing);
  const byHolder = acknowledged != null && typeof holder === "string" && holder === atName(acknowledged.name);
  const spans: Span[] = holder === null || byHolder ? [] : [ended ? " " : ". ", holder];
  if (acknowledged !== undefined) {
    const beside = acknowledged === null && spans.length > 0;
    spans.push(`${beside ? ", " : " · "}${acknowledgedText(language, acknowledged, zone)}`);
  }
  if (snoozed !== undefined && !snoozed.pastExpiry) spans.push(` · ${snoozedText(language, snoozed)}`);
  return spans;
}
