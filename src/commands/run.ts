import { randomUUID } from "node:crypto";
import { refuse } from "../law/finding.ts";
import type { Log } from "../ports/chat.ts";
import type { Context, Outcome } from "./command.ts";
import { notingContext } from "./noting.ts";
import type { Parsed } from "./parser.ts";

/** The code of a fault of ours after which nothing is recorded, and of one after which something is. */
export const FAULT = "internal";
export const FAULT_RECORDED = "internal-recorded";

/**
 * Runs a command that was read. Nothing is thrown: what may not be done here is refused, and a bug is logged under a reference that the refusal
 * names, with whether anything was recorded.
 */
export async function outcomeOf({ command, values }: Parsed, context: Context, log: Log): Promise<Outcome> {
  const { verb } = command;
  if (command.terminalOnly === true && context.terminal === null) return refuse("command-needs-terminal", { verb });
  if (command.private === true && context.overheard) return refuse("private-only", { verb });
  const noting = notingContext(context);
  try {
    const outcome = await command.run(values, noting.context);
    // What was written may have to be said, and a person's action shows at once.
    if (noting.recorded()) context.nudge();
    return outcome;
  } catch (error) {
    const reference = randomUUID().slice(0, 8);
    const recorded = noting.recorded();
    if (recorded) context.nudge();
    const about = { reference, verb, recorded, error: error instanceof Error ? error.stack : String(error) };
    log.error(about, "a command failed by a fault of ours");
    return refuse(recorded ? FAULT_RECORDED : FAULT, { reference });
  }
}
