import type { RecordedEvent } from "../matter/events.ts";
import type { Standing } from "../matter/standing-types.ts";
import type { Card, Span, Text } from "../ports/card.ts";
import type { Json } from "../ports/ledger.ts";
import type { TrailAction } from "../ports/trail.ts";
import type { Instant, Zone } from "../time/instant.ts";
import type { Language } from "../time/wording.ts";
import { auditDetails, personText } from "./audit-details.ts";
import { eventText } from "./event-words.ts";
import { momentText } from "./moments.ts";
import { say } from "./say.ts";
import { placeSpan, sayText } from "./say-text.ts";

/** One thing that somebody did. */
export interface AuditEntry {
  readonly at: Instant;
  /** An opaque person id; empty where nobody is known. */
  readonly by: string;
  /** Null where the name was erased. */
  readonly name: string | null;
  readonly action: TrailAction | "registered";
  /** A place, or the adapter alone for a person's own conversation; null where it was not noted. */
  readonly from: string | null;
  readonly verb: string | null;
  /** What was recorded. */
  readonly event: RecordedEvent | null;
  /** An opaque person id, and their name; null where it was erased. */
  readonly approvedById?: string;
  readonly approvedBy?: string | null;
  /** The name of the person whom it was about, by `detail.person`. */
  readonly personName?: string | null;
  readonly detail: { readonly [key: string]: Json };
  /** The matter's key, in the audit of a desk; null where it was about none. */
  readonly stream?: string | null;
}

/** So many are shown at once; a script is told of all. */
const SHOWN = 50;

/** Who did what, when and from where. Of a matter its last entries are shown, of a desk the newest. */
export function auditCard(
  language: Language,
  about: { readonly ref: string; readonly standing: Standing } | null,
  entries: readonly AuditEntry[],
  zone: Zone,
): Card {
  const shown = about === null ? entries.slice(0, SHOWN) : entries.slice(-SHOWN);
  const rows = shown.map((entry): readonly Text[] => {
    const name = personText(language, entry.name, entry.by);
    const details = auditDetails(language, entry);
    const from = entry.from === null ? [] : [sayText(language, "audit.from", {}, { from: placeOrAdapter(entry.from) })];
    const { approvedById: approver, approvedBy = null } = entry;
    const approved =
      approver === undefined ? [] : [[say(language, "audit.approved", { name: personText(language, approvedBy, approver) })]];
    return [
      [{ bold: say(language, "audit.by", { name, at: momentText(language, zone, entry.at) }) }],
      ...(entry.stream == null ? [] : [[entry.stream]]),
      [actionText(language, entry, about?.standing ?? null)],
      ...details,
      ...approved,
      ...from,
    ];
  });
  const total = entries.length;
  const heading =
    shown.length < total ? say(language, "audit.shown", { n: shown.length, total }) : say(language, "audit.heading", { n: total });
  const title = about === null ? say(language, "audit.desk-title") : say(language, "audit.title", { ref: about.ref });
  return { title, tone: "calm", blocks: [{ kind: "rows", heading: [heading], rows }] };
}

/** The adapter alone is no place. */
function placeOrAdapter(from: string): Span {
  return from.includes(":") ? placeSpan(from) : from;
}

function actionText(language: Language, { action, event, verb, detail }: AuditEntry, standing: Standing | null): string {
  if (event !== null && standing !== null) return `${event.id} · ${eventText(language, event.event, standing)}`;
  if (action === "snoozed")
    return detail.until == null
      ? say(language, "audit.action.lifted")
      : say(language, "audit.action.snoozed", { until: String(detail.until) });
  if (action === "declined" && detail.withdrawn === true) return say(language, "audit.action.withdrawn");
  if (action === "erased" && detail.person !== undefined) return say(language, "audit.action.erased-person");
  return say(language, `audit.action.${action}`, { verb });
}
