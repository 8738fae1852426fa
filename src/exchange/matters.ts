import type { Matter } from "../matter/history.ts";

/** The register as a matter file: what it holds, with the ids of its events, ready to be imported again. */
export function exportMatters(matters: readonly Matter[]): { readonly matters: readonly object[] } {
  return {
    matters: matters.map(({ facts, events }) => {
      const inOrder = events.toSorted((a, b) => (a.event.on === b.event.on ? a.order - b.order : a.event.on < b.event.on ? -1 : 1));
      return { ...facts, ...(events.length === 0 ? {} : { events: inOrder.map(({ id, event }) => ({ ...event, id })) }) };
    }),
  };
}
