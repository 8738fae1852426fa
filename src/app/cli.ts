import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { LOCAL_PERSON, TERMINAL } from "../../adapters/chat/console/console.ts";
import { refusalText } from "../cards/findings.ts";
import { say } from "../cards/say.ts";
import { type Command, type Misunderstanding, misunderstood } from "../commands/command.ts";
import { dispatch } from "../commands/dispatcher.ts";
import { COMMANDS } from "../commands/index.ts";
import { jsonText } from "../commands/json-text.ts";
import { withoutIsolates } from "../matter/turns.ts";
import type { PersonRef } from "../ports/chat.ts";
import { NotNow } from "../ports/not-now.ts";
import type { Store } from "../ports/store.ts";
import { LANGUAGES, type Language } from "../time/wording.ts";
import { contextOf, openDesk } from "./answer.ts";
import { openBelonging, ownsAs } from "./belonging.ts";
import { type Config, isDatabaseAddress, readConfig } from "./config.ts";
import { addressOf, databaseFileOf, openDatabase, warnOfNew } from "./database.ts";
import { HOUSE_DESK } from "./desk-names.ts";
import { openTerminal, sentence } from "./files.ts";
import { openLog } from "./log.ts";
import { isHalfRestored } from "./move.ts";
import { guardOutgoing, named, type Outgoing, outgoingOf, refusedIn } from "./outgoing.ts";
import { writeAnswer } from "./run-line.ts";
import { serve } from "./serve.ts";
import { configuredAdapters } from "./service.ts";
import { speak, tolerateClosedPipe, writeError } from "./stdout.ts";

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

/** A process serves every desk that there is, and a copy holds them all. */
const OF_ALL_DESKS: ReadonlySet<string> = new Set(["serve", "backup", "restore", "restored", "erasures", "move"]);

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
      if (name === "--db" && !isDatabaseAddress(value))
        return misunderstood("value-invalid", {
          name: "db",
          got: shownAddress(value),
          allowed: "sqlite:FILE, postgres://… (@ %40, # %23, / %2F)",
        });
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
  if (desk !== null && OF_ALL_DESKS.has(tokens[0]?.toLowerCase() ?? "")) return misunderstood("option-unknown", { got: "--desk" });
  return { tokens, json, db, desk, language };
}

/** The words of the line, read like a line of a chat: a name may be copied from an answer, also across words. No word holds U+0000. */
function typedWords(): readonly string[] {
  const words = process.argv.slice(2);
  return words.length === 0 ? words : withoutIsolates(words.join("\0")).split("\0");
}

async function main(words: readonly string[]): Promise<number> {
  const line = readLine(words);
  const json = words.includes("--json");
  if ("misunderstood" in line)
    return fail(line.misunderstood, refusalText("en", { refused: line.misunderstood, args: line.args }), json, 2);
  const config = readConfig();
  if ("problems" in config) return fail("config", `${say(line.language ?? "en", "start.config")}\n${config.problems.join("\n")}`, json, 1);
  const language = line.language ?? config.settings.CUREWATCH_LANG;
  speak(language);
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
    const { CUREWATCH_KEYV_URL: keyv } = config.settings;
    const inMemory = () => openDatabase("sqlite::memory:", config.folder);
    // What a restore that broke off has half filled opens as no register: the same restore goes on with it.
    const orGoOn = (error: unknown) => (command?.verb === "restore" && isHalfRestored(error) ? inMemory() : Promise.reject(error));
    store = needed ? await openDatabase(url, config.folder, keyv).catch(orGoOn) : await inMemory();
  } catch (error) {
    if (error instanceof NotNow && error.why === "full") return fail("register-full", say(language, "said.register-full"), json, 1);
    return fail("database", say(language, "start.database", { detail: sentence(error) }), json, 1);
  }
  const desks = line.desk === null ? [] : await store.desks();
  if (line.desk !== null && !desks.includes(line.desk)) {
    await store.close();
    const refusal = { refused: "desk-unknown", args: { got: line.desk, allowed: desks } };
    return fail(refusal.refused, refusalText(language, refusal), json, 1);
  }
  return run(line, { language, config, database: addressOf(url, config.folder), made: isAbsent ? file : null }, store);
}

/** A question makes no register, nor does a rehearsal or a line that cannot be understood; what is restored is put in its place only when it is whole. */
function mayMake(command: Command | undefined, tokens: readonly string[]): boolean {
  return command?.access === "writes" && command.verb !== "restore" && !tokens.includes("--dry-run");
}

/** What a word that is no address may hold of a password is not shown again. */
function shownAddress(value: string): string {
  return value.replace(/\/\/.*/, "//…");
}

/** The databases that the user has typed are reached, and nothing else that is not configured. */
function typedAddresses({ db, tokens }: Line): readonly Outgoing[] {
  const typed = [db ?? "", ...tokens].map((token) => token.replace(/^--\w+=/, ""));
  return typed.filter((one) => isDatabaseAddress(one) && !one.startsWith("sqlite:")).flatMap((one) => named(one, "typed"));
}

interface Ground {
  readonly language: Language;
  readonly config: Config;
  readonly database: string;
  /** The file that was made for the register just now; null where it was there. */
  readonly made: string | null;
}

async function run(line: Line, { language, config, database, made }: Ground, house: Store): Promise<number> {
  const store = line.desk === null ? house : await house.desk(line.desk);
  const log = openLog(config.settings.CUREWATCH_LOG === "info" ? "warn" : config.settings.CUREWATCH_LOG);
  guardOutgoing([...outgoingOf(config), ...typedAddresses(line)], refusedIn(log));
  const { operations, canary, admins } = config;
  const zone = config.settings.CUREWATCH_ZONE;
  const desk = openDesk(store, { clock: store.clock, log, language, zone, operations, canary, admins });
  if (admins.length > 0) {
    // Who administers here follows from what belongs to the desk: no adapter is started for it.
    const belonging = openBelonging(house.members, await configuredAdapters(config));
    await belonging.refresh();
    desk.running.owns = ownsAs(line.desk ?? HOUSE_DESK, belonging);
  }
  if (line.tokens[0]?.toLowerCase() === "serve") warnOfNew(made, log);
  let notServed: string | null = null;
  const terminal = openTerminal({
    folder: config.folder,
    json: line.json,
    store: () => store,
    house,
    database,
    keyv: config.settings.CUREWATCH_KEYV_URL,
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
  if (json) process.stdout.write(`${jsonText({ error: { code, text } })}\n`);
  return status;
}

tolerateClosedPipe();
process.exitCode = await main(typedWords());
