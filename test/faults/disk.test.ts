import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setTimeout as wait } from "node:timers/promises";
import { expect, onTestFinished, test, vi } from "vitest";
import { type SlackPlatform, slackPlatform } from "../fakes/slack-platform/slack-platform.ts";
import { keepTrail } from "./durable-trail.ts";
import { duesIn, ended, environmentOf, finished, freePort, heardFrom, run } from "./processes.ts";
import { randomOf } from "./random.ts";
import { fillRegister, openRegisterFile } from "./strike-desk.ts";
import { judge } from "./strike-evidence.ts";

const IS_ROOT = process.getuid?.() === 0;

function folderOfTest(): string {
  const folder = mkdtempSync(join(tmpdir(), "curewatch-disk-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Whether the machine lets us: a container may not. */
function mounts(args: readonly string[], folder: string): boolean {
  if (!IS_ROOT || spawnSync("mount", [...args, folder]).status !== 0) return false;
  onTestFinished(() => void spawnSync("umount", ["-l", folder]));
  return true;
}

/** A register with more to say than one message a place, and the platform that is told it. */
async function givenIn(folder: string) {
  const platform = await slackPlatform();
  onTestFinished(() => platform.close());
  const { file, store } = await openRegisterFile(folder);
  await fillRegister(store, randomOf(1), 3);
  const dues = await duesIn(store);
  await store.close();
  keepTrail(file);
  const port = await freePort();
  return { platform, file, dues, port, environment: environmentOf(folder, file, platform, port), began: Date.now() };
}

type Given = Awaited<ReturnType<typeof givenIn>>;

function serving({ environment }: Given) {
  const child = run(["src/app/start.js", "main"], environment);
  onTestFinished(() => void (child.exitCode === null && child.kill("SIGKILL")));
  return { child, log: heardFrom(child) };
}

async function firstMessage(platform: SlackPlatform): Promise<void> {
  await vi.waitFor(() => expect(platform.record.length).toBeGreaterThan(0), { timeout: 20_000, interval: 5 });
}

async function readyz(port: number): Promise<{ readonly status: number; readonly text: string }> {
  const response = await fetch(`http://127.0.0.1:${port}/readyz`);
  return { status: response.status, text: await response.text() };
}

/** All is said that was due, once, and what was promised was kept. */
async function goesOn(
  { platform, file, dues, port, began }: Given,
  child: ReturnType<typeof serving>["child"],
  folder: string,
): Promise<void> {
  const { store } = await openRegisterFile(folder);
  try {
    const extra = await finished(store, dues);
    await vi.waitFor(async () => expect((await readyz(port)).status).toBe(200), { timeout: 20_000, interval: 200 });
    child.kill("SIGTERM");
    expect(await ended(child)).toBe(0);
    const judged = await judge({ store, file, platform, dues, began, death: 0, reads: false, extra });
    expect(judged.violations).toEqual([]);
    expect(judged.marked).toBe(0);
  } finally {
    await store.close();
  }
}

/** A disk of a few megabytes that is full; where none can be mounted, a process whose files may grow no further. */
function fullDisk(folder: string): { fill(pid: number, file: string): void; mend(pid: number): void } {
  if (mounts(["-t", "tmpfs", "-o", "size=8m", "tmpfs"], folder)) {
    const filler = join(folder, "filler");
    return {
      fill() {
        for (const size of [1_048_576, 65_536, 4_096, 1_024]) {
          for (let full = false; !full; ) {
            try {
              writeFileSync(filler, Buffer.alloc(size), { flag: "a" });
            } catch {
              full = true;
            }
          }
        }
      },
      mend: () => rmSync(filler),
    };
  }
  const limit = (pid: number, size: string) => execFileSync("prlimit", ["--pid", String(pid), `--fsize=${size}`]);
  return {
    fill: (pid, file) => limit(pid, `${statSync(`${file}-wal`).size}:unlimited`),
    mend: (pid) => limit(pid, "unlimited:unlimited"),
  };
}

test("a full disk is said in words, and when there is room again what was shown is not said again and what was not is", {
  timeout: 120_000,
}, async () => {
  const folder = folderOfTest();
  const disk = fullDisk(folder);
  const given = await givenIn(folder);
  const { child, log } = serving(given);
  await firstMessage(given.platform);
  disk.fill(child.pid!, given.file);
  await vi.waitFor(async () => expect((await readyz(given.port)).status).toBe(503), { timeout: 20_000, interval: 100 });
  expect((await readyz(given.port)).text).toMatch(/full|disk/i);
  await vi.waitFor(() => expect(log()).toMatch(/full|disk/i), { timeout: 20_000, interval: 100 });
  const shown = given.platform.record.length;
  await wait(3_000);
  // What is under way when the disk fills up may still be shown; nothing after it, since nothing can be claimed.
  expect(given.platform.record.length - shown).toBeLessThanOrEqual(2);
  disk.mend(child.pid!);
  await goesOn(given, child, folder);
});

test("a register that another program has locked for longer than half a minute is said in words, and goes on afterwards", {
  timeout: 120_000,
}, async () => {
  const folder = folderOfTest();
  const given = await givenIn(folder);
  const { child, log } = serving(given);
  await firstMessage(given.platform);
  const other = new DatabaseSync(given.file);
  other.exec("PRAGMA busy_timeout=5000; BEGIN IMMEDIATE");
  await vi.waitFor(async () => expect((await readyz(given.port)).status).toBe(503), { timeout: 20_000, interval: 100 });
  expect((await readyz(given.port)).text).toMatch(/lock|busy/i);
  await vi.waitFor(() => expect(log()).toMatch(/lock|busy/i), { timeout: 45_000, interval: 250 });
  other.exec("ROLLBACK");
  other.close();
  await goesOn(given, child, folder);
});

test("a read-only disk is refused in words when the program starts, nothing is shown, and it starts when that is mended", {
  timeout: 60_000,
}, async () => {
  const outer = folderOfTest();
  const folder = join(outer, "register");
  mkdirSync(folder);
  const given = await givenIn(folder);
  const isMounted = mounts(["--bind", "-o", "ro", folder], folder) || mounts(["--bind", folder], folder);
  if (isMounted) execFileSync("mount", ["-o", "remount,ro,bind", folder]);
  else
    for (const [path, mode] of [
      [given.file, 0o444],
      [folder, 0o555],
    ] as const)
      chmodSync(path, mode);
  const refused = serving(given);
  expect(await ended(refused.child)).toBe(1);
  expect(refused.log()).toMatch(/read-?only|cannot be opened|unable to open/i);
  expect(given.platform.record).toEqual([]);
  if (isMounted) execFileSync("umount", [folder]);
  else
    for (const [path, mode] of [
      [folder, 0o755],
      [given.file, 0o644],
    ] as const)
      chmodSync(path, mode);
  const { child } = serving(given);
  await goesOn(given, child, folder);
});

test("a register that cannot be opened is told to have no room where there is none, and to be broken where there is some", () => {
  const folder = folderOfTest();
  const isSmall = mounts(["-t", "tmpfs", "-o", "size=8m", "tmpfs"], folder);
  const file = join(folder, "register.db");
  const codeOf = (...line: readonly string[]) => {
    const env = { PATH: process.env.PATH, DATABASE_URL: `sqlite:${file}` };
    const { stdout } = spawnSync(process.execPath, ["src/app/start.js", "cli", ...line, "--json"], { env, encoding: "utf8" });
    return (JSON.parse(stdout) as { readonly error?: { readonly code: string } }).error?.code ?? "done";
  };
  expect(codeOf("import", "examples/kourou.yaml")).toBe("done");
  if (isSmall) {
    const filler = join(folder, "filler");
    for (const size of [1_048_576, 4_096, 1])
      for (let full = false; !full; )
        try {
          writeFileSync(filler, Buffer.alloc(size), { flag: "a" });
        } catch {
          full = true;
        }
    expect(codeOf("show", "SAN-2023-018")).toBe("register-full");
    rmSync(filler);
    expect(codeOf("show", "SAN-2023-018")).toBe("done");
  }
  writeFileSync(file, "this is no register, whatever its name says");
  expect(codeOf("show", "SAN-2023-018")).toBe("database");
});
