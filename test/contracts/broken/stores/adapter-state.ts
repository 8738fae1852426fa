import type { AdapterState } from "../../../../src/ports/chat.ts";
import type { AdapterStateSubject } from "../../adapter-state.ts";
import type { Broken } from "../../clause.ts";

/** One whose states are changed wherever they are opened. */
function broken(breaks: string, change: (held: AdapterState) => Partial<AdapterState>): Broken<AdapterStateSubject> {
  const changed =
    (open: AdapterStateSubject["of"]): AdapterStateSubject["of"] =>
    async (desk, adapter) => {
      const held = await open(desk, adapter);
      const plain: AdapterState = {
        get: (key) => held.get(key),
        set: (key, value, milliseconds) => held.set(key, value, milliseconds),
        add: (key, milliseconds) => held.add(key, milliseconds),
        delete: (key) => held.delete(key),
      };
      return { ...plain, ...change(held) };
    };
  return {
    breaks,
    of: (subject) => ({ ...subject, of: changed(subject.of), another: async () => changed(await subject.another()) }),
  };
}

/** States that each do one thing wrongly. */
export const brokenStates: readonly Broken<AdapterStateSubject>[] = [
  // Looks first, and writes then.
  broken("of many who add the same key at once, in two processes, one is the first", (held) => ({
    async add(key, milliseconds) {
      // What has expired is told apart as it should be.
      if (key !== "added" && key !== "set" && (await held.get(key)) === undefined) {
        await held.set(key, true, milliseconds);
        return true;
      }
      return held.add(key, milliseconds);
    },
  })),
  broken("what was added is there, and true", (held) => ({
    get: async (key) => ((await held.get(key)) === true ? 1 : held.get(key)),
  })),
  broken("what was set is not added, and stays as it was", (held) => ({
    async add(key, milliseconds) {
      const before = await held.get(key);
      if (before !== undefined && before !== true) await held.set(key, true, milliseconds);
      return held.add(key, milliseconds);
    },
  })),
  broken("what was taken away can be added again", (held) => ({
    async delete(key) {
      await held.set(key, true);
      return true;
    },
  })),
  // Keeps it for good.
  broken("what has expired is gone, and can be added again by one", (held) => ({
    add: (key) => held.add(key),
  })),
  {
    breaks: "the same key of another desk, and of another adapter, is another one",
    of: (subject) => ({
      ...subject,
      of: () => subject.of("main", "slack"),
      another: async () => {
        const other = await subject.another();
        return () => other("main", "slack");
      },
    }),
  },
];
