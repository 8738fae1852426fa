import type { Text } from "../ports/card.ts";
import type { Json } from "../ports/ledger.ts";
import type { Language } from "../time/wording.ts";
import type { AuditEntry } from "./audit-card.ts";
import { atName, nameIn, stageText } from "./heed-words.ts";
import { periodText } from "./periods.ts";
import { say } from "./say.ts";
import { placeSpan, sayText } from "./say-text.ts";

/** A person as an audit names them: a name can be taken on by somebody else, so the opaque id stands behind it. */
export function personText(language: Language, name: string | null, id: string): string {
  if (id === "") return say(language, "history.erased");
  return say(language, "audit.person", { name: name === null ? "none" : atName(nameIn(language, name)), id });
}

/** What else was noted, in words: from what to what a role was changed, which rules, how much was erased and why, how often it was refused. */
export function auditDetails(language: Language, entry: AuditEntry): readonly Text[] {
  const { action, detail } = entry;
  if (action !== "confirmed") return detailsOf(language, entry).map((said) => [said]);
  const is = say(language, "audit.internal", { is: detail.internal === true ? "yes" : "no" });
  return [sayText(language, "audit.changed", { value: is }, { what: placeSpan(String(detail.place)) })];
}

function detailsOf(language: Language, { action, detail, personName = null }: AuditEntry): readonly string[] {
  const person = typeof detail.person === "string" ? [personText(language, personName, detail.person)] : [];
  switch (action) {
    case "snoozed":
      return [];
    case "role":
      return [changed(language, person[0] ?? "", `${roleText(language, detail.before)} → ${roleText(language, detail.role)}`)];
    case "policy":
      return Object.entries(detail).map(([name, value]) => policyText(language, name, value));
    case "erased": {
      const because = typeof detail.because === "string" ? [say(language, "audit.because", { because: detail.because })] : [];
      return [...person, ...erasedText(language, detail), ...because];
    }
    case "acknowledged": {
      const { item, stage, deadline } = detail;
      return [
        [item, typeof stage === "string" ? stageText(language, stage) : null, deadline]
          .filter((one) => typeof one === "string")
          .join(" · "),
      ];
    }
    case "refused":
      return typeof detail.times === "number" ? [say(language, "audit.times", { n: detail.times })] : [];
    default:
      return [...person, ...rest(language, detail)];
  }
}

function changed(language: Language, what: string, value: string): string {
  return say(language, "audit.changed", { what, value });
}

function roleText(language: Language, role: Json | undefined): string {
  return typeof role === "string" ? say(language, "role.name", { role }) : say(language, "audit.role-of-all");
}

function policyText(language: Language, name: string, value: Json): string {
  const onOff = say(language, "policy.on-off", { is: value === true ? "on" : "off" });
  switch (name) {
    case "role":
      return changed(language, say(language, "policy.role"), value === null ? say(language, "audit.as-usual") : roleText(language, value));
    case "notes":
      return changed(language, say(language, "policy.notes"), onOff);
    case "twoPersons":
      return changed(language, say(language, "policy.two-persons"), onOff);
    case "sharedAmounts":
      return changed(language, say(language, "policy.shared-amounts"), onOff);
    case "pendingHours":
      return changed(language, say(language, "audit.pending-hours"), String(value));
    case "retain":
      return changed(
        language,
        say(language, "policy.retain"),
        typeof value === "string" ? periodText(language, value) : say(language, "policy.retain-off"),
      );
    default:
      return changed(language, name, String(value));
  }
}

function erasedText(language: Language, { texts, paths }: AuditEntry["detail"]): readonly string[] {
  if (typeof texts === "number") return [say(language, "audit.assignments", { n: texts })];
  return typeof paths === "number" ? [say(language, "audit.texts", { n: paths })] : [];
}

/** Ids of events and proposals, and whatever a later version notes. */
function rest(language: Language, detail: AuditEntry["detail"]): readonly string[] {
  const { person: _person, facts, matters, withdrawn: _withdrawn, ...others } = detail;
  const ids = Object.values(others)
    .flatMap((value) => (Array.isArray(value) ? value : [value]))
    .filter((value) => typeof value === "string" || typeof value === "number");
  return [
    ...(facts === true ? [say(language, "audit.facts")] : []),
    ...(typeof matters === "number" ? [say(language, "audit.matters", { n: matters })] : []),
    ...(ids.length === 0 ? [] : [ids.join(" · ")]),
  ];
}
