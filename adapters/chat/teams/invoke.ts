import { createHash } from "node:crypto";
import type { Answer, ChatHost } from "../../../src/ports/chat.ts";
import type { Asking } from "../../../src/ports/form.ts";
import { soon } from "../shared/soon.ts";
import { wordsIn } from "./asker-words.ts";
import type { Reply } from "./bot-framework.ts";
import { composed, configFetched, fetched } from "./dialog.ts";
import { inEnvelope, type Opener } from "./dialog-envelope.ts";
import { submittedIn } from "./dialog-submission.ts";
import { executed, executeFault } from "./execute.ts";
import { searched, searchFault } from "./form-choices.ts";
import type { Person } from "./mentions.ts";
import { queried, queryFault, selected } from "./search.ts";

/** An invoke activity of an authenticated sender: what is answered in the HTTP response itself. */
export interface Invoked {
  /** The activity's name, such as task/fetch. */
  readonly name: string;
  readonly value: unknown;
  /**
   * Who asks and where, the activity's id as its id. Without `overheard`: what is answered here is seen by the asker alone, and what does not
   * fit into it is handed to `show`.
   */
  readonly asking: Asking;
}

/** By what an invoke is answered. */
export interface Means {
  readonly host: ChatHost;
  /**
   * Shows the cards where the invoke came from: to everybody, or, where the audience is the asker, to them alone, in their own conversation if
   * need be. Never throws.
   */
  readonly show: (answer: Pick<Answer, "cards" | "audience">) => Promise<void>;
  /** Does the work after the platform has its answer; stop waits for it. */
  readonly later: (work: () => Promise<void>) => void;
  /** The people of the conversation, to choose from; where it is missing, or comes to nothing, people are typed. */
  readonly people?: () => Promise<readonly Person[]>;
  /** How long an answer may take, in milliseconds; 10,000 without it. Teams gives up after 15 seconds. */
  readonly patience?: number;
}

/** What a door needs to know: as an invoke is answered, with the time that it has. */
export type Ready = Means & Required<Pick<Means, "patience">>;

interface Door {
  readonly answer: (invoked: Invoked, means: Ready) => Promise<Reply>;
  /** How a fault is told there, in a sentence. */
  readonly fault: (sentence: string) => Reply;
  /** It may record something: what is late there may be recorded by then, and whoever was told so hears of a fault. */
  readonly records?: true;
}

const DOORS: ReadonlyMap<string, Door> = new Map<string, Door>([
  ["adaptiveCard/action", { answer: executed, fault: executeFault, records: true }],
  ["task/fetch", { answer: fetched, fault: saidIn("task") }],
  ["task/submit", { answer: submittedIn("task"), fault: saidIn("task"), records: true }],
  ["config/fetch", { answer: configFetched, fault: saidIn("config") }],
  ["config/submit", { answer: submittedIn("config"), fault: saidIn("config"), records: true }],
  ["composeExtension/fetchTask", { answer: composed, fault: saidIn("task") }],
  ["composeExtension/submitAction", { answer: submittedIn("task"), fault: saidIn("task"), records: true }],
  ["composeExtension/query", { answer: queried, fault: queryFault }],
  ["composeExtension/selectItem", { answer: selected, fault: queryFault }],
  ["application/search", { answer: searched, fault: searchFault }],
]);

function saidIn(opener: Opener): Door["fault"] {
  return (say) => inEnvelope(opener, { say });
}

const PATIENCE = 10_000;
/** A door that looks after its patience itself is given a little longer. */
const GRACE = 2_000;

/**
 * The one door of every invoke. Answers what it does not know with 501, what cannot be read with 400, and a fault or a delay with a sentence;
 * never throws, and never takes longer than Teams waits.
 */
export async function invoke(invoked: Invoked, means: Means): Promise<Reply> {
  const door = DOORS.get(invoked.name);
  if (door === undefined) return { status: 501 };
  const { patience = PATIENCE, host } = means;
  const words = wordsIn(invoked.asking.language);

  function told(error: unknown): string {
    const reference = createHash("sha256").update(invoked.asking.id).digest("hex").slice(0, 8);
    host.log.error({ adapter: "teams", err: error, reference, invoke: invoked.name }, "an invoke could not be answered");
    return words.unshown("", reference);
  }

  /** Whoever was told that it takes a moment is told of a fault as well. */
  const later: Means["later"] = (work) =>
    means.later(async () => {
      try {
        await work();
      } catch (error) {
        await means.show({ cards: [{ title: told(error), tone: "calm", blocks: [] }], audience: "asker" });
      }
    });

  try {
    const answering = door.answer(invoked, { ...means, later, patience });
    const reply = await soon(answering, patience + GRACE, null);
    if (reply !== null) return reply;
    if (door.records !== true) return door.fault(words.late);
    later(async () => void (await answering));
    return door.fault(words.perhapsRecorded);
  } catch (error) {
    return door.fault(told(error));
  }
}
