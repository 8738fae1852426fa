import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { LOCAL_PERSON, TERMINAL } from "../../adapters/chat/console/console.ts";
import { refusalText } from "../cards/findings.ts";
import { say } from "../cards/say.ts";
import { type Command, type Misunderstanding, misunderstood } from "../commands/command.ts";
import { dispatch } from "../commands/dispatcher.ts";
import { COMMANDS } from "../commands/index.ts";
import type { PersonRef } from "../ports/chat.ts";
import type { Store } from "../ports/store.ts";
import { systemClock } from "../time/clock.ts";
import { LANGUAGES, type Language } from "../time/wording.ts";
import { contextOf, openDesk } from "./answer.ts";
import { type Config, readConfig } from "./config.ts";
import { databaseFileOf, openDatabase } from "./database.ts";
import { openTerminal, sentence } from "./files.ts";
import { openLog } from "./log.ts";
import { guardOutgoing, outgoingOf, refusedIn } from "./outgoing.ts";
import { writeAnswer } from "./run-line.ts";
import { serve } from "./serve.ts";
import { tolerateClosedPipe, writeError } from "./stdout.ts";

interface Line {
  readonly tokens: readonly string[];
  readonly json: boolean;
  readonly db: string | null;
  /** The desk of a workspace, instead of the house's own. */
  readonly desk: string | null;
  readonly language: Language | null;
}

/** Verbs whose --lang is the language of a place, not of the answer. */
const OWN_LANGUAGE: ReadonlySet<string> = new Set(["watch", "mine", "settings"]);

/** The options that every verb takes, wherever they stand; the rest is the verb's own. */
function readLine(words: readonly string[]): Line | Misunderstanding {
  const tokens: string[] = [];
  let [json, db, desk, language]: [boolean, string | null, string | null, Language | null] = [false, null, null, null];
  for (let index = 0; index < words.length; index++) {
    const word = words[index]!;
    const [name, inline] =
      word.startsWith("--") && word.includes("=") ? [word.slice(0, word.indexOf("=")), word.slice(word.indexOf("=") + 1)] : [word, null];
    if (word === "--json") json = true;
    else if (name === "--db" || name === "--desk" || (name === "--lang" && !OWN_LANGUAGE.has(tokens[0] ?? ""))) {
      const value = inline ?? words[++index];
      if (value === undefined) return misunderstood("option-needs-value", { option: name });
      if (name === "--db" && !/^sqlite:.+/.test(value))
        return misunderstood("value-invalid", { name: "db", got: value, allowed: "sqlite:FILE" });
      if (name === "--lang" && !LANGUAGES.includes(value as Language))
        return misunderstood("value-invalid", { name: "lang", got: value, allowed: LANGUAGES });
      if (name === "--db") db = value;
      else if (name === "--desk") desk = value;
      else language = value as Language;
    } else tokens.push(word);
  }
  // The two ways in which people ask a command line for help.
  const asked = tokens.indexOf("--help");
  if (asked >= 0) return { tokens: ["help", ...tokens.slice(0, Math.min(1, asked))], json, db, desk, language };
  // A process serves every desk that there is.
  if (desk !== null && tokens[0]?.toLowerCase() === "serve") return misunderstood("option-unknown", { got: "--desk" });
  return { tokens, json, db, desk, language };
}

async function main(words: readonly string[]): Promise<number> {
  const line = readLine(words);
  const json = words.includes("--json");
  if ("misunderstood" in line)
    return fail(line.misunderstood, refusalText("en", { refused: line.misunderstood, args: line.args }), json, 2);
  const config = readConfig();
  if ("problems" in config) return fail("config", `${say(line.language ?? "en", "start.config")}\n${config.problems.join("\n")}`, json, 1);
  const language = line.language ?? config.settings.CUREWATCH_LANG;
  const command = COMMANDS.find(({ verb }) => verb === line.tokens[0]?.toLowerCase());
  const url = line.db ?? config.settings.DATABASE_URL;
  const file = databaseFileOf(url, config.folder);
  const isAbsent = file !== null && !existsSync(file);
  if (isAbsent && command?.needsRegister === true)
    return fail("register-absent", refusalText(language, { refused: "register-absent", args: { file } }), json, 1);
  if (isAbsent && command?.access === "reads" && command.standalone === undefined)
    writeError(`${say(language, "register.absent", { file })}\n`);
  let store: Store;
  try {
    const needed = command?.standalone !== true && (!isAbsent || mayMake(command, line.tokens));
    store = await openDatabase(needed ? url : "sqlite::memory:", config.folder);
  } catch (error) {
    return fail("database", say(language, "start.database", { detail: sentence(error) }), json, 1);
  }
  const desks = line.desk === null ? [] : await store.desks();
  if (line.desk !== null && !desks.includes(line.desk)) {
    await store.close();
    const refusal = { refused: "desk-unknown", args: { got: line.desk, allowed: desks } };
    return fail(refusal.refused, refusalText(language, refusal), json, 1);
  }
  return run(line, language, config, store, file);
}

/** A question makes no register, nor does a rehearsal or a line that cannot be understood; what is restored is put in its place only when it is whole. */
function mayMake(command: Command | undefined, tokens: readonly string[]): boolean {
  return command?.access === "writes" && command.verb !== "restore" && !tokens.includes("--dry-run");
}

async function run(line: Line, language: Language, config: Config, house: Store, databaseFile: string | null): Promise<number> {
  const store = line.desk === null ? house : await house.desk(line.desk);
  const log = openLog(config.settings.CUREWATCH_LOG === "info" ? "warn" : config.settings.CUREWATCH_LOG);
  guardOutgoing(outgoingOf(config), refusedIn(log));
  const { operations, canary, admins } = config;
  const zone = config.settings.CUREWATCH_ZONE;
  const desk = openDesk(store, { clock: systemClock, log, language, zone, operations, canary, admins });
  let notServed: string | null = null;
  const terminal = openTerminal({
    folder: config.folder,
    json: line.json,
    store: () => store,
    house,
    databaseFile,
    async serve() {
      try {
        return await serve(desk, config);
      } catch (error) {
        // A port that is taken or a token that is wrong is no fault of ours: its sentence is the answer.
        notServed = sentence(error);
        return true;
      }
    },
    fault: (about) => log.error(about, "a fault of ours"),
  });
  const person = { person: LOCAL_PERSON, personName: "command line", place: TERMINAL };
  const context = {
    ...contextOf(desk, { id: `cli:${randomUUID()}`, ...person, language }, terminal),
    // The terminal's adapter runs at the prompt alone; what is set here holds there.
    direct: (of: PersonRef) => (of === LOCAL_PERSON ? TERMINAL : null),
  };
  const tokens = line.tokens.length === 0 ? ["help"] : line.tokens;
  const answered = await dispatch(tokens, COMMANDS, context, log);
  const status = notServed === null ? writeAnswer(answered, line.json) : fail("serve", notServed, line.json, 1);
  await house.close();
  return status;
}

function fail(code: string, text: string, json: boolean, status: number): number {
  writeError(`${text}\n`);
  if (json) process.stdout.write(`${JSON.stringify({ error: { code, text } })}\n`);
  return status;
}

tolerateClosedPipe();
process.exitCode = await main(process.argv.slice(2));
