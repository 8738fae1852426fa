import { createHash } from "node:crypto";

/** A text by 22 characters, for a key or a comparison: nothing of it can be read in them. */
export function shortDigest(text: string): string {
  return createHash("sha256").update(text).digest("base64url").slice(0, 22);
}

/** The same for the same members, in whichever order they come. */
export function digestOfMembers(members: readonly (readonly [string, unknown])[]): string {
  return shortDigest(JSON.stringify(members.toSorted(([one], [other]) => (one < other ? -1 : 1))));
}
