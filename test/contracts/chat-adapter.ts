import { describe, expect, test } from "vitest";
import { CLAUSES } from "./chat-clauses.ts";
import type { ChatHarness } from "./chat-harness.ts";

export { type ChatHarness, type Fault, THROTTLE_SECONDS } from "./chat-harness.ts";

/** Why an implementation need not keep a clause; printed with the skipped test. */
export type Exemptions = Readonly<Record<string, string>>;

/** Declares one test for each clause of the port. */
export function chatAdapterContract(name: string, open: () => Promise<ChatHarness>, exemptions: Exemptions = {}): void {
  describe(`${name} keeps the contract of a chat adapter`, () => {
    test("its exemptions name clauses of the contract", () => {
      expect(Object.keys(exemptions).filter((exempt) => !CLAUSES.some(({ clause }) => clause === exempt))).toEqual([]);
    });
    for (const { clause, run } of CLAUSES) {
      const reason = exemptions[clause];
      if (reason === undefined) test(clause, () => run(open));
      else test.skip(`${clause} (exempt: ${reason})`, () => {});
    }
  });
}
