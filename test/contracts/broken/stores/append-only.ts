import { type AppendOnly, ATTEMPTS, type AttemptOnRows, refusal } from "../../append-only.ts";
import type { Broken } from "../../clause.ts";

/** Stores whose database lets one thing pass that it must refuse. */
export function permissive<Subject extends AppendOnly<string>>(tables: readonly string[]): readonly Broken<Subject>[] {
  return tables.flatMap((table) =>
    ATTEMPTS.map((what) => ({
      breaks: refusal(table, what),
      of: (subject: Subject): Subject => ({
        ...subject,
        attempt: async (on: string, doing: string) =>
          on === table && doing === what ? undefined : subject.attempt(on, doing as AttemptOnRows),
      }),
    })),
  );
}

/** One whose part is changed wherever it is opened. */
export function changing<Part, Name extends string>(name: Name) {
  type Opening = { readonly [key in Name]: Part } & { reopen(): Promise<Part>; another(): Promise<Part> };
  return <Subject extends Opening>(breaks: string, change: (held: Part) => Partial<Part>): Broken<Subject> => {
    const changed = (held: Part): Part => ({ ...held, ...change(held) });
    return {
      breaks,
      of: (subject) => ({
        ...subject,
        [name]: changed(subject[name]),
        reopen: async () => changed(await subject.reopen()),
        another: async () => changed(await subject.another()),
      }),
    };
  };
}
