import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { Post } from "../platform/post.ts";
import { AT_ONCE, type Contestant, channelOf, type OpenContestant, type Where } from "./contestant.ts";

/**
 * The limit: a table in SQLite and nothing else. One transaction claims sixteen, they are posted at once, and another one settles them; or
 * (`joined`) one transaction settles sixteen and claims the next.
 */
export function outbox(joined: boolean): OpenContestant {
  return async ({ folder }: Where, post: Post): Promise<Contestant> => {
    const file = new DatabaseSync(join(folder, "outbox.db"));
    file.exec("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL");
    file.exec(
      "CREATE TABLE outbox (id INTEGER PRIMARY KEY, channel TEXT NOT NULL, text TEXT NOT NULL, claimed INTEGER, posted TEXT) STRICT",
    );
    file.exec("CREATE INDEX waiting ON outbox (id) WHERE claimed IS NULL");
    const insert = file.prepare("INSERT INTO outbox (channel, text) VALUES (?, ?)");
    const next = file.prepare("SELECT id, channel, text FROM outbox WHERE claimed IS NULL ORDER BY id LIMIT ?");
    const claim = file.prepare("UPDATE outbox SET claimed = 1 WHERE id = ?");
    const settle = file.prepare("UPDATE outbox SET posted = ? WHERE id = ?");

    function turn(settled: readonly Settled[], wanted: number): readonly Waiting[] {
      file.exec("BEGIN IMMEDIATE");
      for (const { id, posted } of settled) settle.run(posted, id);
      const claimed = wanted === 0 ? [] : (next.all(wanted) as unknown as readonly Waiting[]);
      for (const { id } of claimed) claim.run(id);
      file.exec("COMMIT");
      return claimed;
    }

    return {
      async fill(texts) {
        file.exec("BEGIN");
        for (const [index, text] of texts.entries()) insert.run(channelOf(index), text);
        file.exec("COMMIT");
      },
      async drain() {
        let claimed = turn([], AT_ONCE);
        while (claimed.length > 0) {
          const settled = await Promise.all(
            claimed.map(async ({ id, channel, text }): Promise<Settled> => ({ id, posted: await post(channel, text) })),
          );
          if (joined) claimed = turn(settled, AT_ONCE);
          else {
            turn(settled, 0);
            claimed = turn([], AT_ONCE);
          }
        }
      },
      async close() {
        file.close();
      },
    };
  };
}

interface Waiting {
  readonly id: number;
  readonly channel: string;
  readonly text: string;
}

interface Settled {
  readonly id: number;
  readonly posted: string;
}
