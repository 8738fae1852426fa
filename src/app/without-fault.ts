import { refusalCard } from "../cards/refusal-card.ts";
import type { Context } from "../commands/command.ts";
import { refusalOf } from "../commands/run.ts";
import type { Refusal } from "../law/finding.ts";
import type { Answer } from "../ports/chat.ts";
import type { Asking } from "../ports/form.ts";
import type { Desk } from "./answer.ts";

/** A fault of ours is logged under a reference, which the reader is told: nothing was recorded, since a command has caught its own faults before. */
export async function withoutFault<Value>(
  desk: Pick<Desk, "log" | "language">,
  asking: Pick<Asking, "language">,
  work: () => Promise<Value>,
  told: (fault: Refusal, reader: Pick<Context, "language">) => Value,
): Promise<Value> {
  try {
    return await work();
  } catch (error) {
    const refusal = refusalOf(error, { recorded: false }, desk.log, "a door failed by a fault of ours");
    return told(refusal, { language: asking.language ?? desk.language });
  }
}

/** The fault as an answer to whoever asked. */
export function faultAnswer(fault: Refusal, { language }: Pick<Context, "language">): Answer {
  return { cards: [refusalCard(language, fault)], audience: "asker", refused: true };
}
