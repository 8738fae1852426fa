import type { Command } from "../command.ts";
import { recordEvent } from "./events.ts";

/** The short form of the event assigned, on today's day at the authority. */
export const assign: Command = {
  verb: "assign",
  summary: "help.assign",
  group: "record",
  access: "writes",
  positionals: [
    { name: "ref", kind: "matter", required: true },
    { name: "to", kind: "literal", required: true },
    { name: "person", kind: "text", required: true, many: true, offers: "person" },
  ],
  options: [{ name: "as", kind: "choice", allowed: ["assignee", "owner"] }],
  examples: ["assign SAN-2023-018 to @ana", "assign SAN-2023-018 to me", "assign SAN-2023-018 to @ben --as owner"],
  async run(values, context) {
    const person = (values.person as readonly string[]).join(" ");
    const to = person.toLowerCase() === "me" ? context.personName : person;
    const as = values.as === "owner" ? { as: "owner" } : {};
    return recordEvent("assigned", values.ref as string, { to, ...as }, context);
  },
};
