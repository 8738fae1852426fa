import type { Privacy } from "../../../../src/ports/privacy.ts";
import type { Broken } from "../../clause.ts";
import type { PrivacySubject } from "../../privacy.ts";
import type { Parts } from "../../privacy-fixtures.ts";
import { permissive } from "./append-only.ts";

function brokenParts(breaks: string, change: (held: Parts) => Partial<Parts>): Broken<PrivacySubject> {
  const changed = (held: Parts): Parts => ({ ...held, ...change(held) });
  return {
    breaks,
    of: (subject) => ({
      ...subject,
      ...changed(subject),
      reopen: async () => changed(await subject.reopen()),
      another: async () => changed(await subject.another()),
      copy: async () => changed(await subject.copy()),
      stranger: async () => changed(await subject.stranger()),
    }),
  };
}

function broken(breaks: string, change: (held: Privacy, parts: Parts) => Partial<Privacy>): Broken<PrivacySubject> {
  return brokenParts(breaks, (parts) => ({ privacy: { ...parts.privacy, ...change(parts.privacy, parts) } }));
}

/** Keepers of erasures and holds that each do one thing wrongly. */
export const brokenPrivacy: readonly Broken<PrivacySubject>[] = [
  // Says that it was erased, and keeps what it read before.
  brokenParts("a text that is erased is gone and named, the others stay, and the chain stands, after a restart too", ({ ledger }) => ({
    ledger: {
      ...ledger,
      read: async (stream) => (await ledger.read(stream)).map((row) => (row.eventId === "e3" ? { ...row, erased: [] } : row)),
    },
  })),
  // Remembers names.
  brokenParts("a person who is erased is known no more, and is met anew under another id", ({ people }) => {
    const first = new Map<string, string>();
    return {
      people: {
        ...people,
        async idOf(ref, name) {
          const id = first.get(ref) ?? (await people.idOf(ref, name));
          first.set(ref, id);
          return id;
        },
      },
    };
  }),
  broken("each erasure is told as it was asked for, with the row in which the text stood, the oldest first", (held) => ({
    erasures: async () => (await held.erasures()).toSorted((one, other) => (one.at < other.at ? -1 : one.at > other.at ? 1 : 0)),
  })),
  broken("what is erased already, named twice or not there is no new erasure", (held) => ({
    async erase(what, by, at, because) {
      const done = await held.erase(what, by, at, because);
      const isUnknown = what.some((one) => one.kind === "person" && one.person === "p9");
      return isUnknown ? { erased: [{ what: what.at(-1)!, row: null, by, at, because }] } : done;
    },
  })),
  {
    breaks: "nothing of what was erased is left in the files, however it came there",
    of: (subject) => {
      let hasErased = false;
      const { privacy } = subject;
      return {
        ...subject,
        privacy: {
          ...privacy,
          async erase(...asked) {
            hasErased = true;
            return privacy.erase(...asked);
          },
        },
        holds: async (text) => hasErased || subject.holds(text),
      };
    },
  },
  broken("what has come back with a copy is erased again, counted and noted once", (held) => ({
    async apply(erasures) {
      const went = await held.apply(erasures);
      return went === 0 ? 0 : erasures.length - 1;
    },
  })),
  // Goes by the event's name alone.
  broken("what stands elsewhere in another register is left alone there", (held, { ledger }) => ({
    async apply(erasures) {
      const rows = await ledger.readAll(0, 10);
      const here = erasures.map((one) => {
        const { what } = one;
        const row =
          what.kind === "person" ? rows[0] : rows.find(({ stream, eventId }) => stream === what.stream && eventId === what.eventId);
        return { ...one, row: row?.hash ?? null };
      });
      return held.apply(here);
    },
  })),
  broken("the version grows with each erasure, over every connection, and with nothing else", (held) => ({
    version: async () => (await held.version()) + (await held.holds()).size,
  })),
  broken("the last word on each matter says whether it is held, and by whom and since when", (held) => ({
    async holds() {
      const holds = [...(await held.holds())].map(([stream, hold]) => [stream, stream === "beta" ? { ...hold, by: "p7" } : hold] as const);
      return new Map(holds);
    },
  })),
  // Erases what it may, and refuses the rest.
  broken("a text of a held matter is refused, and nothing that was asked for with it is erased", (held) => ({
    async erase(what, by, at, because) {
      const done = await held.erase(what, by, at, because);
      if ("held" in done && what.some(({ kind }) => kind === "text")) {
        const allowed = what.filter((one) => one.kind === "person" || !done.held.includes(one.stream));
        await held.erase(allowed, by, at, because);
      }
      return done;
    },
  })),
  broken("a matter that was released can be erased from again", (held) => {
    const ever = new Set<string>();
    return {
      async hold(hold) {
        if (hold.held) ever.add(hold.stream);
        await held.hold(hold);
      },
      async erase(what, ...rest) {
        const once = what.flatMap((one) => (one.kind === "text" && ever.has(one.stream) ? [one.stream] : []));
        return once.length > 0 ? { held: once } : held.erase(what, ...rest);
      },
    };
  }),
  broken("a person who had a hand in a held matter is refused, and others are not", (held) => ({
    async erase(what, by, at, because) {
      const holds = await held.holds();
      return holds.has("held") ? { held: ["held"] } : held.erase(what, by, at, because);
    },
  })),
  ...permissive<PrivacySubject>(["erasures", "holds"]),
];
