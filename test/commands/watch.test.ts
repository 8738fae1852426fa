import { describe, expect, test } from "vitest";
import type { Instant } from "../../src/time/instant.ts";
import { ANA, BEN, sessionAt, textOf } from "./places.ts";

const NOON = "2024-02-22T11:00:00.000Z";

describe("watch", () => {
  test("the first one of a place makes its settings, and says what is watched and who set it up", async () => {
    const session = await sessionAt(NOON);
    const answer = await session.type("watch tag:dpo", ANA);
    expect(answer.json).toMatchObject({
      place: ANA.place,
      filters: ["tag:dpo"],
      matters: 1,
      watching: 1,
      at: "09:00",
      zone: "Europe/Paris",
    });
    expect(textOf(answer)).toMatch(/^This place watches 1 matter\n- w1 · tag:dpo · 1 matter · set up by @ana on Thu 22 Feb 2024\n/);
    expect(await session.store.subscriptions.of(ANA.place)).toMatchObject({
      language: "en",
      weekdays: [1, 2, 3, 4, 5, 6, 7],
      digest: "daily",
      reminders: true,
      watches: [{ id: "w1", filters: ["tag:dpo"] }],
    });
  });

  test("keeps its filters in one order, in whatever order they were typed", async () => {
    const session = await sessionAt(NOON);
    const kept = { watch: "w1", filters: ["authority:CNIL", "TAG:b", "tag:a", "autre", "kourou"] };
    for (const typed of ["kourou TAG:b autre authority:CNIL tag:a", "tag:a authority:CNIL kourou autre TAG:b"])
      expect(await session.ask(`watch ${typed}`, ANA)).toMatchObject(kept);
    expect((await session.store.subscriptions.of(ANA.place))?.watches).toHaveLength(1);
  });

  test("that was kept in another order by an earlier version is the watch that is there", async () => {
    const session = await sessionAt(NOON);
    await session.ask("watch tag:b", ANA);
    await session.store.subscriptions.add(ANA.place, { filters: ["kourou", "tag:a"], by: "p1", since: session.clock.now() });
    expect(await session.ask("watch tag:a kourou", ANA)).toMatchObject({ watch: "w2" });
    expect((await session.store.subscriptions.of(ANA.place))?.watches).toHaveLength(2);
  });

  describe("by a name that an earlier version kept without the reference of whoever bears it", () => {
    async function keptByName(...filters: readonly string[]) {
      const session = await sessionAt(NOON);
      await session.ask("assign SAN-2024-001 to slack:T1/U1", ANA);
      await session.ask("watch tag:b", BEN);
      await session.store.subscriptions.add(BEN.place, { filters, by: "p1", since: session.clock.now() });
      return { session, held: async () => (await session.store.subscriptions.of(BEN.place))!.watches };
    }

    test("is the watch that is there, and takes what is assigned by reference from then on", async () => {
      for (const typed of ["assigned:ana tag:dpo", "tag:dpo assigned:@Ana"]) {
        const { session, held } = await keptByName("assigned:ana", "tag:dpo");
        const [, before] = await held();
        session.clock.set("2024-02-23T11:00:00.000Z" as Instant);
        for (let times = 0; times < 2; times++) expect(await session.ask(`watch ${typed}`, BEN)).toMatchObject({ watch: "w2", matters: 1 });
        const name = typed.includes("@") ? "Ana" : "ana";
        expect((await held()).slice(1)).toEqual([{ ...before, filters: ["tag:dpo", `assigned:${name},slack:T1/U1`] }]);
      }
    });

    test("stays as it is where two bear the name, and so does one that is kept by reference", async () => {
      const { session, held } = await keptByName("assigned:ana,slack:T1/U1");
      await session.store.people.idOf("slack:T1/U9", "ana");
      expect(await session.ask("watch assigned:ana", BEN)).toMatchObject({ watch: "w2", filters: ["assigned:ana"] });
      expect((await held())[1]!.filters).toEqual(["assigned:ana,slack:T1/U1"]);
    });

    test("is another where another person of that name is meant, or another filter", async () => {
      const { session, held } = await keptByName("assigned:ana,slack:T1/U9");
      expect(await session.ask("watch assigned:ana", BEN)).toMatchObject({ watch: "w3" });
      expect(await session.ask("watch owner:ana", BEN)).toMatchObject({ watch: "w4" });
      expect(await session.ask("watch assigned:ana tag:dpo", BEN)).toMatchObject({ watch: "w5" });
      expect(await held()).toHaveLength(5);
    });

    test("is printed without the reference, in `filters` as in `watches`", async () => {
      const { session } = await keptByName("tag:c");
      const json = await session.ask<{ watches: readonly { filters: unknown }[] }>("watch assigned:ana", BEN);
      expect(json).toMatchObject({ filters: ["assigned:ana"] });
      expect(json.watches.at(-1)!.filters).toEqual(["assigned:ana"]);
      expect(await session.ask("watch --at 08:00 assigned:me", ANA)).toMatchObject({ filters: ["assigned:ana"] });
    });
  });

  test("another one is added, and the same filters again are the watch that is there", async () => {
    const session = await sessionAt(NOON);
    await session.ask("watch tag:dpo", ANA);
    expect(await session.ask("watch respondent:autre", BEN)).toMatchObject({ watch: "w2", watching: 1 });
    expect(await session.ask("watch respondent:autre", ANA)).toMatchObject({ watch: "w3", matters: 1, watching: 2 });
    expect(await session.ask("watch tag:dpo", { ...BEN, place: ANA.place })).toMatchObject({ watch: "w1", watching: 2 });
    const { watches } = (await session.store.subscriptions.of(ANA.place))!;
    const [ana] = await session.store.people.named("ana");
    expect(watches.map(({ id, by }) => [id, by])).toEqual([
      ["w1", ana],
      ["w3", ana],
    ]);
  });

  test("by what is due says that a matter leaves it once its time has ended", async () => {
    const session = await sessionAt(NOON);
    expect(textOf(await session.type("watch tag:dpo due:30d", ANA))).toContain(
      "“due:30d” takes a matter only while a deadline of it is still to come",
    );
    expect(textOf(await session.type("watch tag:dpo --lang fr", BEN))).not.toContain("due:");
    expect(textOf(await session.type("watch due:7d --lang fr", BEN))).toContain("Pour entendre la suite, suivez-la sans");
  });

  test("by a state that a day alone can end says what is not told then; by another one nothing", async () => {
    const session = await sessionAt(NOON);
    const said = async (line: string) => textOf(await session.type(line, ANA));
    expect(await said("watch state:accruing")).toContain("whether it is recorded or a cap that is reached");
    expect(await said("watch state:pending")).toContain("where a day alone ends it, nothing more");
    expect(await said("watch state:closed")).not.toContain("takes a matter only");
    expect(await said("watch state:curing --lang fr")).toContain("le message de son dernier jour le dit");
  });

  test("changes the settings that are named, and no others", async () => {
    const session = await sessionAt(NOON);
    await session.ask("watch tag:dpo --at 08:30 --zone Europe/London --lang fr --weekdays mon-fri --holidays fr", ANA);
    await session.ask("watch tag:dpo --quiet 19:00-08:00 --digest weekly --stages 14,30,30", { ...BEN, place: ANA.place });
    expect(await session.store.subscriptions.of(ANA.place)).toMatchObject({
      at: "08:30",
      zone: "Europe/London",
      language: "fr",
      weekdays: [1, 2, 3, 4, 5],
      holidays: "FR",
      quiet: { from: "19:00", to: "08:00" },
      digest: "weekly",
      stages: [30, 14],
      since: NOON,
    });
    await session.ask("watch --weekdays all --holidays none --stages usual --quiet none", ANA);
    expect(await session.store.subscriptions.of(ANA.place)).toMatchObject({
      weekdays: [1, 2, 3, 4, 5, 6, 7],
      holidays: null,
      stages: null,
      quiet: null,
      digest: "weekly",
    });
  });

  test("settings alone add no watch in a place that has one; in a place without, everything is watched", async () => {
    const session = await sessionAt(NOON);
    await session.ask("watch tag:dpo", ANA);
    expect(await session.ask("watch --at 08:00", ANA)).toMatchObject({ watch: null, at: "08:00", watching: 1 });
    expect(await session.ask("watch --at 08:00", BEN)).toMatchObject({ watch: "w2", filters: [], watching: 2 });
  });

  test("says that the last stages come whatever list of stages is chosen, and only when the list leaves them out", async () => {
    const session = await sessionAt(NOON);
    const said = "3, 1, 0 days before an expiry and the last working day before it are said all the same";
    expect(textOf(await session.type("watch --stages 30,14", ANA))).toContain(said);
    const whole = textOf(await session.type("watch --stages 30,3,1,0", ANA));
    expect(whole).not.toContain(said);
    expect(whole).toContain("Reminders: 30, 3, 1, 0 days before an expiry");
  });

  test("a filter that fits nothing says so", async () => {
    const session = await sessionAt(NOON);
    const answer = await session.type("watch tag:nothing", ANA);
    expect(answer.json).toMatchObject({ matters: 0, watching: 0 });
    expect(textOf(answer)).toMatch(/^No matter fits these filters at present/);
    expect(textOf(answer)).toContain("- w1 · tag:nothing · no matter at present");
  });

  test("me is whoever types, by name and by reference, and is shown by name", async () => {
    const session = await sessionAt(NOON);
    await session.ask("assign SAN-2024-001 to @Ana", BEN);
    await session.ask("assign SAN-2024-002 to slack:T1/U1 --as owner", BEN);
    expect(await session.ask("watch assigned:me", ANA)).toMatchObject({ matters: 1 });
    const answer = await session.type("watch mine", ANA);
    expect(answer.json).toMatchObject({ matters: 2 });
    expect(textOf(answer)).toContain("assigned:ana · 1 matter");
    expect(textOf(answer)).toContain("people:ana · 2 matters");
    expect(await session.ask("list mine", ANA)).toMatchObject({ total: 2 });
    expect(await session.ask("list owner:me", ANA)).toMatchObject({ total: 1 });
    expect(await session.ask("list mine", BEN)).toMatchObject({ total: 0 });
  });

  test("a name is its bearer by reference too, and two bearers are nobody by reference", async () => {
    const session = await sessionAt(NOON);
    await session.ask("assign SAN-2024-001 to slack:T1/U1", ANA);
    await session.ask("assign SAN-2024-001 to slack:T1/U1 --as owner", ANA);
    await session.ask("assign SAN-2024-002 to slack:T1/U1", BEN);
    for (const filter of ["assigned:ana", "assigned:@Ana", "people:ana"]) {
      expect(await session.ask(`list ${filter}`, BEN), filter).toMatchObject({ total: 2 });
      expect(await session.ask(`watch ${filter}`, BEN), filter).toMatchObject({ matters: 2 });
    }
    expect(await session.ask("list owner:ana", BEN)).toMatchObject({ total: 1 });
    expect(await session.ask("list assigned:ben", BEN)).toMatchObject({ total: 0 });
    expect(textOf(await session.type("watches", BEN))).not.toContain("slack:T1/U1");
    await session.store.people.idOf("slack:T1/U9", "ana");
    expect(await session.ask("list people:ana", BEN)).toMatchObject({ total: 0 });
  });

  test("makes what delivers look at every matter at once; a question does not", async () => {
    const session = await sessionAt(NOON);
    await session.store.index.looked(
      (await session.store.index.due(session.clock.now(), 10)).map(({ stream, version }) => ({
        stream,
        version,
        wakeAt: null,
        derived: { authority: "CNIL", ref: stream, kind: "order", state: "curing", nextDay: null },
      })),
      session.clock.now(),
    );
    expect(await session.store.index.due(session.clock.now(), 10)).toEqual([]);
    const before = session.nudges();
    await session.ask("watches", ANA);
    expect([session.nudges(), await session.store.index.due(session.clock.now(), 10)]).toEqual([before, []]);
    await session.ask("watch", ANA);
    expect(session.nudges()).toBe(before + 1);
    expect(await session.store.index.due(session.clock.now(), 10)).toHaveLength(2);
  });

  test.each([
    ["watch --weekdays mon-fry", 2, "mon-fri, mon,wed,fri, all"],
    ["watch --weekdays mon-tue-wed", 2, "mon-fri"],
    ["watch --weekdays mon,", 2, "mon-fri"],
    ["watch --holidays FF", 2, "FR"],
    ["watch --stages 30,x", 2, "30,14,7, 0-366, usual"],
    ["watch --stages 367", 2, "0-366"],
    ["watch --stages -1", 2, "0-366"],
    ["watch --quiet 19-8", 2, "19:00-08:00, none"],
    ["watch --quiet 08:00-08:00", 2, "19:00-08:00"],
    ["watch --digest hourly", 2, "daily, weekly, monthly, off"],
    ["watch --at 25:00", 2, "09:00"],
    ["watch --lang de", 2, "en, fr"],
    ["watch --zone Europe/Pari", 1, "Europe/Paris"],
    ["watch colour:red", 1, "assigned, owner, people"],
    ["watch authority:XX", 1, "CNIL"],
  ])("%s is refused with what is allowed, and nothing is set", async (line, status, allowed) => {
    const session = await sessionAt(NOON);
    const answer = await session.type(line, ANA);
    expect([answer.status, answer.errors.join()]).toEqual([status, expect.stringContaining(allowed)]);
    expect(await session.store.subscriptions.all()).toEqual([]);
  });

  test("weekdays may go over the end of the week, and be French", async () => {
    const session = await sessionAt(NOON);
    await session.ask("watch --weekdays sat-mon", ANA);
    expect((await session.store.subscriptions.of(ANA.place))?.weekdays).toEqual([1, 6, 7]);
    await session.ask("watch --weekdays lun,mer", ANA);
    expect((await session.store.subscriptions.of(ANA.place))?.weekdays).toEqual([1, 3]);
  });
});

describe("watches and unwatch", () => {
  test("show each watch, what fits, who set it up and since when, and the settings in words", async () => {
    const session = await sessionAt(NOON);
    await session.ask("watch tag:dpo --weekdays mon-fri --quiet 19:00-08:00 --holidays FR", ANA);
    await session.ask("watch state:curing", { ...BEN, place: ANA.place });
    expect(textOf(await session.type("watches", ANA)).split("\n")).toEqual([
      "This place watches 2 matters",
      "- w1 · tag:dpo · 1 matter · set up by @ana on Thu 22 Feb 2024",
      "- w2 · state:curing · 2 matters · set up by @ben on Thu 22 Feb 2024",
      "Digest: each day at 09:00 (Paris)",
      "Days: Mon, Tue, Wed, Thu, Fri",
      "Holidays: silent on those of France (metropolitan)",
      "Reminders: 30, 14, 7, 3, 1, 0 days before an expiry, and the last working day before it",
      "Quiet hours: 19:00 to 08:00: what falls there is said before",
      "Escalation: none: escalate --to … --after … sets one",
      "Language: English",
      "Settings last set by @ana; this place has been spoken to since Thu 22 Feb 2024",
    ]);
    expect(await session.ask("watches", ANA)).toMatchObject({
      matters: 2,
      watches: [
        { id: "w1", by: "ana" },
        { id: "w2", by: "ben" },
      ],
    });
  });

  test("a place that watches nothing says so", async () => {
    const session = await sessionAt(NOON);
    expect(textOf(await session.type("watches", ANA))).toBe("This place watches nothing");
    expect(await session.ask("unwatch", ANA)).toMatchObject({ removed: false });
  });

  test("one watch or all are given up, and matters that no place watches then are counted", async () => {
    const session = await sessionAt(NOON);
    for (const filter of ["tag:dpo", "respondent:autre", "state:curing"]) await session.ask(`watch ${filter}`, ANA);
    expect(await session.ask("unwatch w3", ANA)).toMatchObject({ removed: true, ids: ["w3"], left: 2, unwatched: 0 });
    const one = await session.type("unwatch w2", ANA);
    expect(one.json).toMatchObject({ ids: ["w2"], left: 1, unwatched: 1 });
    expect(textOf(one)).toContain("1 matter is watched by no place: nobody is reminded of it");
    const all = await session.type("unwatch", ANA);
    expect(all.json).toMatchObject({ ids: ["w1"], left: 0, unwatched: 2 });
    expect(textOf(all)).toContain("This place watches nothing any more");
    expect((await session.type("unwatch w1", ANA)).errors.join()).toContain("it watches nothing");
  });

  test("a watch of another place is not given up from here", async () => {
    const session = await sessionAt(NOON);
    await session.ask("watch", ANA);
    await session.ask("watch tag:dpo", BEN);
    const answer = await session.type("unwatch w1", BEN);
    expect([answer.status, answer.errors]).toEqual([1, ["This place has no watch w1; its watches are w2"]]);
    expect((await session.store.subscriptions.of(ANA.place))?.watches).toHaveLength(1);
  });
});
