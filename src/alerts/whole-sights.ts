import { WHOLE_SIGHT } from "../matter/sight.ts";
import { USUAL_POLICY } from "../ports/access.ts";
import type { AdapterState } from "../ports/chat.ts";
import type { SightHost } from "./sight-book.ts";

/** Where nobody else reads, such as in a rehearsal: everything is seen, and nothing has to be kept. */
export function wholeSights(seen: AdapterState): Pick<SightHost, "sights" | "access" | "seen"> {
  return {
    sights: {
      ofPerson: async () => ({ role: "admin", kind: "member", id: null, sight: WHOLE_SIGHT }),
      ofPlace: async () => WHOLE_SIGHT,
      placeOf: async () => ({ audience: { kind: "internal" }, confirmation: null }),
      admittedTo: async () => [],
      policy: async () => USUAL_POLICY,
      changed: () => undefined,
      turnOf: () => 0,
      admins: [],
    },
    access: { version: async () => 0, admitted: async () => new Map(), admissions: async () => [], confirmations: async () => new Map() },
    seen,
  };
}
