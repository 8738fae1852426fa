import { verifyCard } from "../../cards/answers.ts";
import { type Command, misunderstood } from "../command.ts";

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
  async run(values, { store, language, terminal }) {
    const head = values.head as string | undefined;
    if (head !== undefined && !/^[0-9a-f]{6,64}$/i.test(head))
      return misunderstood("value-invalid", { name: "head", got: head, allowed: "9f3a1c…" });
    const verified = await store.ledger.verify(head?.toLowerCase(), (done, of) => terminal?.progress(done, of));
    const { events, head: last, ok } = verified;
    const erasures = await store.privacy.erasures();
    const people = erasures.filter(({ what }) => what.kind === "person").length;
    const erased = { texts: erasures.length - people, people };
    const shared = { events, head: last, erased: erasures.length };
    const json = verified.ok ? { ...shared, ok } : { ...shared, ok, fault: verified.fault };
    return { cards: [verifyCard(language, verified, erased)], json, status: verified.ok ? 0 : 1 };
  },
};
