import { type AuditEntry, auditCard } from "../../cards/audit-card.ts";
import { type Refusal, refuse } from "../../law/finding.ts";
import { standingNow } from "../../matter/standing.ts";
import { auditOf, auditOfDesk } from "../audit.ts";
import type { Command, Context } from "../command.ts";
import { findMatter, nameOf, todayOf, withPeople } from "../find.ts";
import { eventJson } from "../json.ts";
import { lackingFor } from "../permission.ts";
import { meetMentioned, PLACE } from "../person-or-place.ts";

/** Of the desk so many are told. */
const LATEST = 200;

/** Who looked, acknowledged, changed, approved and exported: of a matter in sight, or the latest of the desk. */
export const audit: Command = {
  verb: "audit",
  summary: "help.audit",
  group: "ask",
  access: "reads",
  // Of the whole desk administrators alone are told.
  who: "approver",
  private: true,
  positionals: [{ name: "ref", kind: "matter" }],
  options: [{ name: "person", kind: "text", offers: "person" }],
  form: null,
  examples: ["audit SAN-2023-018", "audit", "audit --person @ana"],
  async run(values, context) {
    const { language, zone } = context;
    const named = values.ref as string | undefined;
    const lacking = named === undefined ? await lackingFor("audit", "admin", context) : null;
    if (lacking !== null) return lacking;
    const people = values.person === undefined ? null : await idsOf(values.person as string, context);
    if (people !== null && "refused" in people) return people;
    if (named === undefined) {
      const entries = await auditOfDesk(LATEST, people, context);
      return { cards: [auditCard(language, null, entries, zone)], json: { entries: entries.map(entryJson) } };
    }
    const matter = await findMatter(named, context);
    if ("refused" in matter) return matter;
    const entries = (await auditOf(matter, context)).filter(({ by }) => people === null || people.includes(by));
    const standing = await withPeople(standingNow(matter, todayOf(matter, context)), matter, context);
    const ref = nameOf(matter);
    return { cards: [auditCard(language, { ref, standing }, entries, standing.zone)], json: { ref, entries: entries.map(entryJson) } };
  },
};

export function entryJson({ at, by, name, action, from, verb, event, approvedBy, approvedById, detail, personName, stream }: AuditEntry) {
  return {
    at,
    by: name ?? by,
    byId: by,
    action,
    ...(from === null ? {} : { from }),
    ...(verb === null ? {} : { verb }),
    ...(stream == null ? {} : { matter: stream }),
    ...(event === null ? {} : { event: eventJson(event) }),
    ...(approvedById === undefined ? {} : { approvedBy: approvedBy ?? approvedById, approvedById }),
    ...(Object.keys(detail).length === 0 ? {} : { detail: detailJson(detail, personName) }),
  };
}

function detailJson(detail: AuditEntry["detail"], personName: AuditEntry["personName"]) {
  return detail.person === undefined ? detail : { ...detail, person: personName ?? detail.person, personId: detail.person };
}

/** The opaque ids of a person: mentioned, by an id, or by the name that the desk knows. */
async function idsOf(text: string, context: Context): Promise<readonly string[] | Refusal> {
  const { people } = context.store;
  await meetMentioned(text, context);
  const name = text.trim().replace(/^@/, "");
  const known = PLACE.test(text) ? await people.known(text) : null;
  const ids = known !== null ? [known] : /^p\d+$/.test(name) ? [name] : await people.named(name);
  return ids.length === 0 ? refuse("person-unknown", { name }) : ids;
}
