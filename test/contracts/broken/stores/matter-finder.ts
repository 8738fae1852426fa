import type { Asked, MatterFinder } from "../../../../src/ports/matter-index.ts";

import type { Broken } from "../../clause.ts";
import type { MatterFinderSubject } from "../../matter-finder.ts";

function broken(breaks: string, change: (finder: MatterFinder) => Partial<MatterFinder>): Broken<MatterFinderSubject> {
  return { breaks, of: (subject) => ({ ...subject, finder: { ...subject.finder, ...change(subject.finder) } }) };
}

/** Finders that each do one thing wrongly. */
export const brokenFinders: readonly Broken<MatterFinderSubject>[] = [
  broken("matters are counted, up to as many as were asked for", (finder) => ({ size: () => finder.size(1_000) })),
  broken("a matter is found by its reference, whoever's it is and whomever it addresses, with its version", (finder) => ({
    named: async (refs) => (await finder.named(refs)).filter(({ stream }) => !stream.includes("/")),
  })),
  // Rows that were made anew have no name.
  {
    breaks: "a matter is found by its reference after everything was made anew",
    of(subject) {
      let isAnew = false;
      const rebuild = () => {
        isAnew = true;
        return subject.index.rebuild();
      };
      const named: MatterFinder["named"] = async (refs) => (isAnew ? [] : subject.finder.named(refs));
      return { ...subject, index: { ...subject.index, rebuild }, finder: { ...subject.finder, named } };
    },
  },
  broken("the versions of those that are there are told, and of no others", () => ({
    versions: async (streams) => streams.map((stream) => ({ stream, version: 1 })),
  })),
  broken("pages of matters follow one another in the order of their streams", (finder) => ({
    page: (_after, limit, asked) => finder.page(null, limit, asked),
  })),
  broken("who is mentioned is found by any part of the name, in the order of recording, and no more than were asked for", (finder) => ({
    mentioned: (mentions, fits) => finder.mentioned(mentions, fits, 10),
  })),
  broken("to whom it was assigned is looked for apart", (finder) => ({
    mentioned: (_mentions, fits, most) => finder.mentioned("names", fits, most),
  })),
  broken("what cannot fit is left out", (finder) => ({
    page: (after, limit, asked) => finder.page(after, limit, without(asked, "dueBy")),
  })),
  // Relies on what was told of fewer events.
  broken("what was recorded since it was told may fit", (finder) => {
    return {
      async page(after, limit, asked) {
        const all = await finder.page(after, limit, asked);
        return asked?.visibility === undefined && asked?.kind === undefined
          ? all
          : all.filter(({ stream, version }) => version < 2 || !stream.startsWith("AEPD"));
      },
    };
  }),
  broken("what may have come to pass since it was looked at may fit, and so may what other rules have told", (finder) => ({
    page: (after, limit, asked) => finder.page(after, limit, byRulesOfToday(asked)),
  })),
];

function without(asked: Asked | undefined, field: keyof Asked): Asked | undefined {
  if (asked === undefined) return undefined;
  const { [field]: _, ...rest } = asked;
  return rest as Asked;
}

/** As if it were asked by the rules by which everything was told. */
function byRulesOfToday(asked: Asked | undefined): Asked | undefined {
  return asked === undefined ? undefined : { ...asked, by: "rules of today" };
}
