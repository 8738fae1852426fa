import { describe, expect, test } from "vitest";
import { digests, later } from "./desk-of-test.ts";
import { ANA, BEN, INSIDE, NAMES, NO_DIGEST, OPERATIONS, SHARED, type SightDesk, START, sightDesk } from "./sight-desk.ts";

const KEY = "CNIL:SAN-2024-003";

async function restricted(...people: readonly string[]) {
  const desk = await sightDesk();
  await desk.file("SAN-2024-003", "restricted");
  for (const name of people) await desk.admit(KEY, name);
  await desk.watch(INSIDE, NO_DIGEST);
  desk.operations.place = OPERATIONS;
  return desk;
}

const places = ({ posts }: SightDesk) => posts.map(({ to }) => to);

describe("a restricted matter", () => {
  test("is told to everybody who is let in, in their own conversations, and nowhere else", async () => {
    const desk = await restricted("ana", "ben");
    await desk.tickAt(START);
    expect(places(desk)).toEqual([ANA, BEN]);
    expect(desk.toldIn(ANA)).toContain("14 days left");
  });

  test("is told in a card that announces nothing, with a button that shows it", async () => {
    const desk = await restricted("ana");
    await desk.tickAt(START);
    const [{ card, text }] = desk.posts as [(typeof desk.posts)[0]];
    expect(card.discreet).toBe("A restricted matter needs you.");
    expect(text).toContain(`"command":"show ${KEY}"`);
  });

  test("is told to each in their own language where that is known, and in the house's where it is not", async () => {
    const desk = await restricted("ana", "ben");
    await desk.tickAt(START, { languageOf: async (place) => (place === ANA ? "fr" : null) });
    expect(desk.posts.map(({ to, card }) => [to, card.discreet])).toEqual([
      [ANA, "Une affaire restreinte requiert votre attention."],
      [BEN, "A restricted matter needs you."],
    ]);
  });

  test("goes on being told as a place that watches it would hear: reminders, that it is overdue, totals and what happens", async () => {
    const desk = await restricted("ana");
    desk.clock.set(START);
    await desk.followIndex(later(START, 60 * 24 * 24));
    const said = desk.posts.map(({ key }) => (JSON.parse(key) as string[]).slice(1, 2).concat(String(JSON.parse(key)[4])));
    expect(said).toEqual([
      ["reminder", "14"],
      ["reminder", "7"],
      ["reminder", "3"],
      ["reminder", "1"],
      ["reminder", "0"],
      ["total", ""],
    ]);
    await desk.record(KEY, { on: "2024-03-10", type: "complied" });
    await desk.tickAt(later(desk.clock.now(), 60 * 24));
    expect(places(desk).every((place) => place === ANA)).toBe(true);
    expect(desk.posts).toHaveLength(7);
  });

  test("is told once to somebody who watches everything in their own conversation, with the settings that stand there", async () => {
    const desk = await restricted("ana");
    await desk.watch(ANA, { ...NO_DIGEST, language: "fr" });
    await desk.tickAt(START);
    expect(places(desk)).toEqual([ANA]);
    expect(desk.posts[0]!.card.discreet).toBe("Une affaire restreinte requiert votre attention.");
  });

  test("is told though somebody has only a digest of their own, and stands in it though no filter takes it", async () => {
    const desk = await restricted("ana");
    await desk.file("SAN-2024-001", "desk", { authority: "ICO", currency: "GBP", items: [] });
    await desk.watch(ANA, { reminders: false }, ["authority:ICO"]);
    const ticked = await desk.tickAt(START);
    expect(desk.posts.map(({ to, card }) => [to, card.discreet !== undefined])).toEqual([
      [ANA, true],
      [ANA, true],
    ]);
    expect(digests(ticked).map(({ watched, upcoming }) => [watched, upcoming.map(({ standing }) => standing.key)])).toEqual([[2, [KEY]]]);
  });

  test("is told at once to whoever is let in, of its latest stage alone and not of what was recorded before", async () => {
    const desk = await restricted("ana");
    await desk.tickAt(START);
    await desk.record(KEY, { on: "2024-02-20", type: "appealed", suspends: "no" });
    await desk.tickAt(later(START, 1));
    desk.clock.set(later(START, 2));
    await desk.admit(KEY, "ben");
    await desk.tickAt(later(START, 2));
    const told = desk.posts.filter(({ to }) => to === BEN);
    expect(told.map(({ key }) => JSON.parse(key)[1])).toEqual(["reminder"]);
  });

  test("is told no more to whoever is sent away, whose card says no more of it", async () => {
    const desk = await sightDesk(undefined, { inPlace: true });
    await desk.file("SAN-2024-003", "restricted");
    await desk.admit(KEY, "ana");
    await desk.tickAt(START);
    await desk.admit(KEY, "ana", false);
    await desk.tickAt(later(START, 1));
    expect(desk.updates).toHaveLength(1);
    expect(desk.updates[0]!.text).toContain("No longer shown here");
    expect(desk.updates[0]!.text).not.toMatch(NAMES);
    desk.clock.set(later(START, 2));
    await desk.followIndex(later(START, 60 * 24 * 20));
    expect(desk.posts).toHaveLength(1);
    expect(await desk.store.liveCards.of([KEY])).toEqual([]);
  });

  test("is told to nobody who was let in and turned away since", async () => {
    const desk = await restricted("ana", "ben");
    await desk.grant("ana", "none");
    await desk.tickAt(START);
    expect(places(desk)).toEqual([BEN]);
  });

  test("stops being told where the desk reads as soon as it is restricted, and its card there says no more of it", async () => {
    const desk = await sightDesk(undefined, { inPlace: true });
    const key = await desk.file("SAN-2024-002", "desk");
    await desk.watch(INSIDE, NO_DIGEST);
    await desk.tickAt(START);
    await desk.record(key, { on: "2024-02-20", type: "visibility", to: "restricted" });
    await desk.admit(key, "ana");
    await desk.tickAt(later(START, 1));
    expect(desk.updates.map(({ text }) => NAMES.test(text))).toEqual([false]);
    expect(places(desk)).toEqual([INSIDE, ANA]);
  });
});

describe("a burst and a digest that hold a restricted matter", () => {
  test("are announced as one thing that names nothing", async () => {
    const desk = await sightDesk(undefined, { pace: 1000 });
    for (const number of [1, 2, 3, 4, 5]) await desk.file(`SAN-2024-00${number}`, number === 3 ? "restricted" : "desk");
    await desk.admit(KEY, "ana");
    await desk.watch(ANA, { digest: "daily" });
    await desk.watch(INSIDE, NO_DIGEST);
    desk.clock.set(START);
    await desk.runUntil(later(START, 1), 1 / 60);
    const own = desk.posts.filter(({ to }) => to === ANA);
    expect(own.map(({ card, text }) => [card.discreet, text.includes("SAN-2024-003")])).toEqual([
      ["A restricted matter needs you.", true],
      ["A restricted matter needs you.", true],
    ]);
    const shown = desk.posts.filter(({ to }) => to === INSIDE);
    expect(shown.map(({ card, text }) => [card.discreet, text.includes("SAN-2024-003")])).toEqual([[undefined, false]]);
  });
});

describe("a restricted matter of which nobody hears", () => {
  test("is announced to the operations place in words that name nothing, once a day", async () => {
    const desk = await restricted();
    await desk.file("SAN-2024-004", "restricted");
    for (let minute = 0; minute < 5; minute++) await desk.tickAt(later(START, minute));
    expect(places(desk)).toEqual([OPERATIONS]);
    expect(desk.toldIn(OPERATIONS)).toContain("2 restricted matters have nobody who hears of them");
    expect(desk.toldIn(OPERATIONS)).not.toMatch(NAMES);
    await desk.tickAt(later(START, 60 * 24));
    expect(places(desk)).toEqual([OPERATIONS, OPERATIONS]);
  });

  test("is announced at once, and not only at the hour of the digests", async () => {
    const desk = await restricted("ana");
    await desk.tickAt(later(START, 60));
    await desk.admit(KEY, "ana", false);
    await desk.tickAt(later(START, 120));
    expect(places(desk)).toEqual([ANA, OPERATIONS]);
  });

  test("is so too where who is let in cannot be reached, or may see nothing", async () => {
    const desk = await restricted("ana");
    await desk.grant("ana", "none");
    await desk.store.access.admit([
      { stream: KEY, person: await desk.store.people.idOf("other:zoe", "zoe"), admitted: true, by: "p1", at: START },
    ]);
    await desk.tickAt(START);
    expect(places(desk)).toEqual([OPERATIONS]);
  });

  test("is not told of where somebody hears of each, and counts nowhere as watched by nobody", async () => {
    const desk = await restricted("ana");
    await desk.watch(SHARED, { digest: "daily" }, ["authority:ICO"]);
    const [digest] = digests(await desk.tickAt(START));
    expect(digest!.unwatched).toBe(0);
    expect(places(desk).includes(OPERATIONS)).toBe(false);
  });
});
