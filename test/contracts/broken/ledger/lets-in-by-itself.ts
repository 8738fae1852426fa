import type { Broken } from "../../clause.ts";
import type { LedgerSubject } from "../../ledger.ts";

export default {
  breaks: "who is let in by an append is let in with it: not by one that is refused, or given once more, and not where it is torn",
  of: (subject) => ({
    ...subject,
    ledger: {
      ...subject.ledger,
      async append(streams, stamp, admissions = []) {
        const held = (await Promise.all(streams.map(({ stream }) => subject.ledger.read(stream)))).map((rows) => rows.length);
        const mayGo = streams.every(({ expectedVersion }, index) => expectedVersion === held[index]);
        // Looked at before, and written first.
        if (mayGo && admissions.length > 0) await subject.access.admit(admissions);
        return subject.ledger.append(streams, stamp);
      },
    },
  }),
} satisfies Broken<LedgerSubject>;
