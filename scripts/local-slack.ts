/**
 * Drives the program through local-slack, a Slack for one machine that this project did not write: `npm run local-slack -- --binary FILE`. Socket Mode
 * (with `--http`: signed HTTP), the slash command, buttons, a form and the Home tab, each step with what was seen; exits with 1 at the first that fails. Linux on x64 only.
 */

import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { ended } from "./ended.ts";
import { button, firstWords, LocalWorkspace, type Message, type Seen, said, type View } from "./local-slack-workspace.ts";

const ROOT = join(import.meta.dirname, "..");
const VERSION = "0.1.8";
const [TEAM, USER, BOT, CHANNEL] = ["T01LOCAL", "U01ALICE", "U0BOT", "C01MATTERS"];
const [BOT_TOKEN, APP_TOKEN, SECRET] = ["xoxb-local-bot", "xapp-local-app", "local-signing-secret"];

const MISSING = `local-slack ${VERSION} is needed, and is no part of this project. On Linux x64:
  npm pack local-slack-linux-x64@${VERSION} && tar xzf local-slack-linux-x64-${VERSION}.tgz
  npm run local-slack -- --binary package/bin/local-slack`;
const NO_NETWORK = `local-slack listens on every interface of the machine, so it is run in a network of its own, for which unshare and ip are needed (util-linux,
iproute2) and the right to make one. Where this cannot be, --all-interfaces runs it in the open: then everybody who reaches this machine reaches it.`;

const options = {
  binary: { type: "string" },
  http: { type: "boolean" },
  "all-interfaces": { type: "boolean" },
  inside: { type: "boolean" },
  port: { type: "string" },
} as const;
const { values } = parseArgs({ options });

async function main(): Promise<number> {
  const binary = resolve(process.env.INIT_CWD ?? ".", values.binary ?? "");
  if (values.binary === undefined || !existsSync(binary)) return fail(MISSING);
  if (values.inside !== true && values["all-interfaces"] !== true) return runApart(binary);
  const folder = mkdtempSync(join(tmpdir(), "curewatch-local-slack-"));
  const children: ChildProcess[] = [];
  try {
    await drive(binary, folder, children);
    console.log("every step was seen");
    return 0;
  } catch (error) {
    return fail(`FAILED: ${error instanceof Error ? error.message : error}`);
  } finally {
    // The program before its platform: what it has begun it ends there.
    for (const child of children.toReversed()) await ended(child);
    rmSync(folder, { recursive: true, force: true });
  }
}

function fail(text: string): number {
  console.error(text);
  return 1;
}

/** The same again in a network that holds a loopback and nothing else. */
function runApart(binary: string): Promise<number> {
  const again = [
    process.execPath,
    import.meta.filename,
    "--inside",
    "--binary",
    binary,
    ...(values.port ? ["--port", values.port] : []),
    ...(values.http ? ["--http"] : []),
  ];
  const apart = spawn("unshare", ["--net", "--map-root-user", "sh", "-c", 'ip link set lo up && exec "$@"', "sh", ...again], {
    stdio: "inherit",
  });
  return new Promise((done) => {
    apart.on("error", () => done(fail(NO_NETWORK)));
    apart.on("close", (status) => done(status === 0 || status === 1 ? status : fail(NO_NETWORK)));
  });
}

async function drive(binary: string, folder: string, children: ChildProcess[]): Promise<void> {
  const port = Number(values.port ?? 3999);
  const base = `http://127.0.0.1:${port}`;
  const config = join(folder, "workspace.json");
  writeFileSync(config, JSON.stringify(workspace(port + 1)));
  const start = (command: string, args: readonly string[], env: NodeJS.ProcessEnv) => {
    const child = spawn(command, args, { cwd: ROOT, env, stdio: ["ignore", "ignore", "pipe"] });
    child.stderr!.on("data", (text: Buffer) => process.stderr.write(text));
    children.push(child);
  };
  start(binary, ["--config", config, "--port", String(port), "--base-host", "127.0.0.1", "--files-dir", folder], {
    PATH: process.env.PATH,
  });
  const environment = {
    PATH: process.env.PATH,
    DATABASE_URL: `sqlite:${join(folder, "register.db")}`,
    SLACK_API_URL: `${base}/api/`,
    CUREWATCH_PORT: String(port + 1),
    CUREWATCH_LOG: "warn",
    SLACK_BOT_TOKEN: BOT_TOKEN,
    ...(values.http ? { SLACK_SIGNING_SECRET: SECRET } : { SLACK_APP_TOKEN: APP_TOKEN }),
  };
  execFileSync(process.execPath, ["src/app/start.js", "cli", "import", "examples/kourou.yaml"], {
    cwd: ROOT,
    env: { ...environment, INIT_CWD: ROOT },
  });
  const alice = new LocalWorkspace(base, { user: USER, channel: CHANNEL });
  await patiently(() => alice.look());
  start(process.execPath, ["src/app/start.js", "main"], environment);
  await steps(alice);
}

function workspace(ours: number): object {
  const way = values.http ? { mode: "events", requestUrl: `http://127.0.0.1:${ours}/slack/events` } : { mode: "socket" };
  const app = { appId: "A01CURE", botUserId: BOT, botName: "curewatch", botToken: BOT_TOKEN, appToken: APP_TOKEN, signingSecret: SECRET };
  return {
    workspace: { name: "Local", domain: "local", teamId: TEAM },
    apps: [{ ...app, ...way }],
    users: [{ id: USER, name: "alice", real_name: "Alice Anderson", tz: "Europe/Paris" }],
    channels: [{ id: CHANNEL, name: "matters", members: [USER, BOT] }],
  };
}

async function steps(alice: LocalWorkspace): Promise<void> {
  if (values.http) await step("HTTP: the program listens", () => patiently(() => listening(Number(values.port ?? 3999) + 1)));
  else await step("Socket Mode: the bot connects", () => alice.until("the bot's socket", ({ apps }) => apps[0]?.connected && "connected"));
  await step("/matter help", () => answerTo(alice, "help", /show REF|\bshow\b/));
  await step("/matter watch", () => answerTo(alice, "watch", /watches/));
  await step("/matter list", () => answerTo(alice, "list", /SAN-2023-018/));
  const shown = await answer(alice, "show SAN-2023-018", /Commune de Kourou/);
  print("/matter show SAN-2023-018", shown.text);
  await step("the button Why", async () => {
    const before = said(await alice.look()).length;
    await alice.press(shown, button(shown.blocks ?? [], /^why /));
    return (
      await alice.until("the answer to Why", (seen) =>
        said(seen)
          .slice(before)
          .find(({ text }) => /P2M|two months|18 Feb/.test(text)),
      )
    ).text;
  });
  await step("--here shares an answer", async () => {
    const { subtype, text } = await answer(alice, "show SAN-2023-018 --here", /Commune de Kourou/);
    if (subtype === "ephemeral") throw new Error("the answer was shown to the asker alone");
    return text;
  });
  await step("/matter register opens a form", async () => {
    await alice.type("/matter register");
    const view = await form(alice);
    return `${view.title?.text}: ${view.blocks
      .filter(({ type }) => type === "input")
      .map(({ block_id: id }) => id)
      .join(", ")}`;
  });
  await step("a form that lacks something stays open", async () => {
    await alice.submit({});
    await sleep(1_000);
    return (await form(alice)).title?.text ?? "";
  });
  await step("the form registers a matter", async () => {
    await alice.submit({
      authority: "CNIL",
      ref: "SAN-2099-001",
      respondent: "Local Example SA",
      kind: "sanction",
      decided: "2026-10-01",
      notified: "2026-10-05",
      item: "erase",
      order: "Erase the data",
      period: "P2M",
      rate: "500",
      per: "day",
    });
    return answerTo(alice, "show SAN-2099-001", /Local Example SA/);
  });
  await step("a button that needs more opens a form", async () => {
    await alice.closeForms();
    const card = await answer(alice, "show SAN-2099-001", /Local Example SA/);
    await alice.press(card, button(card.blocks ?? [], /^form /));
    return (await form(alice)).title?.text ?? "";
  });
  await step("a mention is a person", async () => {
    await alice.closeForms();
    return answerTo(alice, `assign SAN-2099-001 to <@${USER}|alice>`, /SAN-2099-001/);
  });
  await step("the Home tab shows what is assigned", async () => {
    await alice.openHome();
    const shows = ({ homeViews }: Seen) =>
      Object.values(homeViews[USER] ?? {}).find(({ blocks }) => JSON.stringify(blocks).includes("SAN-2099-001"));
    const home = await alice.until("the matter at Home", shows);
    return `${home.blocks.length} blocks: ${firstWords(home)}`;
  });
}

/** Tries until it comes out, for ten seconds. */
async function patiently<Found>(look: () => Promise<Found>): Promise<Found> {
  for (let tries = 0; ; tries++) {
    try {
      return await look();
    } catch (error) {
      if (tries > 100) throw error;
      await sleep(100);
    }
  }
}

async function listening(port: number): Promise<string> {
  const answer = await fetch(`http://127.0.0.1:${port}/healthz`);
  return answer.text();
}

/** Runs one step and says what was seen. */
async function step(name: string, run: () => Promise<string>): Promise<void> {
  try {
    print(name, await run());
  } catch (error) {
    throw new Error(`${name}: ${error instanceof Error ? error.message : error}`, { cause: error });
  }
}

function print(name: string, seen: string): void {
  console.log(`ok  ${name}\n    ${seen.replaceAll(/\s+/g, " ").slice(0, 160)}`);
}

async function answer(alice: LocalWorkspace, line: string, wanted: RegExp): Promise<Message> {
  const before = said(await alice.look()).length;
  await alice.type(`/matter ${line}`);
  return alice.until(`an answer to ${line}`, (seen) =>
    said(seen)
      .slice(before)
      .find(({ text }) => wanted.test(text)),
  );
}

async function answerTo(alice: LocalWorkspace, line: string, wanted: RegExp): Promise<string> {
  return (await answer(alice, line, wanted)).text;
}

function form(alice: LocalWorkspace): Promise<View> {
  return alice.until("a form", ({ modalStack }) => modalStack.at(-1));
}

process.exitCode = await main();
