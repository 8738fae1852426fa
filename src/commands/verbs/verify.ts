import { verifyCard } from "../../cards/answers.ts";
import { say } from "../../cards/say.ts";
import { refuse } from "../../law/finding.ts";
import type { Card } from "../../ports/card.ts";
import type { Erasure } from "../../ports/privacy.ts";
import type { Store } from "../../ports/store.ts";
import { type Command, type Context, misunderstood, type Outcome } from "../command.ts";

export const verify: Command = {
  verb: "verify",
  summary: "help.verify",
  group: "ask",
  access: "reads",
  who: "admin",
  whoUnadministered: "reader",
  needsRegister: true,
  positionals: [],
  options: [
    { name: "head", kind: "word" },
    { name: "all-desks", kind: "flag" },
  ],
  form: null,
  examples: ["verify", "verify --head 9f3a1c"],
  async run(values, context) {
    const head = values.head as string | undefined;
    if (head !== undefined && !/^[0-9a-f]{6,64}$/i.test(head))
      return misunderstood("value-invalid", { name: "head", got: head, allowed: "9f3a1c…" });
    if (values["all-desks"] === true) return ofAll(head?.toLowerCase(), context);
    const { card, json, ok, isHeadMissing } = await ofOne(context.store, head?.toLowerCase(), context);
    const desks = isHeadMissing ? await desksWith(head!.toLowerCase(), context) : [];
    if (desks.length > 0) return refuse("verify-other-desk", { head: head!, desk: desks[0]!, desks });
    return { cards: [card], json, status: ok ? 0 : 1 };
  },
};

interface Checked {
  readonly card: Card;
  readonly json: object;
  readonly ok: boolean;
  /** The chain is whole, and the head that was asked for is not in it. */
  readonly isHeadMissing: boolean;
}

async function ofOne(store: Store, head: string | undefined, context: Context): Promise<Checked> {
  const { language, terminal } = context;
  const verified = await store.ledger.verify(head, (done, of) => terminal?.progress(done, of));
  const { events, head: last, ok } = verified;
  const erasures = await store.privacy.erasures();
  const people = erasures.filter(({ what }) => what.kind === "person").length;
  const erased = { texts: erasures.length - people, people };
  // What another desk has erased is counted alone: its matters are not in this one's register.
  const listed = store === context.store ? await inSight(erasures, context) : [];
  const shared = { events, head: last, erased: erasures.length, ...(listed.length === 0 ? {} : { erasures: listed.map(erasureJson) }) };
  const json = verified.ok ? { ...shared, ok } : { ...shared, ok, fault: verified.fault };
  return {
    card: verifyCard(language, verified, erased, listed),
    json,
    ok,
    isHeadMissing: !verified.ok && verified.fault.kind === "head-missing",
  };
}

/** The other desks whose chain is whole and has the head, for whoever has the database: a digest's head may be taken to the wrong one. */
async function desksWith(head: string, { store, terminal }: Context): Promise<readonly string[]> {
  if (terminal === null) return [];
  const found: string[] = [];
  for (const desk of (await store.desks()).filter((one) => one !== store.name)) {
    const verified = await (await store.desk(desk)).ledger.verify(head);
    if (verified.ok || verified.fault.kind === "guard-missing") found.push(desk);
  }
  return found;
}

/** Every chain of the database, one desk after the other, for whoever has it. */
async function ofAll(head: string | undefined, context: Context): Promise<Outcome> {
  const { store, language, terminal } = context;
  if (terminal === null) return refuse("command-needs-terminal", { verb: "verify --all-desks" });
  // A head is that of one chain.
  if (head !== undefined) return misunderstood("verify-one-head");
  const cards: Card[] = [];
  const desks: object[] = [];
  let isWhole = true;
  for (const desk of await store.desks()) {
    const { card, json, ok } = await ofOne(await store.desk(desk), undefined, context);
    cards.push({ ...card, title: say(language, "verify.desk", { desk, title: card.title }) });
    desks.push({ desk, ...json });
    isWhole &&= ok;
  }
  return { cards, json: { ok: isWhole, desks }, status: isWhole ? 0 : 1 };
}

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
