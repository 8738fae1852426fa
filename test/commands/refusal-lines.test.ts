import { describe, expect, test } from "vitest";
import type { PersonRef } from "../../src/ports/chat.ts";
import { formDesk } from "./form-desk.ts";
import { ANA, EVE, sessionAt, textOf } from "./places.ts";

const NOON = "2024-02-22T11:00:00.000Z";

describe("a word that was left out or mistyped", () => {
  test.each([
    ["snooze SAN-2024-001 2024-03-01", "write snooze SAN-2024-001 until 2024-03-01"],
    ["snooze SAN-2024-001 till 2024-03-01", "write snooze SAN-2024-001 until 2024-03-01"],
    ["snooze SAN-2024-001 tomorrow", "write snooze SAN-2024-001 until DAY"],
    ["snooze san 2024 001 untill 2024-03-01 --past-expiry", 'write snooze "san 2024 001" until 2024-03-01 --past-expiry'],
    ['assign SAN-2024-001 "Ana Martin"', 'write assign SAN-2024-001 to "Ana Martin"'],
  ])("%s is refused with the line to type", async (line, said) => {
    const session = await sessionAt(NOON);
    const answer = await session.type(line, ANA);
    expect([answer.status, answer.json]).toMatchObject([2, { error: { code: "value-invalid" } }]);
    expect(answer.errors.join()).toContain(said);
  });

  test("whom it mentions is called by name, on the button too; the button carries the line itself", async () => {
    const session = await sessionAt(NOON);
    const eve = { person: "slack:T1/U9" as PersonRef, name: "eve" };
    const answer = await session.type("assign SAN-2024-001 slack:T1/U9", { ...ANA, mentions: [eve] });
    expect(answer.errors).toEqual(['to: "@eve" cannot be read; write assign SAN-2024-001 to @eve']);
    const actions = answer.cards.flatMap(({ blocks }) => blocks.flatMap((block) => (block.kind === "actions" ? block.actions : [])));
    expect(actions[0]).toEqual({ label: "assign SAN-2024-001 to @eve", command: "assign SAN-2024-001 to slack:T1/U9" });
  });

  test.each([
    ["show SAN-2024-001 --on 2024-02-30", "on: there is no day 2024-02-30 (days from 1900 to 2200)"],
    ["snooze SAN-2024-001 until 2024-13-01", "day: there is no day 2024-13-01 (days from 1900 to 2200)"],
    ["show SAN-2024-001 2024-11-01", 'One word too many: "2024-11-01"; a day is written --on 2024-11-01. Write: show REF'],
    ["verify 2024-11-01", 'One word too many: "2024-11-01"'],
    [
      "register CNIL SAN-9 Acme --kind sanction --notified 2024-01-05 --period P28D --rate 0 --per day",
      "--rate: A rate of nothing is no penalty",
    ],
    [
      "register CNIL SAN-9 Acme --kind sanction --notified 2024-01-05 --period P28D --rate 1.000 --per day",
      "--rate: 1.000 has too many decimals",
    ],
    ["watch slack:T1/U9", "to watch what is somebody’s, write watch people:slack:T1/U9"],
  ])("%s says what is wrong, as it was typed", async (line, said) => {
    const session = await sessionAt(NOON);
    const answer = await session.type(line, ANA);
    expect([answer.status > 0, answer.errors.join().slice(0, said.length + 60)]).toEqual([true, expect.stringContaining(said)]);
  });

  test("a channel to watch in is set up where it is", async () => {
    const session = await sessionAt(NOON);
    const answer = await session.type("watch fax:office/2", EVE);
    expect(answer.errors).toEqual(["A place is set up where it is: type watch in that channel"]);
    expect((await session.type("watch fox:office/2", EVE)).errors.join()).toContain("There is no filter fox");
  });

  test("an option is suggested only where it is near", async () => {
    const session = await sessionAt(NOON);
    const far = (await session.type("watch --nope", ANA)).errors.join();
    expect(far).not.toContain("did you mean");
    expect(far).toContain("--zone");
    for (const [typed, near] of [
      ["--zoen", "--zone"],
      ["--weekday", "--weekdays"],
      ["--langg", "--lang"],
    ])
      expect((await session.type(`watch ${typed} x`, ANA)).errors.join()).toContain(`did you mean ${near}?`);
  });
});

describe("a place that cannot be read", () => {
  test.each(["undelivered --again #general", "escalate --to Here:There --after 4h"])(
    "is shown as the reader's own platform writes it, and on a command line as each does: %s",
    async (line) => {
      const session = await sessionAt(NOON);
      await session.type("watch", ANA);
      const text = textOf(await session.type(line, ANA));
      expect(text).toContain("choose the channel from the list that opens as you type it, or write slack:T1/C2");
      expect(text).not.toContain("teams:");
      if (line.startsWith("undelivered")) expect(textOf(await session.type(line))).toContain("slack:T1/C2, teams:TENANT/CONVERSATION");
    },
  );
});

describe("the language that was just set", () => {
  test.each(["watch --lang fr", "mine --lang fr"])("is that of the answer: %s", async (line) => {
    const session = await sessionAt(NOON);
    expect(textOf(await session.type(line, ANA))).toMatch(/Langue\s?: français/);
  });

  test.each(["watch --lang fr", "settings --lang fr", "mine --lang fr"])("is that of the button under it too: %s", async (line) => {
    const desk = await formDesk();
    await desk.type("list");
    const { cards } = await desk.type(line);
    const labels = cards.flatMap(({ blocks }) => blocks.flatMap((block) => (block.kind === "actions" ? block.actions : [])));
    expect(labels.map(({ label }) => label)).toEqual([line.startsWith("watch") ? "Choisir ce qui est suivi…" : "Modifier…"]);
  });
});

describe("digest in a place that watches nothing", () => {
  test("says what is shown and why, and calls nothing watched", async () => {
    const session = await sessionAt(NOON);
    const text = textOf(await session.type("digest", ANA));
    expect(text.split("\n")[0]).toContain("2 matters in the register");
    expect(text.split("\n")[0]).not.toContain("watched");
    expect(text).toContain("This place watches nothing: what is shown is the whole register, because it was asked for");
    expect(await session.ask("digest", ANA)).toMatchObject({ watched: 2 });
    await session.ask("watch", ANA);
    const watching = textOf(await session.type("digest", ANA));
    expect(watching.split("\n")[0]).toContain("2 matters watched");
    expect(watching).not.toContain("This place watches nothing");
  });
});

describe("show", () => {
  test("says who has acknowledged and until when this place has put it off, now and here alone", async () => {
    const session = await sessionAt(NOON);
    expect(await session.ask("show SAN-2024-001", ANA)).toMatchObject({ acknowledged: [], snoozed: null });
    await session.ask("ack SAN-2024-001", ANA);
    await session.ask("snooze SAN-2024-001 until 2024-03-01", ANA);
    const answer = await session.type("show SAN-2024-001", ANA);
    expect(answer.json).toMatchObject({
      acknowledged: [{ item: "a", name: "ana", at: NOON, stage: "14" }],
      snoozed: { until: "2024-03-01", name: "ana", pastExpiry: false },
    });
    expect(textOf(answer)).toContain("Acknowledged by @ana, Thu 22 Feb");
    expect(textOf(answer)).toContain("Put off in this place until Fri 1 Mar by @ana");
    expect(await session.ask("show SAN-2024-001")).toMatchObject({ acknowledged: [{ name: "ana" }], snoozed: null });
    expect(await session.ask<object>("show SAN-2024-001 --on 2024-02-21", ANA)).not.toHaveProperty("snoozed");
    const noted = await session.ask<object>("note SAN-2024-001 --on 2024-02-22 --text seen", ANA);
    expect(noted).toMatchObject({ acknowledged: [{ name: "ana" }], snoozed: { until: "2024-03-01" } });
  });
});
