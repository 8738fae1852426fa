import type { Broken } from "../../clause.ts";
import type { LedgerSubject } from "../../ledger.ts";

export default {
  breaks: "what is appended is read back as it went in",
  of: (subject) => ({
    ...subject,
    ledger: {
      ...subject.ledger,
      read: async (stream) => (await subject.ledger.read(stream)).map((row) => ({ ...row, texts: {} })),
    },
  }),
} satisfies Broken<LedgerSubject>;
