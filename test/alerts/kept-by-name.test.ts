import { describe, expect, test } from "vitest";
import { meantByNow } from "../../src/alerts/kept-by-name.ts";
import type { Place } from "../../src/ports/chat.ts";
import { deskOfTest, digests, later, moment, utterances } from "./desk-of-test.ts";

const [ANA, NAMESAKE] = ["memory:ana", "memory:ana-two"];
const ROOM = "memory:room" as Place;
/** Two weeks before the end, at the hour of the authority. */
const STAGE = moment("2024-02-20T08:00");

/** A room that watches what Ana has, by a name that nobody was known by then; her matter was assigned to her by mention. */
async function deskOfRoom(filter = "assigned:Ana", settings = {}) {
  const desk = await deskOfTest();
  const key = await desk.hold({}, { on: "2024-01-02", type: "assigned", to: ANA });
  await desk.watch(ROOM, { digest: "off", ...settings }, [filter]);
  await desk.tickAt(moment("2024-01-10T12:00"));
  const filters = async () => (await desk.store.subscriptions.of(ROOM))?.watches.map((one) => one.filters);
  return { ...desk, key, filters };
}

describe("a watch that was set up by the name of somebody who was not known then", () => {
  test("is told of what was assigned to them by mention once they are known, and keeps its number, its maker and its day", async () => {
    const desk = await deskOfRoom();
    expect(desk.posts).toEqual([]);
    const [before] = (await desk.store.subscriptions.of(ROOM))!.watches;
    await desk.store.people.idOf(ANA, "Ana");
    expect(utterances(await desk.tickAt(STAGE))).toMatchObject([{ kind: "reminder", stage: 14 }]);
    expect((await desk.store.subscriptions.of(ROOM))!.watches).toEqual([{ ...before, filters: ["assigned:Ana,memory:ana"] }]);
    await desk.runUntil(later(STAGE, 60), 10);
    expect(desk.posts).toHaveLength(1);
  });

  test.each(["owner:@ana", "people:ANA"])("by whatever filter of people, and whatever the case: %s", async (filter) => {
    const desk = await deskOfRoom(filter);
    await desk.record(desk.key, { on: "2024-01-10", type: "assigned", to: ANA, as: "owner" });
    await desk.store.people.idOf(ANA, "Ana");
    await desk.tickAt(STAGE);
    expect(desk.posts.filter(({ key }) => key.includes('"reminder"'))).toHaveLength(1);
  });

  test("counts their matters in the digest", async () => {
    const desk = await deskOfRoom("assigned:Ana", { digest: "daily" });
    await desk.store.people.idOf(ANA, "Ana");
    const [digest] = digests(await desk.tickAt(later(STAGE, 30)));
    expect(digest).toMatchObject({ watched: 1 });
  });

  test("holds nobody's matters by mention while several bear the name, or none", async () => {
    const desk = await deskOfRoom();
    await desk.store.people.idOf(ANA, "Ana");
    await desk.store.people.idOf(NAMESAKE, "ana");
    await desk.tickAt(STAGE);
    expect([desk.posts.length, await desk.filters()]).toEqual([0, [["assigned:Ana"]]]);
    // One of them goes by another name by now.
    await desk.store.people.idOf(NAMESAKE, "Ana Two");
    await desk.tickAt(later(STAGE, 10));
    expect([desk.posts.length, await desk.filters()]).toEqual([1, [["assigned:Ana,memory:ana"]]]);
  });

  test("is not written back where somebody changed it, or was erased from it, as its names were asked", async () => {
    const desk = await deskOfRoom();
    await desk.store.people.idOf(ANA, "Ana");
    const [watch] = (await desk.store.subscriptions.of(ROOM))!.watches;
    const { people, subscriptions } = desk.store;
    const meanwhile: typeof people = {
      ...people,
      async named(name) {
        const found = await people.named(name);
        await subscriptions.refilter(ROOM, watch!.id, ["assigned:p1"]);
        return found;
      },
    };
    const memory = { namesAsked: new Map() };
    await meantByNow({ people: meanwhile, subscriptions, index: desk.store.index, memory }, STAGE);
    expect(await desk.filters()).toEqual([["assigned:p1"]]);
  });

  test("asks for few names a minute, for none twice in it, and comes to all of them", async () => {
    const desk = await deskOfTest();
    for (let number = 0; number < 50; number++) await desk.watch(ROOM, {}, [`assigned:Nobody ${number}`]);
    const asked: string[] = [];
    const people = {
      ...desk.store.people,
      async named(name: string) {
        asked.push(name);
        return [];
      },
    };
    const memory = { namesAsked: new Map() };
    const counts: number[] = [];
    for (let second = 0; second <= 180; second += 20) {
      await meantByNow({ people, subscriptions: desk.store.subscriptions, index: desk.store.index, memory }, later(STAGE, second / 60));
      counts.push(asked.length);
    }
    expect(counts).toEqual([20, 20, 20, 40, 40, 40, 60, 60, 60, 80]);
    expect(new Set(asked).size).toBe(50);
  });

  test("stays with whom it has found, whoever bears the name later", async () => {
    const desk = await deskOfRoom();
    await desk.store.people.idOf(ANA, "Ana");
    await desk.tickAt(moment("2024-01-11T12:00"));
    await desk.store.people.idOf(NAMESAKE, "Ana");
    await desk.tickAt(STAGE);
    expect([desk.posts.length, await desk.filters()]).toEqual([1, [["assigned:Ana,memory:ana"]]]);
  });

  test.each([["assigned:memory:ana"], ["respondent:Ana"], ["assigned:Ana,memory:other"]])(
    "leaves a filter alone that is no name of a person alone: %s",
    async (filter) => {
      const desk = await deskOfRoom(filter);
      await desk.store.people.idOf(ANA, "Ana");
      await desk.tickAt(STAGE);
      expect(await desk.filters()).toEqual([[filter]]);
    },
  );
});
