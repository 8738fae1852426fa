import { openStore } from "../../adapters/store/sql/open.ts";
import { stamp, to } from "../contracts/ledger-fixtures.ts";

/** node append-in-child.ts ADDRESS NAME APPENDS STREAMS: writes so many appends of so many streams with three events each. */
const [url, name, appends, streams] = process.argv.slice(2);
const store = await openStore({ url: url! });
process.stdout.write("writing\n");
for (let append = 0; append < Number(appends); append++) {
  const written = Array.from({ length: Number(streams) }, (_, index) => to(`${name} ${append} ${index}`, 0, "e1", "e2", "e3"));
  const appended = await store.ledger.append(written, stamp(`${name} ${append}`));
  if (!appended.ok || appended.repeated) throw new Error(`not appended: ${name} ${append}`);
}
await store.close();
