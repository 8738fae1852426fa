import type { Broken } from "../../clause.ts";
import type { LedgerSubject } from "../../ledger.ts";

export default {
  breaks: "a stream that has moved on refuses, tells its version and writes nothing",
  of: (subject) => ({
    ...subject,
    ledger: {
      ...subject.ledger,
      async append(streams, stamp, ...more) {
        const appended = await subject.ledger.append(streams, stamp, ...more);
        if (appended.ok || "erased" in appended || streams.length > 1) return appended;
        return subject.ledger.append([{ ...streams[0]!, expectedVersion: appended.actualVersion }], stamp);
      },
    },
  }),
} satisfies Broken<LedgerSubject>;
