import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { openStore } from "../../adapters/store/sql/open.ts";
import { startPostgres } from "../support/postgres.ts";

test.each(["password", "scram-sha-256"])(
  "an address without a password, where the server asks for one by %s, is said to have none, at once",
  {
    timeout: 60_000,
  },
  async (method) => {
    const postgres = await startPostgres();
    onTestFinished(() => postgres.stop());
    const address = new URL(await postgres.database());
    const hba = join(postgres.folder, "pg_hba.conf");
    await writeFile(hba, (await readFile(hba, "utf8")).replaceAll(/^(host .*) \S+$/gm, `$1 ${method}`));
    await postgres.restart();
    address.password = "";
    const began = performance.now();
    const words =
      /^The database register_\w+ at 127\.0\.0\.1:\d+ cannot be reached: it asks for a password, and none stands in the address\.$/;
    await expect(openStore({ url: address.href })).rejects.toThrow(words);
    expect(performance.now() - began).toBeLessThan(2_000);
  },
);
