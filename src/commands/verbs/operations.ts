import { plainCard } from "../../cards/answers.ts";
import { operationsCard } from "../../cards/undelivered-card.ts";
import type { Place } from "../../ports/chat.ts";
import type { Command } from "../command.ts";
import { misunderstood } from "../command.ts";
import { refusedAbsent } from "../place-sight.ts";

/** Where the register keeps it: the desk's own state. */
const DESK = "desk";
const OPERATIONS = "operations";

export const operations: Command = {
  verb: "operations",
  summary: "help.operations",
  group: "watch",
  access: "writes",
  who: "admin",
  whoUnadministered: "editor",
  // In a chat --here shows an answer to everybody, so the word alone does as well.
  positionals: [{ name: "here", kind: "literal" }],
  options: [
    { name: "here", kind: "flag" },
    { name: "off", kind: "flag" },
  ],
  form: null,
  examples: ["operations", "operations here", "operations --here", "operations --off"],
  async run(values, context) {
    const { store, place, language } = context;
    const desk = store.state(DESK);
    const here = values.here !== undefined;
    const off = values.off === true;
    if (here && off) return misunderstood("operations-one");
    const absent = here ? await refusedAbsent(context, place, false) : null;
    if (absent !== null) return absent;
    if (here) await desk.set(OPERATIONS, place);
    if (off) await desk.delete(OPERATIONS);
    if (here || off) await store.index.wake("all");
    const named = ((await desk.get(OPERATIONS)) ?? null) as Place | null;
    const lost = named !== null && !context.owns(named) ? named : null;
    const shown = lost === null ? (named ?? context.operations) : context.operations;
    const isConfigured = named === null || lost !== null;
    return {
      cards: [
        ...(lost === null ? [] : [operationsCard(language, "operations.lost", lost)]),
        shown === null
          ? plainCard(language, "operations.none")
          : shown === place && !isConfigured
            ? plainCard(language, "operations.here")
            : operationsCard(language, isConfigured ? "operations.configured" : "operations.elsewhere", shown),
      ],
      json: {
        operations: shown,
        configured: isConfigured && shown !== null,
        ...(lost === null ? {} : { lost }),
      },
    };
  },
};
