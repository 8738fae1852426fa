import type { Broken } from "../../clause.ts";
import type { LedgerSubject } from "../../ledger.ts";

export default {
  breaks: "an erasure leaves verify whole and is named",
  of: (subject) => ({
    ...subject,
    ledger: {
      ...subject.ledger,
      async verify(posted, progress) {
        const told = await subject.ledger.verify(posted, progress);
        if (!told.ok) return told;
        const erased = (await subject.ledger.readAll(0, 1_000)).find((row) => row.erased.length > 0);
        if (erased === undefined) return told;
        return { ...told, ok: false, fault: { kind: "row", position: erased.position, column: "texts" } };
      },
    },
  }),
} satisfies Broken<LedgerSubject>;
