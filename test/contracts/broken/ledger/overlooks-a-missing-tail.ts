import type { Broken } from "../../clause.ts";
import type { LedgerSubject } from "../../ledger.ts";
import { blind } from "./blind.ts";
export default {
  breaks: "verify finds that a posted head is missing, and knows every head that is not",
  of: (subject) => blind(subject, (fault) => fault.kind === "head-missing"),
} satisfies Broken<LedgerSubject>;
