import type { Broken } from "../../clause.ts";
import type { LedgerSubject } from "../../ledger.ts";

export default {
  breaks: "positions count over the chain and versions within a stream",
  of: (subject) => ({
    ...subject,
    ledger: {
      ...subject.ledger,
      readAll: async (after, limit) => (await subject.ledger.readAll(after, limit)).map((row) => ({ ...row, version: row.position })),
    },
  }),
} satisfies Broken<LedgerSubject>;
