import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { openStore } from "../../adapters/store/sql/open.ts";
import { bareEnvironment, type Called, call, folderOfTest } from "../support/cli.ts";
import { ROOT } from "../support/source.ts";

/** A folder with Kourou in its register, and the command line on it. */
async function withKourou() {
  const folder = folderOfTest();
  const on = (...words: string[]): Promise<Called> => call(words, folder);
  expect(await on("import", join(ROOT, "examples/kourou.yaml"))).toMatchObject({ status: 0, err: "" });
  return { folder, on };
}

describe("move on the command line", () => {
  test("takes the configured register where one address is not typed, and says what it took, quietly in a pipe", async () => {
    const { folder, on } = await withKourou();
    const { status, out, err } = await on("move", "--to", "sqlite:there.db", "--json");
    expect([status, err]).toEqual([0, ""]);
    const moved = JSON.parse(out);
    expect(moved).toMatchObject({
      from: join(folder, "data/curewatch.db"),
      to: join(folder, "there.db"),
      desks: [{ desk: "main", events: 4 }],
    });
    const verified = await on("verify", "--head", moved.desks[0].head, "--db", "sqlite:there.db");
    expect(verified).toMatchObject({ status: 0, err: "" });
    const again = await on("move", "--to", "sqlite:there.db");
    expect(again.status).toBe(1);
    expect(again.err).toContain("is not empty (table ledger: 4 rows)");
  });

  test("is refused in words where Curewatch is running, where nothing is named, and beside a desk", async () => {
    const { folder, on } = await withKourou();
    const store = await openStore({ url: `sqlite:${join(folder, "data/curewatch.db")}` });
    expect(await store.lead()).toBe(true);
    const served = await on("move", "--to", "sqlite:there.db");
    await store.close();
    expect(served).toMatchObject({ status: 1, out: "" });
    expect(served.err).toContain("Curewatch is running on");
    expect(existsSync(join(folder, "there.db"))).toBe(false);
    expect((await on("move")).err).toContain("name an address with --from or --to");
    expect(await on("backup", "copy.db", "--desk", "main")).toMatchObject({ status: 2 });
    expect(existsSync(join(folder, "copy.db"))).toBe(false);
  });

  test("shows no password: of an address that cannot be read, of one that is nobody's, and of one that is not a database's", async () => {
    const { folder, on } = await withKourou();
    for (const to of ["postgres:/me:hidden@host/db", "mysql://me:hidden@host/db", "postgres://me:hidden@127.0.0.1:1/db"]) {
      const { status, out, err } = await on("move", "--to", to);
      expect([to, status]).toEqual([to, 1]);
      expect(err).toMatch(/--to cannot be read|The database db at 127\.0\.0\.1:1 cannot be reached/);
      expect(`${out}${err}`).not.toContain("hidden");
    }
    const asked = await call(["list", "--db", "mysql://me:hidden@host/db"], folder);
    expect(asked).toMatchObject({ status: 2 });
    expect(asked.err).not.toContain("hidden");
  });

  test("and every other command leaves a register alone into which a move has not ended", async () => {
    const { folder, on } = await withKourou();
    const { moveRegister } = await import("../../adapters/store/sql/move.ts");
    let told = 0;
    const progress = () => {
      told += 1;
      if (told > 10) throw new Error("broken off");
    };
    const ends = { from: `sqlite:${join(folder, "data/curewatch.db")}`, to: `sqlite:${join(folder, "there.db")}` };
    await expect(moveRegister({ ...ends, progress })).rejects.toThrow("broken off");
    for (const words of [["list"], ["backup", "copy.db"], ["restore", join(folder, "there.db")]]) {
      const database = words[0] === "restore" ? "sqlite:other.db" : "sqlite:there.db";
      const { status, err } = await call([...words, "--db", database], folder, bareEnvironment(folder));
      expect([words[0], status]).toEqual([words[0], 1]);
      expect(err).toContain("was begun and has not ended. Run the same move again");
    }
    expect(await on("move", "--to", "sqlite:there.db")).toMatchObject({ status: 0 });
    expect(await on("verify", "--db", "sqlite:there.db")).toMatchObject({ status: 0 });
  });
});
