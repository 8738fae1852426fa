import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { parseEnv } from "node:util";
import { afterAll, describe, expect, test } from "vitest";
import { problemsOf } from "../../src/app/dotenv.ts";
import { COMPILED, ROOT } from "../support/child.ts";

const FOLDER = mkdtempSync(join(tmpdir(), "curewatch-dotenv-"));
afterAll(() => rmSync(FOLDER, { recursive: true, force: true }));

/** Starts as npm's scripts do, in a folder that holds the file and no register. */
async function startIn(file: string | null, args: readonly string[], environment: Readonly<Record<string, string>> = {}) {
  const folder = mkdtempSync(join(FOLDER, "run-"));
  if (file !== null) writeFileSync(join(folder, ".env"), file);
  const env = { PATH: process.env.PATH, NODE_COMPILE_CACHE: COMPILED, INIT_CWD: folder, ...environment };
  const child = spawn(process.execPath, [join(ROOT, "src/app/start.js"), ...args], { cwd: folder, env, stdio: ["ignore", "pipe", "pipe"] });
  const [output, errors, [status]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    new Promise<[number | null]>((resolve) => child.on("close", (code) => resolve([code]))),
  ]);
  return { output, errors, status };
}

const HELP = ["cli", "--dotenv", "help"] as const;

describe("a .env in Curewatch's folder", () => {
  test("is read by npm start and by the command line as npm starts them, and by nothing else", () => {
    const { scripts } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as { scripts: Record<string, string> };
    const reading = Object.entries(scripts).filter(([, line]) => line.includes("--dotenv"));
    expect(reading).toEqual([
      ["start", "node --max-semi-space-size=4 --v8-pool-size=1 src/app/start.js main --dotenv"],
      ["curewatch", "node src/app/start.js cli --dotenv"],
    ]);
  });

  test("sets what the environment does not, and the environment wins", async () => {
    const french = await startIn("CUREWATCH_LANG=fr\n", HELP);
    expect(french.status).toBe(0);
    expect(french.output).toContain("Demander");
    const english = await startIn("CUREWATCH_LANG=fr\n", HELP, { CUREWATCH_LANG: "en" });
    expect(english.output).not.toContain("Demander");
  });

  test("does nothing where it is not there, nor where nobody asked for it", async () => {
    expect((await startIn(null, HELP)).status).toBe(0);
    const unasked = await startIn("this is no setting\n", ["cli", "help"]);
    expect(unasked.status).toBe(0);
    expect(unasked.errors).toBe("");
  });

  test("that is written wrongly ends the start with its line, and without what stands there", async () => {
    const { status, errors, output } = await startIn("# tokens\nSLACK_BOT_TOKEN=xoxb-secret secret\nxapp-lonely\n", ["main", "--dotenv"]);
    expect(status).toBe(1);
    expect(errors).toContain(".env:2: SLACK_BOT_TOKEN: put the value in quotes: it holds a space");
    expect(errors).toContain(".env:3: write NAME=value, or # before a comment");
    expect(errors + output).not.toMatch(/secret|lonely/);
  });

  test.each([
    ["en", "was not read. Start it with main --dotenv"],
    ["fr", "n’a pas été lu. Démarrez avec main --dotenv"],
  ])("that nobody asked for ends a start that would serve nothing with status 1 and a sentence (%s)", async (language, words) => {
    const { status, errors, output } = await startIn("SLACK_BOT_TOKEN=xoxb-1\n", ["main"], { CUREWATCH_LANG: language });
    expect([status, output]).toEqual([1, ""]);
    expect(errors).toContain(`.env ${words}`);
  });

  test("that is written wrongly is told to a script as one JSON document", async () => {
    const { status, output } = await startIn("oops\n", ["cli", "--dotenv", "list", "--json"]);
    expect(status).toBe(1);
    expect(JSON.parse(output)).toEqual({ error: { code: "config", text: expect.stringContaining(".env:1: ") } });
  });
});

describe("what is wrong in a .env", () => {
  test.each([
    ["A=1\nB\n", "2: write NAME=value"],
    ["\uFEFFA=1", "1: write NAME=value"],
    [" A=1", "1: write NAME=value"],
    ["A =1", "1: write NAME=value"],
    ["A= 1", "1: A: no space after ="],
    ['A="1\nB=2"', "1: A: the quote is not closed"],
    ['A="1"2', "1: A: something follows"],
    ["A=ab#cd", "1: A: put the value in quotes: a # begins"],
    ["A=a b", "1: A: put the value in quotes: it holds a space"],
    ["A=1\n\nA=2", "3: A: stands in line 1 already"],
  ])("%j", (written, problem) => {
    expect(problemsOf(written).join("\n")).toContain(problem);
  });

  test("nothing, where Node reads what is written", () => {
    const good = "# one\r\n\r\nA=1\r\nB=\r\nC=\"x # y\" # why\nD='a b'\nexport E=https://a.example/b?c=d&e\nF=xoxb-1-2-a # the bot\n";
    expect(problemsOf(good)).toEqual([]);
    expect(parseEnv(good)).toEqual({ A: "1", B: "", C: "x # y", D: "a b", E: "https://a.example/b?c=d&e", F: "xoxb-1-2-a" });
  });

  test("nothing in .env.example, which Node reads as it stands", () => {
    const example = readFileSync(join(ROOT, ".env.example"), "utf8");
    expect(problemsOf(example)).toEqual([]);
    expect(parseEnv(example).CUREWATCH_ZONE).toBe("Europe/Paris");
  });
});
