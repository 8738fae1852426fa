import { existsSync, readFileSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, test } from "vitest";
import type { DeliveryKey, Place, PostRef } from "../../src/ports/chat.ts";
import type { Claim } from "../../src/ports/delivery-log.ts";
import type { PlaceSettings } from "../../src/ports/subscriptions.ts";
import { day } from "../../src/time/day.ts";
import { minute } from "../contracts/delivery-fixtures.ts";
import { fill } from "../contracts/ledger-fixtures.ts";
import { erase, person, textOf } from "../contracts/privacy-fixtures.ts";
import { type SqliteSubject, subjectOfTest } from "./sql-subject.ts";

const ADA = "slack:T1/U7ADA";
const OWN = ["slack:T1/U7ADA", "slack:T1/D7OWN"] as Place[];
const CHANNEL = "slack:T1/C1" as Place;

function settings(place: Place, changes: Partial<PlaceSettings> = {}): PlaceSettings {
  const plain = { holidays: null, stages: null, quiet: null, digest: "daily", reminders: true, escalation: null } as const;
  return { place, language: "en", zone: "Europe/Paris", at: "09:00", weekdays: [1], ...plain, by: "p1", since: minute(0), ...changes };
}

function claim(place: Place): Claim {
  const key = `${place}/reminder/alpha/2024-02-18` as DeliveryKey;
  const about = { stream: "alpha", version: 1, head: "ab", rulebook: "r", shown: { units: 3 } };
  return { key, message: key, basis: { place, kind: "reminder", reason: "stage-reached", ...about } };
}

/** Ada has a conversation of her own, and her hand in much. */
async function withAda(subject: SqliteSubject): Promise<string> {
  const { store } = subject;
  await fill(store.ledger);
  await store.people.idOf("slack:T1/U9", "who recorded");
  const ada = await store.people.idOf(ADA, "Ada");
  const slack = store.state("slack");
  await slack.set("slack/direct/T1/U7ADA", "D7OWN");
  await slack.set("slack/whose/T1/D7OWN", "U7ADA");
  await slack.set("slack/person/T1/U7ADA", { name: "Ada", language: "en" }, 86_400_000);
  await slack.set("slack/draft/T1/U7ADA/note", { text: ["half a thought"] }, 86_400_000);
  await slack.set("slack/audience/T1/D7OWN", "internal", 86_400_000);
  await slack.set("slack/blocks/T1/table", true);
  await slack.set("slack/person/T1/U7ADAM", { name: "Adam" }, 86_400_000);
  for (const place of [...OWN, CHANNEL]) await store.subscriptions.settle(settings(place));
  await store.subscriptions.settle(settings(CHANNEL, { escalation: { to: OWN[0]!, afterMinutes: 60 } }));
  await store.subscriptions.add(CHANNEL, { filters: [`assigned:Ada,${ADA}`, "state:accruing"], by: ada, since: minute(0) });
  await store.subscriptions.add(OWN[1]!, { filters: [], by: ada, since: minute(0) });
  for (const place of [...OWN, CHANNEL]) {
    await store.deliveries.turn([], [claim(place)], minute(1));
    await store.deliveries.turn(
      [{ key: claim(place).key, outcome: { kind: "delivered", posted: `${place}/1.2` as PostRef } }],
      [],
      minute(2),
    );
    await store.liveCards.put({ place, stream: "alpha", posted: `${place}/1.2` as PostRef, shows: "x", updatedAt: minute(2) });
    const stage = { stream: "alpha", item: "notice", deadline: day("2024-02-18"), stage: place };
    await store.attention.acknowledge([{ ...stage, stage: `7 ${place.length}${place.at(-3)}`, place, by: ada, at: minute(3) }]);
    await store.attention.snooze({ stream: "alpha", place, until: day("2024-02-20"), by: ada, at: minute(3) });
    await store.access.confirm({ place, internal: true, by: ada, at: minute(3) });
    const event = { type: "complied" };
    await store.proposals.propose({
      ...{ stream: "alpha", version: 4, event, texts: {} },
      by: ada,
      at: minute(3),
      place,
      expiresAt: minute(9),
    });
  }
  return ada;
}

function dump({ file }: SqliteSubject): string {
  const raw = new DatabaseSync(file, { readOnly: true });
  const tables = raw
    .prepare("SELECT name FROM sqlite_master WHERE type = 'table'")
    .all()
    .map(({ name }) => String(name));
  const rows = tables.map((name) => JSON.stringify(raw.prepare(`SELECT * FROM ${name}`).all()));
  raw.close();
  return rows.join("\n");
}

describe("a person who is erased", () => {
  test("is named by no row of any table, nor by any byte of the files", async () => {
    const subject = await subjectOfTest();
    const ada = await withAda(subject);
    expect(dump(subject)).toMatch(/U7ADA\b.*D7OWN|D7OWN.*U7ADA\b/s);
    await erase(subject.store.privacy, person(ada));
    expect(dump(subject)).not.toMatch(/U7ADA\b|D7OWN|"Ada"/);
    for (const end of ["", "-wal", ".erasures"]) expect(readFileSync(subject.file + end).includes("D7OWN"), end).toBe(false);
    expect(await subject.store.ledger.verify()).toMatchObject({ ok: true, events: 5 });
  });

  test("leaves what she took note of, and what others set up, as it was", async () => {
    const subject = await subjectOfTest();
    const { store } = subject;
    const ada = await withAda(subject);
    await erase(store.privacy, person(ada));
    const heed = (await store.attention.of(["alpha"])).get("alpha")!;
    const erased = `slack:erased/${ada}`;
    expect(heed.acknowledgements.map(({ by, place }) => [by, place])).toEqual([
      [ada, `${erased}-2`],
      [ada, erased],
      [ada, CHANNEL],
    ]);
    expect(heed.snoozes.map(({ place }) => place).toSorted()).toEqual([CHANNEL, erased, `${erased}-2`].toSorted());
    const [channel, ...others] = await store.subscriptions.all();
    expect(others).toEqual([]);
    expect([channel?.place, channel?.escalation, channel?.watches.map(({ filters }) => filters)]).toEqual([
      CHANNEL,
      null,
      [[`assigned:${ada}`, "state:accruing"]],
    ]);
    const { key } = claim(CHANNEL);
    expect((await store.deliveries.known([key])).get(key)?.outcome).toEqual({ kind: "delivered", posted: `${CHANNEL}/1.2` });
    expect(await store.deliveries.tally()).toMatchObject({ delivered: 3 });
  });

  test("leaves what adapters keep of others, even of ids that begin alike", async () => {
    const subject = await subjectOfTest();
    await erase(subject.store.privacy, person(await withAda(subject)));
    const slack = subject.store.state("slack");
    expect(await slack.get("slack/blocks/T1/table")).toBe(true);
    expect(await slack.get("slack/person/T1/U7ADAM")).toEqual({ name: "Adam" });
    for (const key of ["direct/T1/U7ADA", "whose/T1/D7OWN", "person/T1/U7ADA", "draft/T1/U7ADA/note"]) {
      expect(await slack.get(`slack/${key}`), key).toBeUndefined();
    }
  });

  test("takes her calendars at secret addresses along, and nobody else's", async () => {
    const { store } = await subjectOfTest();
    await fill(store.ledger);
    await store.people.idOf("slack:T1/U9", "who recorded");
    const ada = await store.people.idOf(ADA, "Ada");
    const feeds = store.state("feed");
    for (const [hash, maker] of [
      ["aa", ADA],
      ["bb", `${ADA}M`],
    ] as const) {
      await feeds.set(`feed:${hash}`, { id: hash, hash, person: maker, filters: [] });
      await feeds.set(`of:${maker}`, [hash]);
    }
    await erase(store.privacy, person(ada));
    expect([await feeds.get("feed:aa"), await feeds.get(`of:${ADA}`)]).toEqual([undefined, undefined]);
    expect([await feeds.get("feed:bb"), await feeds.get(`of:${ADA}M`)]).toMatchObject([{ id: "bb" }, ["bb"]]);
  });

  test("of Teams takes her own conversation along, and no channel", async () => {
    const { store } = await subjectOfTest();
    await fill(store.ledger);
    await store.people.idOf("slack:T1/U9", "who recorded");
    const bea = await store.people.idOf("teams:0b1c-aad", "Bea");
    const teams = store.state("teams");
    const [own, channel] = ["teams:t/a:1xyz", "teams:t/19:chan@thread.tacv2"] as Place[];
    const kept = { tenant: "t", serviceUrl: "https://smba.example", bot: "28:b" };
    await teams.set(`conversation/${own}`, { ...kept, conversation: "a:1xyz", person: "0b1c-aad" });
    await teams.set(`conversation/${channel}`, { ...kept, conversation: "19:chan@thread.tacv2" });
    await teams.set("person/0b1c-aad", { tenant: "t", conversation: "a:1xyz" });
    for (const place of [own!, channel!]) await store.subscriptions.settle(settings(place));
    await erase(store.privacy, person(bea));
    expect((await store.subscriptions.all()).map(({ place }) => place)).toEqual([channel]);
    expect([await teams.get(`conversation/${own}`), await teams.get("person/0b1c-aad")]).toEqual([undefined, undefined]);
    expect(await teams.get(`conversation/${channel}`)).toMatchObject(kept);
  });
});

describe("a text that is erased", () => {
  test("goes from what is half filled in and from what is proposed, and where a bot can post stays", async () => {
    const { store } = await subjectOfTest();
    await fill(store.ledger);
    await store.state("slack").set("draft", { text: ["Ada Exemple again"] }, 60_000);
    await store.state("teams").set("conversation/x", { topic: "Ada Exemple" });
    const asked = { version: 4, event: {}, by: "p2", at: minute(0), place: null, expiresAt: minute(9) };
    const one = await store.proposals.propose({ ...asked, stream: "alpha", texts: { because: "as she said" } });
    const other = await store.proposals.propose({ ...asked, stream: "beta", texts: { because: "as he said" } });
    await erase(store.privacy, textOf("e1"));
    expect([await store.state("slack").get("draft"), await store.state("teams").get("conversation/x")]).toEqual([
      undefined,
      { topic: "Ada Exemple" },
    ]);
    expect([(await store.proposals.of(one.id))?.texts, (await store.proposals.of(other.id))?.texts]).toEqual([
      {},
      { because: "as he said" },
    ]);
  });

  test("is noted beside the register by what it was and in no other way, and nothing is noted where nothing went", async () => {
    const subject = await subjectOfTest();
    await fill(subject.store.ledger);
    const file = `${subject.file}.erasures`;
    await erase(subject.store.privacy, textOf("e9"));
    expect(existsSync(file)).toBe(false);
    const erased = await erase(subject.store.privacy, textOf("e1"), textOf("e3"));
    await erase(subject.store.privacy, textOf("e1"));
    const lines = readFileSync(file, "utf8").trimEnd().split("\n");
    expect(lines.map((line) => JSON.parse(line))).toEqual(erased.map((one) => ({ desk: "main", ...one })));
  });

  test("of a register in memory is erased like any other", async () => {
    const { openStore } = await import("../../adapters/store/sql/open.ts");
    const store = await openStore({ url: "sqlite::memory:" });
    await fill(store.ledger);
    expect(await erase(store.privacy, textOf("e1"))).toHaveLength(1);
    expect((await store.ledger.read("alpha"))[0]?.erased).toEqual(["respondent"]);
    await store.close();
  });

  test("lingers in the files while another program reads them, says so, and is gone when the process ends", async () => {
    const { file, store } = await subjectOfTest();
    await fill(store.ledger);
    const reader = new DatabaseSync(file, { readOnly: true });
    reader.exec("BEGIN");
    reader.prepare("SELECT count(*) FROM ledger").get();
    const what = ["e1", "e2", "e3", "e4"].map((eventId) => textOf(eventId));
    expect(await store.privacy.erase([...what, textOf("e1", "respondent", "beta")], "p1", minute(0), "request")).toMatchObject({
      lingers: "held-up",
    });
    expect((await store.ledger.read("alpha"))[0]?.erased).toEqual(["respondent"]);
    reader.exec("COMMIT");
    reader.close();
    await store.close();
    for (const end of ["", "-wal"]) if (existsSync(file + end)) expect(readFileSync(file + end).includes("Ada Exemple"), end).toBe(false);
  }, 20_000);
});
