import { refuse } from "../../law/finding.ts";
import type { Command } from "../command.ts";
import { recordEvent } from "../record-event.ts";

/** The card says "assigned to nobody": typed back, it would make a person of that name. */
const NOBODY: ReadonlySet<string> = new Set(["nobody", "personne"]);

/** The short form of the event assigned, on today's day at the authority. */
export const assign: Command = {
  verb: "assign",
  summary: "help.assign",
  group: "record",
  access: "writes",
  who: "editor",
  positionals: [
    { name: "ref", kind: "matter", required: true },
    { name: "to", kind: "literal", required: true },
    { name: "person", kind: "text", required: true, many: true, offers: "person" },
  ],
  options: [{ name: "as", kind: "choice", allowed: ["assignee", "owner"] }],
  examples: ["assign SAN-2023-018 to @ana", "assign SAN-2023-018 to me", "assign SAN-2023-018 to @ben --as owner"],
  async run(values, context) {
    const words = (values.person as readonly string[]).join(" ");
    // "as owner" behind the name is what the option says, and no part of the name.
    const [, named = words, role = "assignee"] = /^(.+) as (owner|assignee)$/i.exec(words) ?? [];
    if (NOBODY.has(named.toLowerCase())) return refuse("assign-nobody");
    const as = (values.as ?? role.toLowerCase()) === "owner" ? { as: "owner" } : {};
    return recordEvent("assigned", values.ref as string, { to: named, ...as }, context);
  },
};
