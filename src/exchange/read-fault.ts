import type { Arg } from "../law/finding.ts";
import type { ChangedNumber } from "./kept-number.ts";

/** Why a file cannot be read as what its name says, and where: `fault` is the name of the sentence. */
export interface ReadFault {
  readonly code: "file-not-yaml" | "file-not-json" | "file-aliases";
  readonly args: Readonly<Record<string, Arg>>;
  readonly line: number | null;
}

/** What a reader would drop or change without a word, though the text can be read. */
export type Lost =
  | { readonly fault: "read-key-twice"; readonly key: string }
  | ({ readonly fault: "read-number-changed" } & ChangedNumber)
  | { readonly fault: "read-half-character" };
