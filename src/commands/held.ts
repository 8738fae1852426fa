import { type Refusal, refuse } from "../law/finding.ts";
import type { Context } from "./command.ts";
import { nameOf } from "./find.ts";

/** Why nothing was erased: the held matters, those by name that are in sight, the others by their number alone. */
export async function heldRefusal(keys: readonly string[], { register }: Context): Promise<Refusal> {
  const seen = (await register.some(keys)).map(nameOf);
  return refuse("erase-held", { ...(seen.length > 0 ? { held: seen } : {}), more: keys.length - seen.length });
}
