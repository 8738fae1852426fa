import { spawnSync } from "node:child_process";
import { randomInt } from "node:crypto";
import { parseArgs } from "node:util";
import { filesUnder, textOf } from "../test/support/source.ts";

const USAGE = `Usage: npm run seeds [-- --times N] [-- --only TEXT]   the random tests, each time from another seed; without N, 10 times

--only TEXT: those whose path holds it. Tests that start processes or a database are as slow as in npm test.
`;
const SEEDED = 'support/seeded.ts"';

/** Answers the exit status. */
function main(): number {
  const { values } = parseArgs({ options: { times: { type: "string", default: "10" }, only: { type: "string", default: "" } } });
  const files = filesUnder("test").filter(
    (file) => file.endsWith(".test.ts") && file.includes(values.only) && textOf(file).includes(SEEDED),
  );
  if (!/^[1-9]\d{0,3}$/.test(values.times) || files.length === 0) {
    process.stderr.write(USAGE);
    return 2;
  }
  const times = Number(values.times);
  let failed = 0;
  for (let time = 1; time <= times; time++) {
    const seed = String(randomInt(2 ** 31));
    process.stdout.write(`${time} of ${times}: ${files.length} files from seed ${seed}\n`);
    const { status } = spawnSync(process.execPath, ["node_modules/vitest/vitest.mjs", "run", "--reporter=dot", ...files], {
      env: { ...process.env, CUREWATCH_TEST_SEED: seed },
      stdio: "inherit",
    });
    if (status !== 0) failed += 1;
  }
  process.stdout.write(`${failed} of ${times} seeds found something\n`);
  return failed === 0 ? 0 : 1;
}

process.exitCode = main();
