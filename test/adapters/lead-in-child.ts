import { openStore } from "../../adapters/store/sql/open.ts";

/** node lead-in-child.ts ADDRESS: takes the lead, says so, and keeps it until it is killed. */
const store = await openStore({ url: process.argv[2]! });
process.stdout.write((await store.lead()) ? "leading\n" : "not leading\n");
setInterval(() => undefined, 60_000);
