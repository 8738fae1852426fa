import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { LOCAL_PERSON, TERMINAL } from "../../adapters/chat/console/console.ts";
import { plainText } from "../../adapters/chat/shared/plain.ts";
import { CHAT } from "../../adapters/index.ts";
import { POLICY } from "../alerts/policy.ts";
import { type Said, tick } from "../alerts/tick.ts";
import { clockText } from "../cards/moments.ts";
import { say } from "../cards/say.ts";
import { dispatch } from "../commands/dispatcher.ts";
import { COMMANDS } from "../commands/index.ts";
import type { Terminal } from "../commands/terminal.ts";
import type { Store } from "../ports/store.ts";
import { wordZone } from "../time/wording.ts";
import { contextOf, type Desk, firstPlace, openDesk } from "./answer.ts";
import { type Config, readConfig } from "./config.ts";
import { addressOf, openDatabase, unmade, warnOfNew } from "./database.ts";
import { openDoor } from "./door.ts";
import { DOTENV, isUnread } from "./dotenv.ts";
import { openTerminal, sentence } from "./files.ts";
import { openLog } from "./log.ts";
import { startLoop } from "./loop.ts";
import { guardOutgoing, outgoingOf, refusedIn } from "./outgoing.ts";
import { openScreen } from "./screen.ts";
import { serve } from "./serve.ts";
import { speak, tolerateClosedPipe, writeError, writeOut } from "./stdout.ts";
import { takeOver, tickHost } from "./tick-host.ts";

const EXAMPLES = join(import.meta.dirname, "../../examples");

/** npm start: serves the platforms that are configured; with none, a register in this terminal. */
async function main(): Promise<number> {
  const config = readConfig();
  if ("problems" in config) return fail(`${say("en", "start.config")}\n${config.problems.join("\n")}`);
  const {
    DATABASE_URL: url,
    CUREWATCH_KEYV_URL: keyv,
    CUREWATCH_LANG: language,
    CUREWATCH_ZONE: zone,
    CUREWATCH_LOG: level,
  } = config.settings;
  speak(language);
  const platforms = config.slack !== null || config.teams !== null;
  // A service that would read a closed standard input would end well at once, and be started again for ever.
  const isService = config.settings.DATABASE_URL_FILE !== undefined || /^postgres/.test(url);
  const isTyped = process.stdin.isTTY === true;
  if (!platforms && !isTyped && isUnread(config.folder)) return fail(say(language, "start.unread-settings", { file: DOTENV }));
  if (!platforms && !isTyped && isService) return fail(say(language, "start.nothing-to-serve"));
  const made = unmade(url, config.folder);
  let store: Store;
  try {
    store = await openDatabase(url, config.folder, keyv);
  } catch (error) {
    return fail(say(language, "start.database", { detail: sentence(error) }));
  }
  const log = openLog(platforms || level !== "info" ? level : "warn");
  guardOutgoing(outgoingOf(config), refusedIn(log));
  if (platforms) warnOfNew(made, log);
  const { operations, canary, admins } = config;
  const desk = openDesk(store, { clock: store.clock, log, language, zone, operations, canary, admins });
  try {
    if (platforms) await serve(desk, config);
    else await prompt(desk, config);
  } catch (error) {
    return fail(sentence(error));
  } finally {
    await store.close();
  }
  return 0;
}

function fail(text: string): number {
  writeError(`${text}\n`);
  return 1;
}

/** The terminal as a place: it watches everything, shows where today stands, and answers what is typed. */
async function prompt(desk: Desk, config: Config): Promise<void> {
  const { store, clock, log } = desk;
  const interactive = process.stdin.isTTY === true;
  const terminal = {
    ...openTerminal({
      folder: config.folder,
      json: false,
      store: () => store,
      house: store,
      database: addressOf(config.settings.DATABASE_URL, config.folder),
      serve: () => serve(desk, config),
      fault: (about) => log.error(about, "a fault of ours"),
    }),
    converses: true as const,
    // It puts another file in the place of the one that this program, its ticks included, is reading and writing.
    restore: async (file: string) => ({ code: "restore-while-running", args: { file } }),
  };
  const screen = openScreen(process.stdin, { output: interactive ? process.stdout : null, write: writeOut });
  const adapter = await CHAT.console({ write: screen.show });
  await adapter.start({
    clock,
    log,
    state: store.state("console"),
    route: () => undefined,
    heardTime: () => undefined,
    workspacesChanged: async () => undefined,
    audienceChanged: () => undefined,
    ...openDoor(desk, terminal),
  });
  const typed = screen.lines();
  const first = await firstPlace(desk, { id: "start", place: TERMINAL, person: LOCAL_PERSON, personName: "local" });
  let next = (await store.ledger.head()).events === 0 ? await offerExamples(desk, terminal, typed, interactive) : undefined;
  if (first.length > 0)
    screen.show(
      say(desk.language, "watch.first-terminal", { at: clockText(desk.language, POLICY.at), zone: wordZone(desk.language, desk.zone) }),
    );
  await showToday(desk, terminal, adapter);
  const ticks = interactive ? startLoop(desk, [adapter]) : null;
  screen.ask();
  for (;;) {
    const line = next ?? (await typed.next());
    next = undefined;
    if (line.done === true) break;
    const text = line.value.trim();
    if (text === "exit" || text === "quit") break;
    if (text !== "" || interactive) await adapter.type(text === "" ? "help" : text);
    screen.ask();
  }
  screen.close();
  await ticks?.stop();
  await adapter.stop();
}

type Typed = AsyncIterator<string, unknown>;

/** Asks once whether the public matters are to be taken in. A script may answer with its first line; any other line is a command. */
async function offerExamples(desk: Desk, terminal: Terminal, typed: Typed, interactive: boolean) {
  const files = (await readdir(EXAMPLES)).filter((name) => /\.(ya?ml|json)$/.test(name)).sort();
  writeOut(say(desk.language, "offer.examples", { count: files.length }));
  const answer = await typed.next();
  const text = answer.done === true ? "n" : answer.value.trim().toLowerCase();
  if (!interactive) writeOut("\n");
  const agreed = text === "" ? interactive : /^(y|yes|o|oui|j|ja)$/.test(text);
  if (!agreed) {
    const command = `import ${files.map((name) => `examples/${name}`).join(" ")}`;
    writeOut(`${say(desk.language, "offer.refused", { command })}\n\n`);
    return answer.done === true || /^(n|no|non|)$/.test(text) ? undefined : answer;
  }
  const context = contextOf(
    desk,
    { id: `examples:${desk.clock.now()}`, place: TERMINAL, person: LOCAL_PERSON, personName: "local" },
    terminal,
  );
  const answered = await dispatch(["import", ...files.map((name) => join(EXAMPLES, name))], COMMANDS, context, desk.log);
  writeOut(`${answered.cards.map(plainText).join("\n\n")}\n\n`);
  return undefined;
}

/** What is due is said; where the day's digest was said already or its hour has not come, it is shown all the same. */
async function showToday(desk: Desk, terminal: Terminal, adapter: Awaited<ReturnType<typeof CHAT.console>>): Promise<void> {
  const { store, clock, log } = desk;
  desk.running.adapters = [adapter];
  // Another prompt on the same register says what is due in its own terminal.
  const said = (await store.lead(adapter.name)) ? await sayDue(desk) : [];
  if (said.some((contents) => "digest" in contents)) return;
  const context = contextOf(desk, { id: `today:${clock.now()}`, place: TERMINAL, person: LOCAL_PERSON, personName: "local" }, terminal);
  const answered = await dispatch(["digest"], COMMANDS, context, log);
  writeOut(`${answered.cards.map(plainText).join("\n\n")}\n\n`);
}

/** All that is due, however many ticks it takes. */
async function sayDue(desk: Desk): Promise<readonly Said[]> {
  const host = tickHost(desk, () => false);
  await takeOver(desk, "console");
  const said: Said[] = [];
  for (let more = true; more; ) {
    const ticked = await tick(host);
    said.push(...ticked.said);
    more = ticked.again !== null && ticked.said.length > 0;
  }
  return said;
}

tolerateClosedPipe();
process.exitCode = await main();
