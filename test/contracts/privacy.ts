import { type AppendOnly, refusals } from "./append-only.ts";
import { type Clause, type Closable, contract } from "./clause.ts";
import { minute } from "./delivery-fixtures.ts";
import { fill } from "./ledger-fixtures.ts";
import { PRIVACY_ERASE_CLAUSES } from "./privacy-erase.ts";
import type { Parts } from "./privacy-fixtures.ts";
import { PRIVACY_HOLD_CLAUSES } from "./privacy-hold.ts";

export interface PrivacySubject extends Closable, Parts, AppendOnly<"erasures" | "holds"> {
  /** Closes it and opens it again. */
  reopen(): Promise<Parts>;
  /** The same over a second connection. */
  another(): Promise<Parts>;
  /** A consistent copy as it is now, opened. */
  copy(): Promise<Parts>;
  /** Another register, without anything. */
  stranger(): Promise<Parts>;
  /** Whether the bytes stand anywhere in its files. */
  holds(text: string): Promise<boolean>;
}

/** What every keeper of erasures and holds must do: see src/ports/privacy.ts. */
export const PRIVACY_CLAUSES: readonly Clause<PrivacySubject>[] = [
  ...PRIVACY_ERASE_CLAUSES,
  ...PRIVACY_HOLD_CLAUSES,
  ...refusals<PrivacySubject>(["erasures", "holds"], async ({ privacy, ledger }) => {
    await fill(ledger);
    await privacy.erase([{ kind: "text", stream: "alpha", eventId: "e1", path: "respondent" }], "p1", minute(0), "request");
    await privacy.hold({ stream: "beta", held: true, by: "p1", at: minute(0) });
    return async () => [await privacy.erasures(), await privacy.holds()];
  }),
];

/** Declares one test a clause. */
export function privacyContract(name: string, open: () => Promise<PrivacySubject>): void {
  contract(`the privacy contract: ${name}`, PRIVACY_CLAUSES, open);
}
