import type { Broken } from "../../clause.ts";
import type { LedgerSubject } from "../../ledger.ts";
import { rowByRow } from "./row-by-row.ts";
export default {
  breaks: "a torn last write leaves whole appends only",
  of: (subject) => ({ ...subject, ledger: rowByRow(subject.ledger) }),
} satisfies Broken<LedgerSubject>;
