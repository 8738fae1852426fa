import type { Broken } from "../../clause.ts";
import type { LedgerSubject } from "../../ledger.ts";

export default {
  breaks: "several streams are read together as each alone, and those that are not there are left out",
  of: (subject) => ({
    ...subject,
    ledger: { ...subject.ledger, readEach: async (streams) => (streams.length === 0 ? [] : subject.ledger.read(streams[0]!)) },
  }),
} satisfies Broken<LedgerSubject>;
