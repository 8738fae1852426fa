import type { Broken } from "../../clause.ts";
import type { LedgerSubject } from "../../ledger.ts";

export default {
  breaks: "pages follow one another without a gap or a repeat",
  of: (subject) => ({
    ...subject,
    ledger: { ...subject.ledger, readAll: (_after, limit) => subject.ledger.readAll(0, limit) },
  }),
} satisfies Broken<LedgerSubject>;
