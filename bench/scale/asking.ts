import { contextOf, type Desk } from "../../src/app/answer.ts";
import { dispatchLine } from "../../src/commands/dispatcher.ts";
import { COMMANDS } from "../../src/commands/index.ts";
import type { Terminal } from "../../src/commands/terminal.ts";
import type { PersonRef, Place } from "../../src/ports/chat.ts";
import { loudLog } from "../platform/adapter.ts";

let asked = 0;

/** A line as an administrator types it at a terminal; answers its document. Files are what `files` says. */
export async function ask(desk: Desk, line: string, files: ReadonlyMap<string, string> = new Map()): Promise<unknown> {
  asked += 1;
  const asker = { id: `bench ${asked}`, place: "console:bench" as Place, person: "console:bench" as PersonRef, personName: "bench" };
  const answered = await dispatchLine(line, COMMANDS, contextOf(desk, asker, terminalOf(files)), loudLog);
  if (answered.status !== 0) throw new Error(`${line}: ${JSON.stringify(answered.errors)}`);
  return answered.json;
}

function terminalOf(files: ReadonlyMap<string, string>): Terminal {
  const not = () => Promise.reject(new Error("the bench does not do that"));
  return {
    json: true,
    readFile: async (file) => {
      const text = files.get(file);
      return text === undefined ? { code: "file-missing", args: { file } } : { text };
    },
    openScratch: not,
    scratchAdapter: not,
    writeLine: () => undefined,
    fault: (about) => console.error(about),
    progress: () => undefined,
    backup: not,
    restore: not,
    move: not,
    erasures: not,
    restored: not,
    serve: not,
  };
}
