import type { Broken } from "../../clause.ts";
import type { LedgerSubject } from "../../ledger.ts";

export default {
  breaks: "a command is known once something was recorded by it",
  of: (subject) => ({ ...subject, ledger: { ...subject.ledger, knows: async () => true } }),
} satisfies Broken<LedgerSubject>;
