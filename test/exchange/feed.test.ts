import { describe, expect, onTestFinished, test } from "vitest";
import { plainText } from "../../adapters/chat/shared/plain.ts";
import { type FeedDesk, serveFeeds } from "../../src/app/feed.ts";
import { openWeb } from "../../src/app/http.ts";
import { FEED_STATE } from "../../src/commands/feeds.ts";
import type { Matter } from "../../src/matter/history.ts";
import type { PersonRef, Place } from "../../src/ports/chat.ts";
import { keptLog } from "../app/kept-log.ts";
import { ORDER } from "../support/given.ts";
import { type Session, sessionOfTest, type Typist } from "../support/session.ts";

const ANA: Typist = { person: "slack:T1/U1" as PersonRef, personName: "Ana", place: "slack:T1/U1" as Place };
const BEN: Typist = { person: "slack:T1/U2" as PersonRef, personName: "Ben", place: "slack:T1/U2" as Place };

interface Made {
  readonly feed: { readonly id: string; readonly path: string };
}

/** A register with one open deadline, its feeds served over HTTP, and who has been asked for. */
async function served(visible?: (person: PersonRef) => Promise<readonly Matter[]>) {
  const session = await sessionOfTest();
  const now = "2025-12-01";
  await session.bring(
    { ...ORDER, decided: now, notified: now },
    {
      ...ORDER,
      ref: "ICO-1",
      authority: "ICO",
      respondent: "Other",
      decided: now,
      notified: now,
      items: [{ ...ORDER.items[0], cure: { ...ORDER.items[0].cure, rule: "cure" } }],
    },
  );
  const asked: PersonRef[] = [];
  const register = async () => (await import("../../src/alerts/register.ts")).openRegister(session.store.ledger).all();
  const desk: FeedDesk = {
    store: session.store,
    clock: session.clock,
    async visible(person) {
      asked.push(person);
      return { matters: await (visible?.(person) ?? register()), amounts: true };
    },
  };
  const log = keptLog();
  const web = openWeb(log);
  const other = await sessionOfTest();
  serveFeeds(web, () => [{ ...desk, store: other.store }, desk]);
  const base = await web.listen("127.0.0.1", 0);
  onTestFinished(() => web.close());
  const get = (path: string, headers: Record<string, string> = {}) => fetch(`${base}${path}`, { headers });
  return { session, get, asked, log };
}

async function made(session: Session, line = "feed create", by: Typist = ANA): Promise<Made["feed"]> {
  return (await session.ask<Made>(line, by)).feed;
}

describe("a feed", () => {
  test("answers at its address what its maker may see now, and asks anew each time", async () => {
    let seen: readonly Matter[] | null = null;
    const { session, get, asked } = await served(async (person) =>
      person === ANA.person ? (seen ?? session.context(ANA).register.all()) : [],
    );
    const { path } = await made(session);
    expect(path).toMatch(/^\/feed\/[A-Za-z0-9_-]{43}\.ics$/);
    const response = await get(path);
    expect([response.status, response.headers.get("content-type")]).toEqual([200, "text/calendar; charset=utf-8"]);
    expect(response.headers.get("cache-control")).toContain("private");
    expect(await response.text()).toContain("SAN-2024-001");
    seen = [];
    expect(await (await get(path)).text()).not.toContain("SAN-2024-001");
    expect(asked).toEqual([ANA.person, ANA.person]);
  });

  test("shows what fits its filters alone, and no amount unless it was made with them", async () => {
    const { session, get } = await served();
    const bare = await (await get((await made(session, "feed create authority:ICO")).path)).text();
    expect([bare.includes("ICO-1"), bare.includes("SAN-2024-001"), bare.includes("DESCRIPTION")]).toEqual([true, false, false]);
    expect(await (await get((await made(session, "feed create --amounts")).path)).text()).toContain("DESCRIPTION");
    expect(await session.type("feed create authority:NOWHERE", ANA)).toMatchObject({ status: 1 });
  });

  test("is not sent again to whoever has it, until something is recorded", async () => {
    const { session, get } = await served();
    const { path } = await made(session);
    const etag = (await get(path)).headers.get("etag")!;
    expect(etag).toMatch(/^"[A-Za-z0-9_-]{43}"$/);
    for (const asked of [etag, `W/${etag}`, `"other", ${etag}`, "*"]) {
      const response = await get(path, { "if-none-match": asked });
      expect([response.status, await response.text(), response.headers.get("etag")]).toEqual([304, "", etag]);
    }
    expect((await get(path, { "if-none-match": '"other"' })).status).toBe(200);
    await session.ask("extended SAN-2024-001 --on 2026-01-10 --by P1M --because asked");
    const changed = await get(path, { "if-none-match": etag });
    expect([changed.status, changed.headers.get("etag") === etag]).toEqual([200, false]);
  });

  test("that was revoked is answered as one that never was", async () => {
    const { session, get } = await served();
    const { id, path } = await made(session);
    const { path: kept } = await made(session);
    expect(await session.ask(`feed revoke ${id}`, ANA)).toEqual({ revoked: id });
    const answers = await Promise.all([path, "/feed/wrong.ics", `/feed/${"A".repeat(43)}.ics`, "/feed/"].map((one) => get(one)));
    const told = await Promise.all(
      answers.map(async (one) => [one.status, await one.text(), [...one.headers].filter(([name]) => name !== "date")]),
    );
    expect(told[0]![0]).toBe(404);
    for (const one of told) expect(one).toEqual(told[0]);
    expect((await get(kept)).status).toBe(200);
  });

  test("looks for a wrong secret and a revoked one in the same places, whatever they look like", async () => {
    const { session, get } = await served();
    const { id, path } = await made(session);
    await session.ask(`feed revoke ${id}`, ANA);
    const reads: string[] = [];
    const state = session.store.state;
    Object.assign(session.store, {
      state: (name: string) => {
        const kept = state(name);
        return {
          ...kept,
          get: (key: string) => {
            reads.push(key.replace(/[0-9a-f]{64}/, "HASH"));
            return kept.get(key);
          },
        };
      },
    });
    const looked = [];
    for (const one of [path, "/feed/x.ics", `/feed/${"A".repeat(43)}.ics`]) {
      reads.length = 0;
      await get(one);
      looked.push([...reads]);
    }
    expect(looked).toEqual([["feed:HASH"], ["feed:HASH"], ["feed:HASH"]]);
  });

  test("is listed and revoked by its maker alone, and its secret is kept nowhere", async () => {
    const { session, get } = await served();
    const { id, path } = await made(session, "feed create due:90d");
    const secret = path.slice("/feed/".length, -".ics".length);
    const { feeds } = await session.ask<{ feeds: object[] }>("feed list", ANA);
    expect(feeds).toMatchObject([{ id, filters: ["due:90d"], amounts: false }]);
    expect(JSON.stringify(feeds)).not.toContain(secret);
    const state = session.store.state(FEED_STATE);
    const hash = ((await state.get(`of:${ANA.person}`)) as string[])[0]!;
    expect(JSON.stringify([hash, await state.get(`feed:${hash}`)])).not.toContain(secret);
    expect(await session.ask("feed list", BEN)).toEqual({ feeds: [] });
    expect(await session.type(`feed revoke ${id}`, BEN)).toMatchObject({ status: 1, json: { error: { code: "feed-unknown" } } });
    expect((await get(path)).status).toBe(200);
    const person = (await session.store.people.known(ANA.person!)) ?? (await session.store.people.idOf(ANA.person!, "Ana"));
    await session.store.privacy.erase([{ kind: "person", person }], "p9", session.clock.now(), "request");
    expect([(await get(path)).status, await session.ask("feed list", ANA)]).toEqual([404, { feeds: [] }]);
  });

  test("that names a person shows them by name, and by their reference only where no name is known", async () => {
    const { session } = await served();
    await session.store.people.idOf(BEN.person, "Ben");
    const told = async (line: string) => {
      const { json, cards } = await session.type(line, ANA);
      return { json: JSON.stringify(json), text: cards.map(plainText).join("\n") };
    };
    const ben = [await told("feed create assigned:slack:T1/U2"), await told("feed create owner:ben"), await told("feed list")];
    for (const { json, text } of ben) {
      expect(json).toMatch(/"filters":\["(assigned|owner):ben"\]/i);
      expect(text).toMatch(/(assigned|owner):ben/i);
      expect(json + text).not.toContain("slack:T1/U2");
    }
    const cy = "slack:T1/U3" as PersonRef;
    expect((await told(`feed create assigned:${cy}`)).json).toContain(`assigned:${cy}`);
    await session.store.people.idOf(cy, "Cy");
    // What somebody is called is known by now.
    const { json, text } = await told("feed list");
    expect(json).toContain("assigned:Cy");
    expect(json + text).not.toContain(cy);
  });

  test("by a name that nobody was known by holds what is assigned to that person by mention once they are known", async () => {
    const { session, get } = await served();
    const { path } = await made(session, "feed create assigned:Cy");
    await session.ask("assign ICO-1 to slack:T1/U3", BEN);
    expect(await (await get(path)).text()).not.toContain("ICO-1");
    await session.store.people.idOf("slack:T1/U3" as PersonRef, "Cy");
    expect(await (await get(path)).text()).toContain("ICO-1");
  });

  test("is told where nobody else reads, twenty times at most, and each of them its own", async () => {
    const { session } = await served();
    expect(await session.type("feed create", { ...ANA, overheard: true })).toMatchObject({
      status: 1,
      json: { error: { code: "private-only" } },
    });
    const paths = await Promise.all(Array.from({ length: 20 }, async () => (await made(session)).path));
    expect(new Set(paths).size).toBe(20);
    expect(await session.type("feed create", ANA)).toMatchObject({ status: 1, json: { error: { code: "feed-many" } } });
    expect(await session.ask<{ feeds: object[] }>("feed list", ANA)).toMatchObject({ feeds: { length: 20 } });
    expect(await session.type("feed revoke", ANA)).toMatchObject({ status: 2 });
  });

  test("that fails by a fault of ours leaves its secret out of the log", async () => {
    const { session, get, log } = await served(() => Promise.reject(new Error("a bug")));
    const { path } = await made(session);
    expect((await get(path)).status).toBe(500);
    expect(log.lines).toHaveLength(1);
    expect(JSON.stringify(log.lines)).not.toContain(path.slice("/feed/".length, -4));
  });
});
