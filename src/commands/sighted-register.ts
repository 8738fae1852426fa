import { gathered } from "../alerts/gathered.ts";
import type { Change, Matters, Register } from "../alerts/register.ts";
import { refuse } from "../law/finding.ts";
import type { Matter } from "../matter/history.ts";
import { type Sight, sees } from "../matter/sight.ts";
import type { Looks } from "./looks.ts";

export interface RegisterInSight extends Register {
  /** Whether a matter was recorded through it that is out of sight: whoever recorded it sees it, and nobody else who reads the answer. */
  shownBeyond(): Promise<boolean>;
}

/**
 * The register as one asker may know it: a matter that is hidden from them is not there, in whatever way it is asked for, by the same path as
 * one that never was. What they have recorded through it themselves they see to the end of what they do. Made for each command: it holds no
 * matters of its own, and where nothing is hidden nothing is copied.
 *
 * A matter that is hidden cannot be registered a second time. That refusal is the one thing by which somebody can learn that a number is taken,
 * since two matters of one number cannot be had; it says no more than that.
 */
export function registerInSight(register: Register, sight: () => Promise<Sight>, looks: Pick<Looks, "add">): RegisterInSight {
  const own = new Set<string>();

  async function visible(): Promise<(matter: Matter) => boolean> {
    const seen = await sight();
    return (matter) => sees(seen, matter) || own.has(matter.key);
  }

  function lookedAt(matters: readonly Matter[]): readonly Matter[] {
    looks.add(matters.map(({ key }) => key));
    return matters;
  }

  return {
    async all() {
      const isSeen = await visible();
      return seenOf(await register.all(), isSeen);
    },
    async *each(sought) {
      const isSeen = await visible();
      for await (const some of register.each(sought)) yield seenOf(some, isSeen);
    },
    async *versions() {
      const [isSeen, seen] = [await visible(), await sight()];
      if (isWhole(seen)) yield* register.versions();
      // Of the desk's people, few are kept from anything.
      else if (seen.any && seen.desk) {
        const hidden = new Set(
          await gathered(register.each({ visibility: "restricted" }), (some) => some.filter((one) => !isSeen(one)).map(({ key }) => key)),
        );
        for await (const some of register.versions()) yield some.filter(({ key }) => !hidden.has(key));
      } else for await (const some of register.each()) yield seenOf(some, isSeen);
    },
    size: async () => (isWhole(await sight()) ? register.size() : null),
    async matter(key) {
      const isSeen = await visible();
      const matter = await register.matter(key);
      return matter !== null && isSeen(matter) ? lookedAt([matter])[0]! : null;
    },
    async named(name) {
      const isSeen = await visible();
      return lookedAt(seenOf(await register.named(name), isSeen));
    },
    async some(keys) {
      const isSeen = await visible();
      return lookedAt(seenOf(await register.some(keys), isSeen));
    },
    head: () => register.head(),
    async shownBeyond() {
      const seen = await sight();
      return (await register.some([...own])).some((matter) => !sees(seen, matter));
    },
    async record(decide, stamp, ...rest) {
      const isSeen = await visible();
      let changed: readonly Change[] = [];
      const recorded = await register.record(
        (matters) => {
          const decided = decide(inSight(matters, isSeen, looks));
          if ("refused" in decided) return decided;
          const isHidden = ({ key }: Change) => matters.has(key) && !isSeen(matters.get(key)!);
          if (decided.some(isHidden)) return refuse("not-yours-to-register");
          changed = decided;
          return decided;
        },
        stamp,
        ...rest,
      );
      if (!("refused" in recorded)) for (const { key } of changed) own.add(key);
      return recorded;
    },
  };
}

/** Those of the matters that are in sight, of which nothing is shown: it is no look at any. */
export async function keysInSight(keys: ReadonlySet<string>, register: Pick<Register, "versions">): Promise<ReadonlySet<string>> {
  const found = new Set<string>();
  for await (const some of register.versions()) for (const { key } of some) if (keys.has(key)) found.add(key);
  return found;
}

function isWhole({ any, desk, restricted }: Sight): boolean {
  return any && desk && restricted === "all";
}

function seenOf(matters: readonly Matter[], isSeen: (matter: Matter) => boolean): readonly Matter[] {
  return matters.every(isSeen) ? matters : matters.filter(isSeen);
}

function inSight(matters: Matters, isSeen: (matter: Matter) => boolean, looks: Pick<Looks, "add">): Matters {
  const get = (key: string) => {
    const matter = matters.get(key);
    if (matter === undefined || !isSeen(matter)) return undefined;
    looks.add([key]);
    return matter;
  };
  return { get, has: (key) => get(key) !== undefined };
}
