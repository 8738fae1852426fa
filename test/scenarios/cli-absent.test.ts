import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, test } from "vitest";
import { openStore } from "../../adapters/store/sql/open.ts";
import { fill } from "../contracts/ledger-fixtures.ts";
import { bareEnvironment, call, folderOfTest } from "../support/cli.ts";

/** A register with five events that nobody has open. */
async function registerIn(folder: string, name: string): Promise<string> {
  const file = join(folder, name);
  const store = await openStore({ url: `sqlite:${file}` });
  await fill(store.ledger);
  await store.close();
  return file;
}

describe("a register that is not there", () => {
  test.each([["backup", "b2.db"], ["verify"]])("is refused in words by %s, in both languages, and is not made", async (...words) => {
    const folder = folderOfTest();
    const { status, out, err } = await call([...words, "--db", "sqlite:absent.db", "--json"], folder);
    expect(status).toBe(1);
    expect(err).toContain(`There is no register ${join(folder, "absent.db")}`);
    expect(JSON.parse(out)).toMatchObject({ error: { code: "register-absent" } });
    expect((await call([...words, "--db", "sqlite:absent.db", "--lang", "fr"], folder)).err).toContain("Il n’y a pas de registre");
    expect(readdirSync(folder)).toEqual([]);
  });

  test.each(["list", "digest", "watches", "export --format json", "show A-1", "nonsense"])(
    "is answered as an empty one by %s, which says so on standard error and makes none",
    async (line) => {
      const folder = folderOfTest();
      const { err } = await call([...line.split(" "), "--db", "sqlite:sub/absent.db"], folder);
      if (line !== "nonsense") expect(err).toContain("sub/absent.db");
      expect(readdirSync(folder)).toEqual([]);
    },
  );

  test.each(["sqlite:disk/data/register.db", "sqlite://disk/register.db"])(
    "is not made at %s, whose folder is not there, as where a disk is not mounted",
    async (address) => {
      const folder = folderOfTest();
      const { status, err } = await call(["watch", "--db", address], folder);
      expect(status).not.toBe(0);
      expect(err).toMatch(/There is no folder .*disk\/data: make it first|sqlite:FILE, postgres:/);
      expect(readdirSync(folder)).toEqual([]);
      const restored = await call(["restore", "none.db", "--db", address], folder);
      expect(restored.status).not.toBe(0);
      expect(readdirSync(folder)).toEqual([]);
    },
  );

  test("is told of in the log where serving begins with one that was just made, in the usual folder", async () => {
    const folder = folderOfTest();
    const served = await call(["serve"], folder, {
      ...bareEnvironment(folder),
      SLACK_BOT_TOKEN: "xoxb-1",
      SLACK_SIGNING_SECRET: "s",
      SLACK_API_URL: "http://127.0.0.1:1/api/",
      CUREWATCH_HOST: "203.0.113.1",
    });
    expect(served.err).toContain("there was no register at this path: an empty one was made");
    expect(readdirSync(folder)).toEqual(["data"]);
    expect((await call(["backup", "gone/copy.db"], folder)).err).toContain(`There is no folder ${join(folder, "gone")}`);
    expect((await call(["list", "--db", "sqlite:data"], folder)).err).toContain("It is a folder: name a file in it");
  });

  test("is made by what writes", async () => {
    const folder = folderOfTest();
    mkdirSync(join(folder, "sub"));
    expect(await call(["watch", "--db", "sqlite:sub/new.db"], folder)).toMatchObject({ status: 0, err: "" });
    expect(existsSync(join(folder, "sub/new.db"))).toBe(true);
  });
});

describe("a restore that is refused", () => {
  test("leaves no register behind", async () => {
    const folder = folderOfTest();
    expect((await call(["restore", "absent.db", "--db", "sqlite:sub/new.db"], folder)).status).toBe(1);
    expect(readdirSync(folder)).toEqual([]);
  });

  test("says why in the reader's language, and shows no code", async () => {
    const folder = folderOfTest();
    await registerIn(folder, "newer.db");
    const newer = new DatabaseSync(join(folder, "newer.db"));
    newer.exec("INSERT INTO schema_version VALUES (99, '2030-01-01T00:00:00.000Z')");
    newer.close();
    const tampered = new DatabaseSync(await registerIn(folder, "tam.db"));
    const guards = tampered.prepare("SELECT name FROM sqlite_master WHERE type = 'trigger' LIMIT 1").all();
    tampered.exec(`DROP TRIGGER ${String(guards[0]!.name)}`);
    tampered.close();
    writeFileSync(join(folder, "text.db"), "no database at all, but long enough to be read as one".repeat(100));
    new DatabaseSync(join(folder, "other.db")).exec("CREATE TABLE cat (name TEXT)");
    const cases: readonly (readonly [string, RegExp, RegExp])[] = [
      ["newer.db", /newer version of Curewatch/, /version plus récente de Curewatch/],
      ["tam.db", /lost its guard/, /perdu sa protection/],
      ["text.db", /it cannot be read as a register/, /ne peut pas être lu comme un registre/],
      ["other.db", /it is no Curewatch register/, /n’est pas un registre de Curewatch/],
      ["absent.db", /it is not there/, /il n’existe pas/],
    ];
    for (const [name, english, french] of cases) {
      const said = await call(["restore", name, "--db", "sqlite:new.db"], folder);
      expect([name, said.status, said.err]).toEqual([name, 1, expect.stringMatching(english)]);
      const dit = await call(["restore", name, "--db", "sqlite:new.db", "--lang", "fr"], folder);
      expect([name, dit.err]).toEqual([name, expect.stringMatching(french)]);
      for (const { err } of [said, dit]) {
        expect(err).toContain(name);
        expect(err).not.toMatch(/schema 99|guard-missing/);
      }
      expect(dit.err).not.toMatch(/it is|it was|cannot be read/);
    }
    expect(readdirSync(folder).filter((name) => name.startsWith("new.db"))).toEqual([]);
  });
});

describe("a backup over a file that is there", () => {
  test("is refused in the reader's language, and the file stays", async () => {
    const folder = folderOfTest();
    await registerIn(folder, "x.db");
    writeFileSync(join(folder, "b.db"), "mine");
    const { status, err } = await call(["backup", "b.db", "--db", "sqlite:x.db", "--lang", "fr"], folder);
    expect([status, err]).toEqual([1, expect.stringMatching(/b\.db\s: ce fichier existe déjà/)]);
    expect((await call(["backup", "b.db", "--db", "sqlite:x.db"], folder)).err).toContain("b.db: it is there already");
  });
});

describe("mine", () => {
  test("says the same in the command line as at the prompt", async () => {
    const folder = folderOfTest();
    expect(await call(["watch", "--db", "sqlite:x.db"], folder)).toMatchObject({ status: 0 });
    expect((await call(["mine", "--db", "sqlite:x.db", "--json"], folder)).out).toContain("mine-place-watches");
  });
});
