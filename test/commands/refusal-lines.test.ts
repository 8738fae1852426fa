import { describe, expect, test } from "vitest";
import { formDesk } from "./form-desk.ts";
import { ANA, sessionAt, textOf } from "./places.ts";

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
  test.each(["undelivered --again here", "escalate --to Here:There --after 4h"])(
    "is shown as each platform writes it: %s",
    async (line) => {
      const session = await sessionAt(NOON);
      await session.type("watch", ANA);
      const text = textOf(await session.type(line, ANA));
      for (const place of ["slack:T1/C2", "teams:TENANT/CONVERSATION"]) expect(text).toContain(place);
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
