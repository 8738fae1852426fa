import type { Broken } from "../../clause.ts";
import type { LedgerSubject } from "../../ledger.ts";
import { blind } from "./blind.ts";
export default {
  breaks: "verify finds a swapped pair",
  of: (subject) => blind(subject, (fault) => fault.kind === "order"),
} satisfies Broken<LedgerSubject>;
