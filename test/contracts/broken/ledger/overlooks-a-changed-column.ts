import type { Broken } from "../../clause.ts";
import type { LedgerSubject } from "../../ledger.ts";
import { blind } from "./blind.ts";
export default {
  breaks: "verify names a changed column",
  of: (subject) => blind(subject, (fault) => fault.kind === "row" && !fault.column.startsWith("texts.")),
} satisfies Broken<LedgerSubject>;
