import type { Attempt, LedgerSubject } from "../../ledger.ts";

/** A database that lacks one guard when one thing is tried on it. */
export function without(subject: LedgerSubject, guard: string, what: Attempt): LedgerSubject {
  return {
    ...subject,
    hands: {
      ...subject.hands,
      async attempt(tried, position) {
        if (tried !== what) return subject.hands.attempt(tried, position);
        const rearm = await subject.hands.disarm(guard, "gone");
        try {
          await subject.hands.attempt(tried, position);
        } finally {
          await rearm();
        }
      },
    },
  };
}
