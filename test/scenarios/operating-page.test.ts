import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { COMMANDS } from "../../src/commands/index.ts";
import { parse } from "../../src/commands/parser.ts";
import { tokensOf } from "../../src/commands/tokens.ts";
import { bareEnvironment, type Called, call, folderOfFile } from "../support/cli.ts";
import { type Postgres, startPostgres } from "../support/postgres.ts";
import { ROOT } from "../support/source.ts";

const PAGE = readFileSync(join(ROOT, "docs/operating.md"), "utf8");

/** What is typed of the command line, wherever it stands on the page and however it is begun there, in its order. */
const TYPED = [...PAGE.matchAll(/(?:npm run --silent curewatch --|start\.js cli|(?:^|`)curewatch)(?= ) ([^`\n#]*)/gm)].map(([, words]) =>
  words!.trim(),
);
const folderOfPage = folderOfFile();
/** The options that every verb takes: src/app/cli.ts. */
const OF_ALL = ["--json", "--db", "--desk", "--lang", "--help"];

let postgres: Postgres;
beforeAll(async () => {
  postgres = await startPostgres(["fsync=off"]);
}, 60_000);
afterAll(() => postgres.stop());

/** Without what the shell does with what is printed. */
function wordsOf(line: string): readonly string[] {
  const words = tokensOf(line.replace(/ > \S+$/, ""));
  if ("misunderstood" in words) throw new Error(`${line}: ${words.misunderstood}`);
  return words;
}

/** Without those that every verb takes. */
function ownWords(line: string): readonly string[] {
  const words = wordsOf(line);
  return words.filter(
    (word, index) => word !== "--json" && !["--desk", "--db"].includes(word) && !["--desk", "--db"].includes(words[index - 1]!),
  );
}

describe("docs/operating.md", () => {
  test.each([...new Set(TYPED)])("names a command with its arguments as the program takes them: %s", (line) => {
    expect(parse(ownWords(line), COMMANDS)).not.toHaveProperty("misunderstood");
  });

  test("names no command and no option that is not there", () => {
    const verbs = new Map(COMMANDS.map((command) => [command.verb, command]));
    const said = [...PAGE.matchAll(/`([a-z]+)((?: [^`]*)?)`/g)].flatMap(([, verb, rest]) =>
      verbs.has(verb!) ? [{ verb: verb!, rest: rest! }] : [],
    );
    expect(said.length).toBeGreaterThan(40);
    for (const { verb, rest } of said) {
      const known = [...verbs.get(verb)!.options.map(({ name }) => `--${name}`), ...OF_ALL, "--here"];
      expect([verb, (rest.match(/--[a-z-]+/g) ?? []).filter((option) => !known.includes(option))]).toEqual([verb, []]);
    }
  });

  test("can be followed from its first line to its last", { timeout: 180_000 }, async () => {
    const folder = folderOfPage;
    const [register, restored, moved] = [join(folder, "data/curewatch.db"), await postgres.database(), await postgres.database()];
    let head = "";

    /** Types it in the folder; the database's address stands in the environment where there is one. */
    async function type(words: readonly string[], url?: string): Promise<Called> {
      const called = await call(words, folder, {
        ...bareEnvironment(folder),
        TMPDIR: folder,
        ...(url === undefined ? {} : { DATABASE_URL: url }),
      });
      head = /head ([0-9a-f]{12})/.exec(called.out)?.[1] ?? head;
      return called;
    }

    async function well(words: readonly string[], url?: string): Promise<Called> {
      const called = await type(words, url);
      expect(called, words.join(" ")).toMatchObject({ status: 0 });
      return called;
    }

    /** As when a disk was lost, or the register is begun anew in an empty place; the list of erasures stays. */
    function lose(): void {
      for (const end of ["", "-wal", "-shm"]) rmSync(`${register}${end}`, { force: true });
    }

    /** What a line needs that does not simply go well in the folder of a register: by what is typed, each is used. */
    const OTHERWISE: Readonly<Record<string, (words: readonly string[]) => Promise<unknown>>> = {
      serve: async (words) =>
        expect(await type(words)).toMatchObject({ status: 1, err: expect.stringContaining("No platform is configured") }),
      "backup /curewatch/backups/2026-11-22.db": async ([verb, file]) => {
        await well(["import", join(ROOT, "examples/kourou.yaml")]);
        mkdirSync(join(folder, "backups"));
        await well([verb!, join(folder, file!.replace("/curewatch/", ""))]);
      },
      "restore /curewatch/backups/2026-11-22.db": ([verb, file]) => well([verb!, join(folder, file!.replace("/curewatch/", ""))], restored),
      "list --desk slack-t0123abcd": async (words) => {
        expect(await type(words)).toMatchObject({ status: 1, err: expect.stringContaining("there are: main") });
        await well(words.with(2, "main"));
      },
      "list --desk NAME": (words) => well(words.with(2, "acme")),
      "verify --head 9f3a1c": (words) => well(words.with(2, head.slice(0, 6))),
      "restore curewatch-2026-11-22.db": async (words) => {
        await well(["erase", "SAN-2023-018", "--all", "--because", "request", "--confirmed", "1"]);
        lose();
        expect((await well(words)).out).toContain("erased");
      },
      "erasures > curewatch.erasures": async (words) => {
        const { out } = await well(words);
        expect(out).toContain("request");
        writeFileSync(join(folder, "curewatch.erasures"), out);
      },
      "move --from sqlite:data/curewatch.db": (words) => well(words, moved),
      "move --to sqlite:data/curewatch.db": async (words) => {
        rmSync(`${register}.erasures`);
        lose();
        await well(words, moved);
      },
    };

    const unused = new Set(Object.keys(OTHERWISE));
    await expect(type(["verify"])).resolves.toMatchObject({ status: 1, err: expect.stringContaining("There is no register") });
    for (const line of TYPED.slice(TYPED.indexOf("serve"))) {
      unused.delete(line);
      await (OTHERWISE[line] ?? well)(wordsOf(line));
    }
    expect([...unused]).toEqual([]);
    const whole = await well(["verify"]);
    expect([(await well(["verify"], moved)).out, whole.out]).toEqual([whole.out, expect.stringContaining("is whole")]);
    expect((await well(["desk"])).out).toContain("acme");
  });
});
