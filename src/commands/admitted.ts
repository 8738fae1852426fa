import { nameApart } from "../alerts/names.ts";
import type { Matter } from "../matter/history.ts";
import { visibilityOf } from "../matter/sight.ts";
import type { Context } from "./command.ts";

/** The names of those who are let in on a restricted matter; an erased one stays an id. Null where it is not restricted. */
export async function admittedTo(matter: Matter, { store }: Context): Promise<readonly string[] | null> {
  if (visibilityOf(matter) !== "restricted") return null;
  const names: string[] = [];
  for (const id of (await store.access.admitted()).get(matter.key) ?? []) {
    const name = await nameApart(id, store.people);
    names.push(name === id ? id : `@${name.replace(/^@/, "")}`);
  }
  return names.sort();
}

/** What --json prints of it. */
export function admittedJson(matter: Matter, admitted: readonly string[] | null) {
  return { visibility: visibilityOf(matter), ...(admitted === null ? {} : { admitted }) };
}
