import { STORE } from "../../adapters/index.ts";
import { openDesk } from "../../src/app/answer.ts";
import { readConfig } from "../../src/app/config.ts";
import { databaseFileOf } from "../../src/app/database.ts";
import { openLog } from "../../src/app/log.ts";
import { serve } from "../../src/app/serve.ts";
import type { Probe } from "../../src/ports/probe.ts";
import type { Store } from "../../src/ports/store.ts";

/**
 * Serves as `npm start` does, and ends itself by SIGKILL when it passes a point for the n-th time:
 * node test/faults/serve-and-die.ts POINT N. What it was configured with is in its environment. With `armed` as a third word it counts from the
 * moment at which it hears SIGUSR2.
 */
const [point, passes] = [process.argv[2], Number(process.argv[3])];

let isArmed = process.argv[4] !== "armed";
process.on("SIGUSR2", () => {
  isArmed = true;
});
let passed = 0;
const probe: Probe = (at) => {
  if (!isArmed || at !== point || ++passed < passes) return;
  process.kill(process.pid, "SIGKILL");
  // The signal is on its way: nothing more is done meanwhile.
  for (;;);
};

/** Before the write and after it: an acknowledgement is there whole or not at all, and nobody may be told what is not so. */
function acknowledging(store: Store): Store {
  const { attention } = store;
  return {
    ...store,
    attention: {
      ...attention,
      async acknowledge(given) {
        probe("in-acknowledgement");
        const taken = await attention.acknowledge(given);
        probe("in-acknowledgement");
        return taken;
      },
    },
  };
}

const config = readConfig();
if ("problems" in config) throw new Error(config.problems.join("\n"));
const { DATABASE_URL: url, CUREWATCH_LANG: language, CUREWATCH_ZONE: zone, CUREWATCH_LOG: level } = config.settings;
const { operations, canary } = config;
const opened = url.startsWith("sqlite:") ? `sqlite:${databaseFileOf(url, config.folder)}` : url;
const store = acknowledging(await STORE.open({ url: opened, probe }));
const desk = openDesk(store, { clock: store.clock, log: openLog(level), language, zone, operations, canary, probe });
try {
  await serve(desk, config);
} finally {
  await store.close();
}
