import type { Broken } from "../../clause.ts";
import type { LedgerSubject } from "../../ledger.ts";

export default {
  breaks: "an event id stands once in its stream",
  of: (subject) => ({
    ...subject,
    ledger: {
      ...subject.ledger,
      append: (streams, stamp, ...more) =>
        subject.ledger.append(streams, stamp, ...more).catch(() => {
          const renamed = streams.map((one) => ({
            ...one,
            entries: one.entries.map((entry) => ({ ...entry, eventId: `${entry.eventId} again` })),
          }));
          return subject.ledger.append(renamed, stamp);
        }),
    },
  }),
} satisfies Broken<LedgerSubject>;
