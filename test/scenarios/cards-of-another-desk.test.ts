import { describe, expect, test } from "vitest";
import type { Answer } from "../../src/ports/chat.ts";
import { COMMON, DESKS, type DeskName, type DeskWorld, HELD, openDeskWorld, PLACE, personOf } from "./desk-world.ts";

/** What the buttons of an answer carry. */
function buttonsOf({ cards }: Answer): readonly string[] {
  return cards.flatMap(({ blocks }) =>
    blocks.flatMap((block) => (block.kind === "actions" ? block.actions.map(({ command }) => command) : [])),
  );
}

function buttonOf(answer: Answer, start: string): string {
  const found = buttonsOf(answer).find((command) => command.startsWith(start));
  if (found === undefined) throw new Error(`no button ${start}: ${JSON.stringify(answer)}`);
  return found;
}

function typing(world: DeskWorld, desk: DeskName, role: string, line: string): Promise<Answer> {
  return world.type(line, world.asking(desk, role, PLACE[desk]));
}

/** A card of the firm's lies where it was shown; by now the place is the client's, and one of theirs presses it. */
async function pressedAtAcme(world: DeskWorld, role: string, line: string): Promise<string> {
  const before = await world.state("acme");
  const people = await (await world.stores("acme")).people.known(personOf("acme", "reader"));
  const text = JSON.stringify((await typing(world, "acme", role, line)).cards);
  expect(await world.state("acme"), line).toBe(before);
  expect(await (await world.stores("acme")).people.known(personOf("acme", "reader")), line).toBe(people);
  return text;
}

const ELSEWHERE = /What was shown under that button is not what .* is here/;

describe("a card that a place's former desk has shown there", () => {
  test("erases nobody of the desk to which the place belongs by now, nor any of its texts", async () => {
    const world = await openDeskWorld();
    const person = buttonOf(await typing(world, "main", "admin", `erase person ${personOf("main", "reader")} --because request`), "erase");
    expect(await pressedAtAcme(world, "admin", person)).toMatch(ELSEWHERE);
    const texts = buttonOf(await typing(world, "main", "admin", `erase ${COMMON} --all --because request`), "erase");
    expect(await pressedAtAcme(world, "admin", texts)).toMatch(ELSEWHERE);
    // At its own desk each does what it says.
    for (const line of [person, texts])
      expect(JSON.stringify((await typing(world, "main", "admin", line)).cards), line).not.toMatch(ELSEWHERE);
    expect(await world.store.people.known(personOf("main", "reader"))).toBeNull();
  });

  test("erases nobody by an id and a count that somebody types after it: that is asked about first", async () => {
    const world = await openDeskWorld();
    const { people } = await world.stores("acme");
    const id = await people.known(personOf("acme", "reader"));
    const asked = await pressedAtAcme(world, "admin", `erase person ${id} --because request --confirmed 0`);
    expect(asked).toContain("acme reader");
  });

  test("approves and declines nothing of its proposals, whose ids and matters' versions are the same", async () => {
    const world = await openDeskWorld();
    for (const desk of DESKS) {
      await typing(world, desk, "admin", "policy --two-persons on");
      const ref = desk === "main" ? COMMON : HELD.acme.refs[1];
      await typing(world, desk, "editor", buttonOf(await typing(world, desk, "editor", `closed ${ref} --on 2024-04-02`), "closed"));
    }
    expect((await (await world.stores("acme")).proposals.open()).map(({ id }) => id)).toEqual(["a1"]);
    const shown = await typing(world, "main", "approver", "proposals");
    const [approve, decline] = [buttonOf(shown, "approve"), buttonOf(shown, "decline")];
    expect(await pressedAtAcme(world, "approver", approve)).toMatch(ELSEWHERE);
    expect(await pressedAtAcme(world, "approver", `${decline} --because "not so"`)).toMatch(ELSEWHERE);
    const withdraw = buttonOf(await typing(world, "main", "editor", "proposals"), "decline");
    expect(await pressedAtAcme(world, "editor", withdraw)).toMatch(ELSEWHERE);
    expect(JSON.stringify((await typing(world, "main", "approver", approve)).cards)).toContain("Recorded");
  });

  test("records nothing of the matter that has the same number there, at the same version", async () => {
    const world = await openDeskWorld();
    const closed = buttonOf(await typing(world, "main", "editor", `closed ${COMMON} --on 2024-04-02`), "closed");
    expect(await pressedAtAcme(world, "editor", closed)).toMatch(ELSEWHERE);
    const because = "x".repeat(1_200);
    const kept = buttonOf(await typing(world, "main", "editor", `closed ${COMMON} --on 2024-04-02 --because "${because}"`), "confirm");
    await typing(world, "acme", "editor", `closed ${COMMON} --on 2024-04-03 --because "${because}"`);
    expect(await pressedAtAcme(world, "editor", kept)).toMatch(ELSEWHERE);
    expect(JSON.stringify((await typing(world, "main", "editor", closed)).cards)).toContain("Recorded");
  });

  test("gives up no watch of another desk's that has the same id", async () => {
    const world = await openDeskWorld();
    const place = PLACE.lent;
    await world.store.members.release(place, world.store.clock.now());
    await world.type("watch authority:CNIL", world.asking("main", "editor", place));
    const form = (await world.door.form({ ...world.asking("main", "editor", place), verb: "unwatch", values: {} })) as {
      readonly fields: readonly { readonly kind: { readonly options?: readonly { readonly value: string }[] } }[];
    };
    const chosen = form.fields.flatMap(({ kind }) => kind.options?.map(({ value }) => value) ?? []);
    expect(chosen).toHaveLength(1);
    await world.store.members.assign(place, "acme", world.store.clock.now());
    const acme = () => world.asking("acme", "admin", place);
    await world.type("watch state:accruing", acme());
    const answer = await world.type(`unwatch ${chosen[0]}`, acme());
    expect(JSON.stringify(answer.cards)).toMatch(ELSEWHERE);
    expect((await (await world.stores("acme")).subscriptions.of(place as never))?.watches).toHaveLength(1);
    await world.store.members.release(place, world.store.clock.now());
    expect(JSON.stringify((await world.type(`unwatch ${chosen[0]}`, world.asking("main", "editor", place))).cards)).not.toMatch(ELSEWHERE);
    expect((await world.store.subscriptions.of(place as never))?.watches).toEqual([]);
  });
});
