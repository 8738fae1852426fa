import type { Broken } from "../../clause.ts";
import type { LedgerSubject } from "../../ledger.ts";

export default {
  breaks: "all streams of an append are written, or none",
  of: (subject) => ({
    ...subject,
    ledger: {
      ...subject.ledger,
      async append(streams, stamp, ...more) {
        const appended = await subject.ledger.append(streams, stamp, ...more);
        if (appended.ok || "erased" in appended) return appended;
        const before = streams.slice(
          0,
          streams.findIndex((one) => one.stream === appended.stream),
        );
        if (before.length > 0) await subject.ledger.append(before, { ...stamp, commandId: `${stamp.commandId} in part` });
        return appended;
      },
    },
  }),
} satisfies Broken<LedgerSubject>;
