/**
 * npm run test:playground: drives the program in Microsoft's Agents Playground, a Teams-like client that this project did not write, in a headless
 * browser, step by step, and leaves a picture of each in docs/proof/teams-playground. The playground and the browser's driver are fetched into a
 * folder of their own and are no dependencies (the playground's licence is for evaluating it). Where it cannot run it says why, and ends with 1.
 */

import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { ended } from "./ended.ts";
import { playgroundConfig } from "./playground-config.ts";
import { launched, type Person } from "./playground-page.ts";
import { recorded } from "./playground-record.ts";
import { type Seen, walked } from "./playground-steps.ts";

const ROOT = join(import.meta.dirname, "..");
const PLAYGROUND = "@microsoft/m365agentsplayground@0.2.28";
const DRIVER = "playwright-core@1.65.1";
const CHROMIUM = "/usr/bin/chromium";
const [OURS, THEIRS] = [3978, 56_150];

const NO_NETWORK = `The playground listens on every interface of the machine, so it is run in a network of its own, for which unshare and ip are needed
(util-linux, iproute2) and the right to make one.`;

const options = {
  /** Where the playground and the driver lie, or are put; a folder that is thrown away without it. */
  scratch: { type: "string" },
  /** Where the pictures and the page go. */
  into: { type: "string" },
  inside: { type: "boolean" },
} as const;
const { values } = parseArgs({ options });

async function main(): Promise<number> {
  const into = resolve(process.env.INIT_CWD ?? ".", values.into ?? join(ROOT, "docs/proof/teams-playground"));
  if (values.inside === true) return drive(values.scratch!, into);
  const kept = values.scratch === undefined ? null : resolve(process.env.INIT_CWD ?? ".", values.scratch);
  const scratch = kept ?? mkdtempSync(join(tmpdir(), "curewatch-playground-"));
  try {
    const missing = browser() ?? fetched(scratch);
    return missing === null ? await runApart(scratch, into) : fail(missing);
  } finally {
    if (kept === null) rmSync(scratch, { recursive: true, force: true });
  }
}

/** Null where there is a browser, or one could be installed; else why not. */
function browser(): string | null {
  if (existsSync(CHROMIUM)) return null;
  if (process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get"))
    return `No browser: ${CHROMIUM} is not there. On Debian, as root: apt-get install chromium`;
  console.log("no browser yet: apt-get install chromium");
  try {
    execFileSync("apt-get", ["install", "-y", "--no-install-recommends", "chromium"], { stdio: ["ignore", "ignore", "inherit"] });
    return null;
  } catch (error) {
    return `No browser: apt-get install chromium failed (${(error as Error).message})`;
  }
}

/** Puts both packages into the folder; why not, where that fails. */
function fetched(folder: string): string | null {
  if (existsSync(cliIn(folder)) && existsSync(driverIn(folder))) return null;
  mkdirSync(folder, { recursive: true });
  console.log(`fetching ${PLAYGROUND} and ${DRIVER} into ${folder}`);
  try {
    const quiet = ["--no-audit", "--no-fund", "--no-save", "--ignore-scripts", "--loglevel=error"];
    execFileSync("npm", ["install", "--prefix", folder, ...quiet, PLAYGROUND, DRIVER], { stdio: ["ignore", "ignore", "inherit"] });
    return null;
  } catch (error) {
    return `The playground could not be fetched: ${(error as Error).message}`;
  }
}

function cliIn(folder: string): string {
  return join(folder, "node_modules/@microsoft/m365agentsplayground/cli.js");
}

function driverIn(folder: string): string {
  return join(folder, "node_modules/playwright-core/index.mjs");
}

/** The same again in a network that holds a loopback and nothing else. */
function runApart(scratch: string, into: string): Promise<number> {
  const again = [process.execPath, import.meta.filename, "--inside", "--scratch", scratch, "--into", into];
  const apart = spawn("unshare", ["--net", "--map-root-user", "sh", "-c", 'ip link set lo up && exec "$@"', "sh", ...again], {
    stdio: "inherit",
  });
  return new Promise((done) => {
    apart.on("error", () => done(fail(NO_NETWORK)));
    apart.on("close", (status) => done(status === 0 || status === 1 ? status : fail(NO_NETWORK)));
  });
}

async function drive(scratch: string, into: string): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), "curewatch-teams-"));
  const children: ChildProcess[] = [];
  let person: Person | undefined;
  const seen: Seen[] = [];
  try {
    const environment = { PATH: process.env.PATH, HOME: folder, INIT_CWD: ROOT, DATABASE_URL: `sqlite:${join(folder, "register.db")}` };
    execFileSync(process.execPath, ["src/app/start.js", "cli", "import", "examples/kourou.yaml", "examples/apple-acm.yaml"], {
      cwd: ROOT,
      env: environment,
    });
    const start = (args: readonly string[], env: NodeJS.ProcessEnv, cwd: string) => {
      const child = spawn(process.execPath, args, { cwd, env: { ...environment, ...env }, stdio: ["ignore", "ignore", "pipe"] });
      child.stderr!.on("data", (text: Buffer) => process.stderr.write(text));
      children.push(child);
    };
    start(["src/app/start.js", "main"], { CUREWATCH_PORT: String(OURS), CUREWATCH_LOG: "warn", TEAMS_INSECURE_FOR_TESTS: "yes" }, ROOT);
    await answers(`http://127.0.0.1:${OURS}/healthz`);
    writeFileSync(join(folder, ".m365agentsplayground.yml"), playgroundConfig());
    const endpoint = ["-e", `http://127.0.0.1:${OURS}/api/messages`, "-c", "msteams", "-p", String(THEIRS), "--disable-telemetry"];
    start([cliIn(scratch), "start", ...endpoint], { BROWSER: "none" }, folder);
    await answers(`http://127.0.0.1:${THEIRS}/`);
    person = await launched(driverIn(scratch), { executable: CHROMIUM, address: `http://127.0.0.1:${THEIRS}/` });
    mkdirSync(into, { recursive: true });
    await walked(person, into, (one) => {
      seen.push(one);
      console.log(`ok  ${one.name}\n    ${one.words}`);
    });
    recorded(into, seen, { root: ROOT, packages: [PLAYGROUND, DRIVER], browser: person.version });
    console.log("every step was seen");
    return 0;
  } catch (error) {
    const picture = join(tmpdir(), "curewatch-playground-failed.png");
    await person?.picture(picture).catch(() => {});
    return fail(`FAILED: ${error instanceof Error ? error.message : error}\nthe page then: ${picture}`);
  } finally {
    await person?.close();
    // The program before its platform: what it has begun it ends there.
    for (const child of children) await ended(child);
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Returns when the address answers; refuses after twenty seconds. */
async function answers(address: string): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    const response = await fetch(address).catch(() => null);
    if (response?.ok === true) return;
    await sleep(200);
  }
  throw new Error(`${address} does not answer`);
}

function fail(text: string): number {
  console.error(text);
  return 1;
}

process.exitCode = await main();
