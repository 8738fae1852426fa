import { describe, expect, test } from "vitest";
import { canEase } from "../../src/matter/easing.ts";
import { EVENT_TYPES } from "../../src/matter/events.ts";
import { standingNow } from "../../src/matter/standing.ts";
import type { Answer, Place } from "../../src/ports/chat.ts";
import type { Day } from "../../src/time/day.ts";
import { ANA, BEN, buttonOf, CLEO, COMPLIED, consentDesk, KEY } from "./consent-desk.ts";
import { textOf, usualAudience } from "./form-desk.ts";
import { sessionAt } from "./places.ts";

describe("what ends, lowers or postpones", () => {
  test("is asked about first, with what was and what will be, and records nothing", async () => {
    const desk = await consentDesk();
    const asked = await desk.type(COMPLIED, ANA);
    const text = textOf(asked);
    expect(text).toContain("To be confirmed · SAN-2023-018");
    expect(text).toContain("penalty running → evidence sent, awaiting the authority");
    // 73 days from 19 February to 1 May at EUR 150; to 10 April, its own day counted, 52.
    expect(text).toContain("73 → 52");
    expect(text).toContain("EUR 10,950 → EUR 7,800");
    expect(text).toContain("Nothing is recorded yet");
    expect(asked.audience).toBe("asker");
    expect(await desk.types()).toEqual([]);
  });

  test("is recorded by the button of what was shown", async () => {
    const desk = await consentDesk();
    const line = buttonOf(await desk.type(COMPLIED, ANA), "Record it");
    expect(line).toMatch(new RegExp(`^complied ${KEY} --on 2024-04-10 --confirmed 1\\.[0-9a-f]{8}$`));
    expect(textOf(await desk.type(line, ANA))).toContain("Recorded · SAN-2023-018");
    expect(await desk.types()).toEqual(["complied"]);
  });

  test("is asked about anew where the matter has changed since, with what was recorded and by whom", async () => {
    const desk = await consentDesk();
    const line = buttonOf(await desk.type(COMPLIED, ANA), "Record it");
    await desk.type("paid SAN-2023-018 --on 2024-04-30 --amount 5000 --for fine", BEN);
    const again = await desk.type(line, ANA);
    expect(textOf(again)).toContain("Has changed meanwhile · SAN-2023-018");
    expect(textOf(again)).toContain("Recorded meanwhile by @ben: Paid EUR 5,000");
    expect(await desk.types()).not.toContain("complied");
    await desk.type(buttonOf(again, "Record it"), ANA);
    expect(await desk.types()).toContain("complied");
  });

  test("what was written meanwhile between the check and the append is found too", async () => {
    const desk = await consentDesk();
    const line = buttonOf(await desk.type(COMPLIED, ANA), "Record it");
    const [first, second] = await Promise.all([desk.type(line, ANA), desk.type(line.replace("complied", "closed"), BEN)]);
    const texts = [textOf(first!), textOf(second!)];
    expect(texts.filter((text) => text.includes("Recorded · ")).length).toBe(1);
    expect((await desk.types()).length).toBe(1);
  });

  test("pressed twice, it is recorded once and says so", async () => {
    const desk = await consentDesk();
    const line = buttonOf(await desk.type(COMPLIED, ANA), "Record it");
    await desk.type(line, ANA);
    expect(textOf(await desk.type(line, ANA))).toMatch(/Not done/);
    expect(await desk.types()).toEqual(["complied"]);
  });

  test("a form that was filled in is answered by the same question, and is not shown as wrong", async () => {
    const desk = await consentDesk();
    const told = await desk.submit("complied", { ref: [KEY], on: ["2024-04-10"] }, ANA);
    expect("cards" in told && textOf(told)).toContain("73 → 52");
    await desk.type(buttonOf(told as Answer, "Record it"), ANA);
    expect(await desk.types()).toEqual(["complied"]);
  });

  test("what cannot be recorded is refused at once, not asked about", async () => {
    const desk = await consentDesk();
    expect(textOf(await desk.type("accepted SAN-2023-018 --on 2024-04-10", ANA))).toMatch(/Not done/);
    expect(textOf(await desk.type("complied SAN-2023-018 --on 2024-06-10", ANA))).toMatch(/Not done/);
  });

  test.each([
    ["extended SAN-2023-018 --on 2024-02-10 --until 2024-03-31", "18 Feb 2024 → Sun 31 Mar 2024"],
    ["stayed SAN-2023-018 --on 2024-03-01", "penalty running → stayed"],
    ["closed SAN-2023-018 --on 2024-04-30", "penalty running → closed"],
    ["annulled SAN-2023-018 --on 2024-04-30 --item dpo", "penalty running → annulled"],
    ["overridden SAN-2023-018 --on 2024-04-30 --what expiry --value 2024-03-19 --because agreed", "→ Tue 19 Mar 2024"],
    ["rate-changed SAN-2023-018 --on 2024-03-01 --rate 100", "EUR 150 → EUR 100"],
    ["corrected SAN-2023-018 --on 2024-04-30 --event registered --set items.dpo.penalty.rate=50 --because typed", "EUR 150 → EUR 50"],
    ["reduced SAN-2023-018 --on 2024-04-30 --for fine --to 1000", "EUR 5,000 → EUR 1,000"],
    ["withdrawn SAN-2023-018 --on 2024-04-30", "penalty running → withdrawn"],
    ["referred SAN-2023-018 --on 2024-04-30 --to SAN-2024-009", "none → SAN-2024-009"],
  ])("%s is asked about, and shows %s", async (line, shown) => {
    const desk = await consentDesk();
    const asked = await desk.type(line, ANA);
    expect(textOf(asked)).toContain(shown);
    expect(await desk.types()).toEqual([]);
    expect(textOf(await desk.type(buttonOf(asked, "Record it"), ANA))).toContain("Recorded · ");
    expect(await desk.types()).toEqual([line.split(" ")[0]]);
  });

  test.each([
    "rate-changed SAN-2023-018 --on 2024-03-01 --rate 300",
    "paid SAN-2023-018 --on 2024-04-30 --amount 100 --for dpo",
    "assigned SAN-2023-018 --on 2024-04-30 --to ben",
    "violation SAN-2023-018 --on 2024-04-30 --count 1",
  ])("%s is not asked about", async (line) => {
    const desk = await consentDesk();
    const answer = textOf(await desk.type(line, ANA));
    expect(answer).not.toContain("To be confirmed");
  });

  test("showing a matter to more people is asked about, and to fewer", async () => {
    const desk = await consentDesk();
    expect(textOf(await desk.type("visibility SAN-2023-018 --on 2024-04-30 --to public", ANA))).toContain("needs the role approver");
    const asked = await desk.type("visibility SAN-2023-018 --on 2024-04-30 --to public", CLEO);
    expect(textOf(asked)).toContain("the desk → everybody");
    await desk.type(buttonOf(asked, "Record it"), CLEO);
    expect(await desk.types()).toEqual(["visibility"]);
    const hiding = await desk.type("visibility SAN-2023-018 --to restricted", CLEO);
    expect(textOf(hiding)).toContain("everybody → people let in by name");
    expect(await desk.types()).toEqual(["visibility"]);
    await desk.type(buttonOf(hiding, "Record it"), CLEO);
    expect(await desk.types()).toEqual(["visibility", "visibility"]);
  });
});

test("a clock that two people have stopped is not put off by taking it up again: that waits for another person too", async () => {
  const desk = await consentDesk({ twoPersons: true });
  await desk.type("stayed SAN-2023-018 --on 2024-04-20 --confirmed 1", ANA);
  await desk.type("approve a1 --confirmed 1", CLEO);
  const asked = await desk.type("resumed SAN-2023-018 --on 2024-04-21 --with P5Y", ANA);
  expect(textOf(asked)).toContain("18 Feb 2024 → Sat 21 Apr 2029");
  expect(buttonOf(asked, "Propose it")).toContain("--with P5Y --confirmed 2");
  expect(await desk.types()).toEqual(["stayed"]);
  await desk.type("resumed SAN-2023-018 --on 2024-04-21", ANA);
  expect(await desk.types()).toEqual(["stayed", "resumed"]);
});

describe("an undo", () => {
  const undo = (event: string, version: number) =>
    `corrected ${KEY} --on 2024-05-01 --event ${event} --void --because "undone by its owner" --confirmed ${version}`;

  test("records at once what was shown, and is undone by correcting the correction", async () => {
    const desk = await consentDesk();
    const state = async () => standingNow((await desk.desk.register.matter(KEY))!, "2024-05-01" as Day).state;
    await desk.type(buttonOf(await desk.type(COMPLIED, ANA), "Record it"), ANA);
    expect(await state()).toBe("claimed");
    expect(textOf(await desk.type(undo("e1", 2), BEN))).toContain("Recorded · ");
    expect(await state()).toBe("accruing");
    expect(textOf(await desk.type(undo("e2", 3), ANA))).toContain("Recorded · ");
    expect(await state()).toBe("claimed");
    expect(await desk.types()).toEqual(["complied", "corrected", "corrected"]);
  });

  test("of a matter that has changed since is asked about anew", async () => {
    const desk = await consentDesk();
    await desk.type(buttonOf(await desk.type(COMPLIED, ANA), "Record it"), ANA);
    await desk.type("rejected SAN-2023-018 --on 2024-04-30", ANA);
    const again = await desk.type(undo("e1", 2), BEN);
    expect(textOf(again)).toMatch(/Has changed meanwhile|Not done/);
    expect(await desk.types()).toEqual(["complied", "rejected"]);
  });
});

test("where everybody reads the answer and amounts are not shown, the question holds none", async () => {
  const place = "slack:T1/C9" as Place;
  const desk = await consentDesk();
  await desk.type(buttonOf(await desk.type("visibility SAN-2023-018 --on 2024-04-30 --to public", CLEO), "Record it"), CLEO);
  const shared = await consentDesk({
    audience: (where) => (where === place ? { kind: "shared", because: "external" } : usualAudience(where)),
  });
  await shared.type(buttonOf(await shared.type("visibility SAN-2023-018 --on 2024-04-30 --to public", CLEO), "Record it"), CLEO);
  const text = textOf(await shared.type(COMPLIED, { ...ANA, place, overheard: true }));
  expect(text).toContain("Units · 73 → 52");
  expect(text).not.toMatch(/EUR|10,950|7,800/);
  expect(textOf(await desk.type(COMPLIED, ANA))).toContain("EUR 10,950");
});

describe("a line that no button can hold", () => {
  const because = `${"Long reasons are given here, with a quote: \" and an apostrophe: ' and guillemets « » “ ”. ".repeat(20)}End`;

  test("is kept under an id and recorded whole by its writer alone", async () => {
    const desk = await consentDesk();
    const told = await desk.submit("complied", { ref: [KEY], on: ["2024-04-10"], because: [because] }, ANA);
    const line = buttonOf(told as Answer, "Record it");
    expect(line).toMatch(/^confirm a\d+\.[0-9a-f]{8} --confirmed 1\.[0-9a-f]{8}$/);
    expect(textOf(await desk.type(line, BEN))).toContain("was written by somebody else");
    expect(await desk.types()).toEqual([]);
    expect(textOf(await desk.type(line, ANA))).toContain("Recorded · ");
    const matter = await desk.desk.register.matter(KEY);
    expect(matter!.events[0]!.event.because).toBe(because);
    expect(textOf(await desk.type(line, ANA))).toMatch(/Not done/);
  });

  test("is no proposal, and is not shown as one", async () => {
    const desk = await consentDesk({ twoPersons: true });
    const told = await desk.submit("complied", { ref: [KEY], on: ["2024-04-10"], because: [because] }, ANA);
    const id = buttonOf(told as Answer, "Propose it").split(" ")[1]!;
    expect(textOf(await desk.type("proposals", CLEO))).toContain("Nothing waits for an approval");
    expect(textOf(await desk.type(`approve ${id}`, CLEO))).toContain("is no proposal");
    expect(await desk.types()).toEqual([]);
  });
});

describe("the command line", () => {
  test("asks nothing: a script means what it says", async () => {
    const session = await sessionAt("2024-03-20T11:00:00.000Z");
    await session.ask("complied SAN-2024-001 --on 2024-03-15");
    expect(await session.ask<{ state: string }>("show SAN-2024-001")).toMatchObject({ state: "claimed" });
  });

  test("refuses what was confirmed of another version", async () => {
    const session = await sessionAt("2024-03-20T11:00:00.000Z");
    const { json, status } = await session.type("complied SAN-2024-001 --on 2024-03-15 --confirmed 9");
    expect([status, json]).toMatchObject([1, { error: { code: "consent-changed" } }]);
    await session.ask("complied SAN-2024-001 --on 2024-03-15 --confirmed 1");
  });

  test("shows with --dry-run what would change, and records nothing", async () => {
    const session = await sessionAt("2024-03-20T11:00:00.000Z");
    const head = await session.head();
    expect(await session.ask("complied SAN-2024-001 --on 2024-03-15 --dry-run")).toMatchObject({
      ref: "SAN-2024-001",
      dryRun: true,
      version: 1,
      asks: true,
      changes: [
        { what: "state", item: "a", before: "accruing", after: "claimed" },
        { what: "claimedOn", item: "a", before: null, after: "2024-03-15" },
        { what: "units", before: 15, after: 10 },
        { what: "theoretical", before: { amount: "1500.00", currency: "EUR" }, after: { amount: "1000.00", currency: "EUR" } },
      ],
      through: "2024-03-20",
    });
    expect(await session.head()).toBe(head);
    expect((await session.type("complied SAN-2024-001 --on 2024-05-01 --dry-run")).json).toMatchObject({ error: {} });
  });
});

test("only what can ease takes a confirmation", async () => {
  const { COMMANDS } = await import("../../src/commands/index.ts");
  const taking = EVENT_TYPES.filter((type) => COMMANDS.find(({ verb }) => verb === type)!.options.some(({ name }) => name === "confirmed"));
  expect(taking).toEqual(EVENT_TYPES.filter(canEase));
  expect(taking).toEqual(
    expect.arrayContaining(["complied", "accepted", "extended", "stayed", "annulled", "overridden", "closed", "corrected"]),
  );
});
