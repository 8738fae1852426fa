import { verifyCard } from "../../cards/answers.ts";
import type { Erasure } from "../../ports/privacy.ts";
import { type Command, type Context, misunderstood } from "../command.ts";

export const verify: Command = {
  verb: "verify",
  summary: "help.verify",
  group: "ask",
  access: "reads",
  who: "admin",
  whoUnadministered: "reader",
  needsRegister: true,
  positionals: [],
  options: [{ name: "head", kind: "word" }],
  form: null,
  examples: ["verify", "verify --head 9f3a1c"],
  async run(values, context) {
    const { store, language, terminal } = context;
    const head = values.head as string | undefined;
    if (head !== undefined && !/^[0-9a-f]{6,64}$/i.test(head))
      return misunderstood("value-invalid", { name: "head", got: head, allowed: "9f3a1c…" });
    const verified = await store.ledger.verify(head?.toLowerCase(), (done, of) => terminal?.progress(done, of));
    const { events, head: last, ok } = verified;
    const erasures = await store.privacy.erasures();
    const people = erasures.filter(({ what }) => what.kind === "person").length;
    const erased = { texts: erasures.length - people, people };
    const listed = await inSight(erasures, context);
    const shared = { events, head: last, erased: erasures.length, ...(listed.length === 0 ? {} : { erasures: listed.map(erasureJson) }) };
    const json = verified.ok ? { ...shared, ok } : { ...shared, ok, fault: verified.fault };
    return { cards: [verifyCard(language, verified, erased, listed)], json, status: verified.ok ? 0 : 1 };
  },
};

/** What was erased of the matters that the asker may see, and of people; the rest is counted alone. */
async function inSight(erasures: readonly Erasure[], { register, looks }: Context): Promise<readonly Erasure[]> {
  const streams = new Set(erasures.flatMap(({ what }) => (what.kind === "text" ? [what.stream] : [])));
  if (streams.size === 0) return erasures;
  const seen = new Set((await register.some([...streams])).map(({ key }) => key));
  looks.add(seen);
  return erasures.filter(({ what }) => what.kind === "person" || seen.has(what.stream));
}

function erasureJson({ what, at, because }: Erasure): object {
  const of = what.kind === "person" ? { person: what.person } : { matter: what.stream, event: what.eventId, path: what.path };
  return { ...of, at, because };
}
