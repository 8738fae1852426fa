import type { Broken } from "../../clause.ts";
import type { LedgerSubject } from "../../ledger.ts";

export default {
  breaks: "the same command id twice is one append",
  of: (subject) => ({
    ...subject,
    ledger: {
      ...subject.ledger,
      async append(streams, stamp, ...more) {
        const appended = await subject.ledger.append(streams, stamp, ...more);
        if (!appended.ok || !appended.repeated) return appended;
        const renamed = streams.map((one) => ({ ...one, stream: `${one.stream} again` }));
        return subject.ledger.append(renamed, { ...stamp, commandId: `${stamp.commandId} again` });
      },
    },
  }),
} satisfies Broken<LedgerSubject>;
