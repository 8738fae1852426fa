import type { Broken } from "../../clause.ts";
import type { LeadSubject } from "../../lead.ts";

/** Stores that each hand on the lead wrongly. */
export const brokenLeads: readonly Broken<LeadSubject>[] = [
  {
    breaks: "the first that asks leads, and still does when it asks again",
    of(subject) {
      let asked = 0;
      const lead = async () => (await subject.store.lead()) && ++asked === 1;
      return { ...subject, store: { ...subject.store, lead } };
    },
  },
  {
    // Gives in to one that asks again.
    breaks: "no other leads while one does",
    of: (subject) => ({
      ...subject,
      async another() {
        const other = await subject.another();
        let asked = 0;
        return { ...other, lead: async () => (await other.lead()) || ++asked > 1 };
      },
    }),
  },
  {
    breaks: "one that never led gives nothing away when it closes",
    of: (subject) => ({
      ...subject,
      async another() {
        const other = await subject.another();
        return {
          ...other,
          async close() {
            await other.close();
            await subject.store.close();
          },
        };
      },
    }),
  },
  {
    breaks: "the lead is free when its store is closed",
    of: (subject) => ({ ...subject, store: { ...subject.store, close: async () => undefined } }),
  },
  {
    // As a mark in a file would, which nobody takes away.
    breaks: "the lead of a process that is killed is free at once",
    of: (subject) => ({
      ...subject,
      async leader() {
        await subject.leader();
        return async () => undefined;
      },
    }),
  },
];
