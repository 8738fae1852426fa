import type { Broken } from "../../clause.ts";
import type { LedgerSubject } from "../../ledger.ts";
import { without } from "./without.ts";
export default {
  breaks: "a DELETE is refused by the database",
  of: (subject) => without(subject, "ledger_no_delete", "delete"),
} satisfies Broken<LedgerSubject>;
