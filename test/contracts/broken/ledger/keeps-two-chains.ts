import { openStore } from "../../../../adapters/store/sql/open.ts";
import type { Broken } from "../../clause.ts";
import type { LedgerSubject } from "../../ledger.ts";
export default {
  breaks: "two writers at once make one chain",
  of: (subject) => ({
    ...subject,
    another: async () => (await openStore({ url: "sqlite::memory:" })).ledger,
  }),
} satisfies Broken<LedgerSubject>;
