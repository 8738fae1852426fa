import type { Broken } from "../../clause.ts";
import type { LedgerSubject } from "../../ledger.ts";
import { blind } from "./blind.ts";
export default {
  breaks: "verify finds a missing row",
  of: (subject) => blind(subject, (fault) => fault.kind === "missing-row"),
} satisfies Broken<LedgerSubject>;
