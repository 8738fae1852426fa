import { describe, test } from "vitest";

/** One demand of a contract. `run` throws where the subject does not meet it. */
export interface Clause<Subject> {
  readonly clause: string;
  run(subject: Subject): Promise<void>;
}

export interface Closable {
  close(): Promise<void>;
}

/** A subject that fails one clause and meets all others: proof that the clause can tell. */
export interface Broken<Subject> {
  readonly breaks: string;
  of(subject: Subject): Subject;
}

/** Declares one test a clause. */
export function contract<Subject extends Closable>(name: string, clauses: readonly Clause<Subject>[], open: () => Promise<Subject>): void {
  describe(name, () => {
    for (const one of clauses) {
      test(one.clause, async () => {
        const subject = await open();
        try {
          await one.run(subject);
        } finally {
          await subject.close();
        }
      });
    }
  });
}

/** The clauses that the broken subject does not meet. */
export async function failed<Subject extends Closable>(
  clauses: readonly Clause<Subject>[],
  broken: Broken<Subject>,
  open: () => Promise<Subject>,
): Promise<readonly string[]> {
  const names: string[] = [];
  for (const one of clauses) {
    const subject = await open();
    try {
      await one.run(broken.of(subject));
    } catch {
      names.push(one.clause);
    } finally {
      await subject.close();
    }
  }
  return names;
}
