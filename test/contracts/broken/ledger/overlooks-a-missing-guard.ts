import type { Broken } from "../../clause.ts";
import type { LedgerSubject } from "../../ledger.ts";
import { blind } from "./blind.ts";
export default {
  breaks: "verify names a guard that is missing or altered",
  of: (subject) => blind(subject, (fault) => fault.kind === "guard-missing"),
} satisfies Broken<LedgerSubject>;
