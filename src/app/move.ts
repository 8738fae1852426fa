import { STORE } from "../../adapters/index.ts";
import type { Moved } from "../commands/terminal.ts";
import { isDatabaseAddress } from "./config.ts";
import { addressOf } from "./database.ts";
import { progress, sentence, type TerminalOptions } from "./files.ts";

/** Moves a register from one address to another; the configured one stands where none is said. */
export async function move(typedFrom: string | undefined, typedTo: string | undefined, options: TerminalOptions): Promise<Moved> {
  if (typedFrom === undefined && typedTo === undefined) return { code: "move-nothing", args: {} };
  const { database, folder } = options;
  for (const [name, typed] of [
    ["from", typedFrom],
    ["to", typedTo],
  ] as const) {
    // What was typed may hold a password.
    if (typed !== undefined && !isDatabaseAddress(typed)) return { code: "move-address", args: { name } };
  }
  const [from, to] = [addressOf(typedFrom ?? database, folder), addressOf(typedTo ?? database, folder)];
  let isBegun = false;
  const begun = () => {
    isBegun = true;
  };
  try {
    const { rows, desks } = await STORE.move({ from, to, progress, begun });
    return { from: STORE.nameOf(from), to: STORE.nameOf(to), rows, desks };
  } catch (error) {
    if (isRefused(error)) return { code: error.code, args: error.args };
    return { code: isBegun ? "move-failed" : "move-not-begun", args: { detail: sentence(error) } };
  }
}

/** Whether a register cannot be opened because a restore into it broke off, which the same restore goes on with. */
export function isHalfRestored(error: unknown): boolean {
  return error instanceof Error && error.name === "UnfinishedCopy" && "work" in error && error.work === "restore";
}

/** What the store says with a code of ours, to be put in words. */
export function isRefused(
  error: unknown,
): error is Error & { readonly code: string; readonly args: Readonly<Record<string, string | number>> } {
  return error instanceof Error && "args" in error && "code" in error && String(error.code).startsWith("move-");
}
