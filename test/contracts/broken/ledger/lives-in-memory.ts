import { openStore } from "../../../../adapters/store/sql/open.ts";
import type { Broken } from "../../clause.ts";
import type { LedgerSubject } from "../../ledger.ts";
export default {
  breaks: "what was appended is there after a restart",
  of: (subject) => ({
    ...subject,
    async reopen() {
      await subject.reopen();
      return (await openStore({ url: "sqlite::memory:" })).ledger;
    },
  }),
} satisfies Broken<LedgerSubject>;
