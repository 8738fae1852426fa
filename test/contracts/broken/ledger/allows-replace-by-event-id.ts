import type { Broken } from "../../clause.ts";
import type { LedgerSubject } from "../../ledger.ts";
import { without } from "./without.ts";
export default {
  breaks: "a REPLACE by event id is refused by the database",
  of: (subject) => without(subject, "ledger_next_only", "replace by event id"),
} satisfies Broken<LedgerSubject>;
