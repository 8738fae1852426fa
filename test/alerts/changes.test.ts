import { describe, expect, test } from "vitest";
import { plainText } from "../../adapters/chat/shared/plain.ts";
import type { TickHost } from "../../src/alerts/tick.ts";
import type { MatterEvent } from "../../src/matter/events.ts";
import type { PostResult } from "../../src/ports/chat.ts";
import type { Proposal } from "../../src/ports/proposals.ts";
import type { Instant } from "../../src/time/instant.ts";
import { deskOfTest, later, moment, type Post } from "./desk-of-test.ts";

const START = moment("2024-03-20T11:00");
const COMPLIED = { type: "complied", on: "2024-03-15", item: "a" };

/** Ann registered the matter; Bob, whose it is by assignment where a test says so, and Cy record. The register tells owners from its beginning. */
async function desk(answer?: (post: Post) => PostResult | Promise<PostResult>) {
  const made = await deskOfTest(answer);
  const { store, host, register, clock } = made;
  const { people, name, proposals, trail, access, announcesSince } = store;
  const [ann, bob, cy] = [
    await people.idOf("memory:ann", "Ann"),
    await people.idOf("memory:bob", "Bob"),
    await people.idOf("memory:cy", "Cy"),
  ];
  const consent: NonNullable<TickHost["consent"]> = { name, proposals, trail, access, announcesSince };
  let count = 0;
  const recordAs = async (by: string, key: string, event: object, via: "command" | "import" = "command") => {
    const stamp = { recordedAt: clock.now(), by, commandId: `k${++count}`, via };
    const recorded = await register.record(() => [{ key, facts: null, events: [event as MatterEvent] }], stamp);
    if ("refused" in recorded) throw new Error(recorded.refused);
  };
  const key = await made.hold();
  const to = () => made.posts.filter(({ to }) => to.startsWith("memory:direct/"));
  return {
    ...{ ...made, ann, bob, cy, consent, recordAs, key },
    tick: (at: Instant) => made.tickAt(at, { ...host, consent }),
    /** What people were told in their own conversations. */
    told: () => to().map(({ to, card }) => [to.slice("memory:direct/memory:".length), plainText(card)] as const),
    cards: () => to().map(({ card }) => card),
  };
}

describe("what ends, lowers or postpones is told to whose matter it is", () => {
  test("the one who registered it, with before and after and the button that undoes it", async () => {
    const made = await desk();
    made.clock.set(START);
    await made.recordAs(made.cy, made.key, COMPLIED);
    await made.tick(START);
    expect(made.told()).toHaveLength(1);
    const [[who, text]] = made.told() as [readonly [string, string]];
    expect(who).toBe("ann");
    expect(text).toContain("@Cy has recorded · SAN-2024-001");
    expect(text).toContain("penalty running → evidence sent, awaiting the authority");
    expect(text).toContain("EUR 1,500 → EUR 1,000");
    expect(text).toContain(
      'corrected CNIL:SAN-2024-001 --on 2024-03-20 --event e1 --void --because "undone by whoever registered it" --confirmed 2',
    );
  });

  test("and why: it is theirs, or they registered it and nobody else is named, could be told, or was until then", async () => {
    const made = await desk();
    made.clock.set(START);
    await made.recordAs(made.cy, made.key, COMPLIED);
    await made.tick(START);
    expect(made.told()[0]![1]).toContain("You are told because you registered this matter and nobody else is named");
    await made.recordAs(made.ann, made.key, { type: "assigned", on: "2024-03-20", to: "nobody" });
    await made.recordAs(made.cy, made.key, { type: "stayed", on: "2024-03-20", item: "a" });
    await made.tick(later(START, 1));
    expect(made.told().at(-1)![1]).toContain("You are told because you registered this matter and nobody whose it is could be told");
    await made.recordAs(made.ann, made.key, { type: "assigned", on: "2024-03-20", to: "memory:ann", as: "owner" });
    await made.recordAs(made.cy, made.key, { type: "accepted", on: "2024-03-20", item: "a" });
    await made.tick(later(START, 2));
    expect(made.told().at(-1)).toEqual(["ann", expect.stringContaining("You are told because this matter is yours")]);
    const other = await desk();
    other.clock.set(START);
    await other.recordAs(other.cy, other.key, { type: "assigned", on: "2024-03-20", to: "memory:cy" });
    await other.recordAs(other.cy, other.key, COMPLIED);
    await other.tick(START);
    expect(other.told()).toEqual([["ann", expect.stringContaining("you registered this matter and nobody else was named until then")]]);
  });

  test("and who approved it, where another proposed it", async () => {
    const made = await desk();
    made.clock.set(START);
    const proposed = {
      stream: made.key,
      version: 0,
      event: {},
      texts: {},
      by: made.cy,
      at: START,
      place: null,
      expiresAt: later(START, 60),
    };
    const { id } = await made.store.proposals.propose(proposed);
    await made.store.proposals.settle(id, { kind: "approved", by: made.bob, at: START, eventId: "e1" });
    await made.recordAs(made.cy, made.key, COMPLIED);
    await made.tick(START);
    const changes = made.told().filter(([who, text]) => who === "ann" && text.includes("because you registered"));
    expect(changes.map(([, text]) => text.split("\n")[0])).toEqual(["Proposed by @Cy, approved by @Bob · SAN-2024-001"]);
  });

  test("who answers for it goes before who works on it, and that one before who registered it", async () => {
    const made = await desk();
    made.clock.set(START);
    await made.recordAs(made.cy, made.key, { type: "assigned", on: "2024-03-20", to: "Bob" });
    await made.recordAs(made.cy, made.key, COMPLIED);
    await made.tick(START);
    // It was Ann's until Cy handed it to Bob.
    expect(made.told().map(([who]) => who)).toEqual(["bob", "ann"]);
    await made.recordAs(made.bob, made.key, { type: "assigned", on: "2024-03-20", to: "memory:cy", as: "owner" });
    await made.recordAs(made.bob, made.key, { type: "rejected", on: "2024-03-20", item: "a" });
    await made.recordAs(made.bob, made.key, { type: "stayed", on: "2024-03-20", item: "a" });
    await made.tick(later(START, 1));
    expect(made.told().map(([who]) => who)).toEqual(["bob", "ann", "cy", "ann"]);
  });

  test("each once, however often it is looked at and whoever looks", async () => {
    const made = await desk();
    made.clock.set(START);
    await made.recordAs(made.cy, made.key, COMPLIED);
    for (let minute = 0; minute < 4; minute++) {
      await made.store.index.wake("all");
      await made.tick(later(START, minute));
    }
    expect(made.told()).toHaveLength(1);
  });

  test("not to the one who did it, and to nobody else in their stead", async () => {
    const made = await desk();
    made.clock.set(START);
    await made.recordAs(made.ann, made.key, COMPLIED);
    await made.tick(START);
    expect(made.told()).toEqual([]);
  });

  test("nothing of what was recorded before the register could tell, imported, or of no such weight", async () => {
    const made = await desk();
    made.clock.set(START);
    await made.recordAs(made.cy, made.key, { type: "paid", on: "2024-03-20", amount: "10", for: "a" });
    await made.recordAs(made.cy, made.key, COMPLIED, "import");
    const old = { ...made.consent, announcesSince: async () => later(START, 60) };
    await made.recordAs(made.cy, made.key, { type: "stayed", on: "2024-03-20", scope: "collection" });
    await made.tickAt(START, { ...made.host, consent: old });
    expect(made.told()).toEqual([]);
  });

  test("an undo is told and undone in its turn, by correcting the correction", async () => {
    const made = await desk();
    made.clock.set(START);
    await made.recordAs(made.ann, made.key, COMPLIED);
    await made.recordAs(made.cy, made.key, { type: "corrected", on: "2024-03-20", event: "e1", void: true, because: "mistake" });
    await made.tick(START);
    const [[, text]] = made.told() as [readonly [string, string]];
    expect(text).toContain("evidence sent, awaiting the authority → penalty running");
    expect(text).toContain("--event e2 --void");
    await made.recordAs(made.ann, made.key, {
      type: "corrected",
      on: "2024-03-20",
      event: "e2",
      void: true,
      because: "undone by its owner",
    });
    const { standingNow } = await import("../../src/matter/standing.ts");
    expect(standingNow((await made.register.matter(made.key))!, "2024-03-20" as never).state).toBe("claimed");
  });

  test("is tried again where the platform fails, though nobody watches there", async () => {
    let fails = true;
    const made = await desk(() =>
      fails ? { ok: false, retry: "later", reason: "busy", afterSeconds: 60 } : { ok: true, posted: "memory:1" as never },
    );
    made.clock.set(START);
    await made.recordAs(made.cy, made.key, COMPLIED);
    await made.tick(START);
    await made.tick(later(START, 0.5));
    expect(made.told()).toHaveLength(1);
    fails = false;
    await made.runUntil(later(START, 4), 1, { ...made.host, consent: made.consent });
    expect(made.told()).toHaveLength(2);
    expect((await made.store.deliveries.about(made.key)).map(({ outcome }) => outcome?.kind)).toEqual(["delivered"]);
  });

  test("of a restricted matter only to an owner who is let in, in words that name nothing outside", async () => {
    const made = await desk();
    made.clock.set(START);
    await made.recordAs(made.cy, made.key, { type: "visibility", on: "2024-03-20", to: "restricted" });
    await made.recordAs(made.cy, made.key, COMPLIED);
    await made.tick(START);
    expect(made.told()).toEqual([]);
    await made.store.access.admit([{ stream: made.key, person: made.ann, admitted: true, by: made.cy, at: START }]);
    await made.tick(later(START, 1));
    const changed = made.cards().filter(({ title }) => title.includes("has recorded"));
    expect(changed).toHaveLength(2);
    expect(changed.map(({ discreet }) => discreet)).toEqual(["A restricted matter needs you.", "A restricted matter needs you."]);
  });
});

describe("a proposal", () => {
  async function withProposal() {
    const made = await desk();
    made.clock.set(START);
    await made.store.access.grant({ person: made.bob, role: "approver", by: made.ann, at: START });
    await made.store.access.grant({ person: made.cy, role: "approver", by: made.ann, at: START });
    const proposal: Omit<Proposal, "id" | "outcome"> = {
      stream: made.key,
      version: 1,
      event: { ...COMPLIED, kept: { texts: ["because"], asked: false } },
      texts: { because: "evidence was sent" },
      by: made.cy,
      at: START,
      place: null,
      expiresAt: later(START, 60),
    };
    await made.store.proposals.propose(proposal);
    return made;
  }

  test("is told to the approvers but its proposer, with the buttons, and to whose matter it is, without", async () => {
    const made = await withProposal();
    await made.tick(START);
    await made.tick(later(START, 1));
    const told = new Map(made.told());
    expect([...told.keys()].sort()).toEqual(["ann", "bob"]);
    expect(made.told()).toHaveLength(2);
    expect(told.get("bob")).toMatch(/approve a1\.[0-9a-f]{8} --confirmed 1/);
    expect(told.get("bob")).toContain("because: evidence was sent");
    expect(told.get("ann")).not.toContain("approve a1");
  });

  test("lapses by the clock: its proposer and the approvers are told once, and the trail says so", async () => {
    const made = await withProposal();
    await made.tick(later(START, 59));
    expect((await made.store.proposals.of("a1"))!.outcome).toBeNull();
    await made.tick(later(START, 60));
    await made.tick(later(START, 61));
    expect((await made.store.proposals.of("a1"))!.outcome).toMatchObject({ kind: "expired", by: null });
    const lapsed = made.told().filter(([, text]) => text.includes("Lapsed without an approval"));
    expect(lapsed.map(([who]) => who).sort()).toEqual(["bob", "cy"]);
    expect((await made.store.trail.of(made.key)).map(({ action }) => action)).toEqual(["expired"]);
  });

  test("lapses at once where its proposer is turned away", async () => {
    const made = await withProposal();
    await made.store.access.grant({ person: made.cy, role: "none", by: made.ann, at: START });
    await made.tick(START);
    expect((await made.store.proposals.of("a1"))!.outcome).toMatchObject({ kind: "expired", by: null });
    expect(made.told().map(([who]) => who)).toEqual(["bob"]);
  });

  test("that was declined is told to its proposer with the reason", async () => {
    const made = await withProposal();
    await made.store.proposals.settle("a1", { kind: "declined", by: made.bob, at: later(START, 1), eventId: null }, "not agreed");
    await made.tick(later(START, 2));
    expect(made.told()).toHaveLength(1);
    const [[who, text]] = made.told() as [readonly [string, string]];
    expect(who).toBe("cy");
    expect(text).toContain("a1 was declined by @Bob; nothing is recorded");
    expect(text).toContain("Because: not agreed");
  });

  test("of a restricted matter reaches nobody who is not let in", async () => {
    const made = await withProposal();
    await made.recordAs(made.cy, made.key, { type: "visibility", on: "2024-03-20", to: "restricted" });
    await made.tick(START);
    expect(made.told()).toEqual([]);
  });

  test("a line that was only kept for its writer is told to nobody", async () => {
    const made = await desk();
    made.clock.set(START);
    await made.store.access.grant({ person: made.bob, role: "approver", by: made.ann, at: START });
    const kept = { ...COMPLIED, kept: { texts: [], asked: true } };
    await made.store.proposals.propose({
      ...{ stream: made.key, version: 1, event: kept, texts: {}, by: made.cy, at: START, place: null },
      expiresAt: later(START, 60),
    });
    await made.tick(START);
    await made.tick(later(START, 61));
    expect(made.told()).toEqual([]);
    expect(await made.store.proposals.open()).toEqual([]);
  });
});
