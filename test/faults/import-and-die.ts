import { LOCAL_PERSON, TERMINAL } from "../../adapters/chat/console/console.ts";
import { STORE } from "../../adapters/index.ts";
import { contextOf, openDesk } from "../../src/app/answer.ts";
import { openTerminal } from "../../src/app/files.ts";
import { openLog } from "../../src/app/log.ts";
import { dispatch } from "../../src/commands/dispatcher.ts";
import { COMMANDS } from "../../src/commands/index.ts";
import type { Ledger } from "../../src/ports/ledger.ts";
import { systemClock } from "../../src/time/clock.ts";

/**
 * Imports a file as the command line does, and ends itself by SIGKILL just before (1) or just after (2) what it holds is written:
 * node test/faults/import-and-die.ts N DATABASE FILE.
 */
const [passes, database, file] = [Number(process.argv[2]), process.argv[3]!, process.argv[4]!];

let passed = 0;
function pass(): void {
  if (++passed < passes) return;
  process.kill(process.pid, "SIGKILL");
  for (;;);
}

const opened = await STORE.open({ url: `sqlite:${database}` });
const append: Ledger["append"] = async (streams, stamp) => {
  pass();
  const appended = await opened.ledger.append(streams, stamp);
  pass();
  return appended;
};
const store = { ...opened, ledger: { ...opened.ledger, append } };
const desk = openDesk(store, { clock: systemClock, log: openLog("error"), language: "en", zone: "Europe/Paris" });
const terminal = openTerminal({
  folder: process.cwd(),
  json: false,
  store: () => store,
  house: store,
  database: `sqlite:${database}`,
  serve: async () => false,
  fault: (about) => desk.log.error(about, "a fault"),
});
const context = contextOf(desk, { id: "import", place: TERMINAL, person: LOCAL_PERSON, personName: "local" }, terminal);
await dispatch(["import", file], COMMANDS, context, desk.log);
await opened.close();
