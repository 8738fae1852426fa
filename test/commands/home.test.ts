import { describe, expect, test } from "vitest";
import { plainText } from "../../adapters/chat/shared/plain.ts";
import { homeOf } from "../../src/commands/home.ts";
import type { Action, Card } from "../../src/ports/card.ts";
import type { Instant } from "../../src/time/instant.ts";
import type { Shown } from "../support/cli.ts";
import { ORDER } from "../support/given.ts";
import { type Session, sessionOfTest, type Typist } from "../support/session.ts";
import { ANA, BEN, sessionAt } from "./places.ts";

const FRENCH: Typist = { ...ANA, language: "fr" };

async function homeText(session: Session, by: Typist = ANA): Promise<string> {
  return (await homeOf(session.context(by))).cards
    .map(plainText)
    .join("\n\n")
    .replace(/[\u00a0\u202f]/g, " ");
}

async function buttons(session: Session, by: Typist = ANA): Promise<readonly Action[]> {
  return (await homeOf(session.context(by))).cards.flatMap(buttonsOf);
}

function buttonsOf({ blocks }: Card): readonly Action[] {
  return blocks.flatMap((block) => (block.kind === "actions" ? block.actions : []));
}

async function titles(session: Session, by: Typist = ANA): Promise<readonly string[]> {
  return (await homeOf(session.context(by))).cards.map(({ title }) => title.replace(/[\u00a0\u202f]/g, " "));
}

describe("the home of somebody who has nothing", () => {
  test("says what Curewatch is, what to try and how to register the first matter", async () => {
    const session = await sessionOfTest();
    const text = await homeText(session);
    expect(text).toMatch(/^Welcome to Curewatch\nCurewatch keeps the register of enforcement decisions/);
    expect(text).toContain("Nothing is registered yet.");
    expect(text).toMatch(/Three commands to try\n- register · .*\n- list · .*\n- help · /);
    expect((await buttons(session)).map(({ command }) => command)).toEqual(["form register", "help", "form mine"]);
    expect(await homeText(session, FRENCH)).toMatch(/^Bienvenue dans Curewatch\n[\s\S]*Rien n’est encore enregistré/);
  });

  test("says what the desk has due within 30 days, and that it is the desk's", async () => {
    const session = await sessionAt("2024-02-22T11:00:00.000Z");
    const text = await homeText(session);
    expect(text).toContain("Nothing is assigned to you, and you own nothing.");
    expect(text).toMatch(/due at this desk within 30 days: 2\n- Exemple SA SAN-2024-001: .*Tue 5 Mar.*\n- Autre SA SAN-2024-002: /);
    expect(await homeText(session, FRENCH)).toMatch(/À faire ou à échéance ici dans les 30 jours : 2\n- Exemple SA SAN-2024-001 : /);
  });

  test("offers nothing to be set where there are no direct messages, and says so", async () => {
    const session = await sessionOfTest();
    const eve = { ...ANA, place: "fax:1", person: "fax:eve" } as Typist;
    expect(await homeText(session, eve)).toContain("There are no direct messages here");
    expect((await buttons(session, eve)).map(({ command }) => command)).not.toContain("form mine");
  });
});

async function ofAna(moment: string): Promise<Session> {
  const session = await sessionAt("2024-02-01T11:00:00.000Z");
  await session.type("assign SAN-2024-001 to me", ANA);
  await session.type("assign SAN-2024-002 to ana --as owner", BEN);
  session.clock.set(moment as Instant);
  return session;
}

describe("the home of somebody who has matters", () => {
  test("shows in this order what waits, the next deadlines, what accrues, the matters and the settings", async () => {
    const session = await ofAna("2024-02-22T11:00:00.000Z");
    expect(await titles(session)).toEqual([
      "Waits for you: 2",
      "Next deadlines: 2",
      "What accrues",
      "My matters: 1 to 2 of 2",
      "Your digest and settings",
    ]);
    expect(await titles(session, FRENCH)).toEqual([
      "Vous attend : 2",
      "Prochaines échéances : 2",
      "Ce qui court",
      "Mes affaires : 1 à 2 sur 2",
      "Votre récapitulatif et vos réglages",
    ]);
    expect(await homeText(session)).toContain(
      "- Exemple SA SAN-2024-001 · Time to comply ends Tue 5 Mar 2024, 24:00 Paris · last working day before: Mon 4 Mar · 12 days left",
    );
    expect((await homeOf(session.context(FRENCH))).next).toBe("Page suivante");
  });

  test("asks for a note of a stage until somebody has taken it, wherever that was", async () => {
    const session = await ofAna("2024-02-22T11:00:00.000Z");
    expect((await buttons(session)).filter(({ command }) => command.startsWith("ack")).map(({ command }) => command)).toEqual([
      "ack CNIL:SAN-2024-001",
      "ack CNIL:SAN-2024-002",
    ]);
    await session.type("ack CNIL:SAN-2024-001", ANA);
    await session.type("ack CNIL:SAN-2024-002", BEN);
    expect(await homeText(session)).toMatch(/^Waits for you: 0\nNothing waits for you\./);
    session.clock.set("2024-03-04T11:00:00.000Z" as Instant);
    expect(await homeText(session)).toMatch(/^Waits for you: 2\n/);
  });

  test("asks for the fact that a draft lacks, and says when a matter that was put off is reminded of again", async () => {
    const session = await ofAna("2024-02-02T11:00:00.000Z");
    const { notified: _notified, ...draft } = { ...ORDER, ref: "SAN-2024-003", respondent: "Ébauche SARL" };
    await session.bring(draft);
    await session.type("assign SAN-2024-003 to me", ANA);
    await session.type("snooze SAN-2024-001 until 2024-02-04", BEN);
    const text = await homeText(session);
    expect(text).toMatch(/- Ébauche SARL SAN-2024-003 · Complete this draft: the notification date is missing/);
    expect(text).toContain("- Exemple SA SAN-2024-001 · put off until Sun 4 Feb by @ben: reminded of again from then on");
    expect((await buttons(session)).map(({ command }) => command)).toContain("form notified CNIL:SAN-2024-003");
  });

  test("names sums as show does: the same figures, by currency, never added, with what one more day costs", async () => {
    const session = await ofAna("2024-03-20T11:00:00.000Z");
    const pounds = { ...ORDER, ref: "ICO-1", authority: "ICO", items: [{ ...ORDER.items[0], penalty: { rate: "70", per: "day" } }] };
    await session.bring(pounds, { ...ORDER, ref: "SAN-2024-009" });
    for (const ref of ["ICO-1", "SAN-2024-009"]) await session.type(`assign ${ref} to me`, ANA);
    const accruing = (await homeText(session)).split("What accrues\n")[1]!.split("\n\n")[0]!.split("\n");
    const shown = await Promise.all(
      ["SAN-2024-001", "SAN-2024-009", "ICO-1"].map(async (ref) => (await session.ask<Shown>(`show ${ref}`)).items[0]!.theoretical!),
    );
    const sum = (currency: string) => shown.reduce((all, one) => all + (one.currency === currency ? Number(one.amount) : 0), 0);
    expect(sum("EUR")).toBeGreaterThan(0);
    expect(accruing).toHaveLength(2);
    const written = (amount: number) => amount.toLocaleString("en");
    expect(accruing.find((line) => line.includes("EUR"))).toContain(
      `2 matters · +200 a day · theoretical through yesterday ${written(sum("EUR"))}`,
    );
    expect(accruing.find((line) => line.includes("GBP"))).toContain(`+70 a day`);
    expect(accruing.find((line) => line.includes("GBP"))).toContain(` ${written(sum("GBP"))} `);
    await session.type("mine", ANA);
    const digest = await session.ask<{ running: { currency: string; theoretical: { amount: string } }[] }>("digest", {
      ...ANA,
      place: "slack:T1/U1" as never,
    });
    expect(digest.running.map(({ currency }) => currency).sort()).toEqual(["EUR", "GBP"]);
    for (const one of digest.running) expect(JSON.stringify(one)).toContain(sum(one.currency).toFixed(2));
  });

  test("shows how the person's own digest is set, with a button that changes it, in the language that they chose", async () => {
    const session = await ofAna("2024-02-22T11:00:00.000Z");
    await session.type("mine --at 08:00 --weekdays mon-fri --zone Europe/London --lang fr", ANA);
    const text = await homeText(session);
    expect(text).toMatch(/Récapitulatif ?: chaque jour à 8 h \(Londres\)/);
    expect(text).toMatch(/Jours ?: lun\., mar\., mer\., jeu\., ven\./);
    expect(text).toMatch(/tête du registre [0-9a-f]{12} · aide au calcul, pas un conseil juridique$/);
    expect((await buttons(session)).at(-1)).toEqual({ label: "Modifier…", command: "form mine" });
  });
});

test("three hundred matters are all there, each once and with a button, in cards that can be turned page by page", async () => {
  const session = await sessionOfTest();
  const refs = Array.from({ length: 300 }, (_, index) => `SAN-2025-${String(index).padStart(3, "0")}`);
  await session.bring(...refs.map((ref) => ({ ...ORDER, ref, events: [{ on: "2024-01-08", type: "assigned", to: "ana" }] })));
  session.clock.set("2024-02-22T11:00:00.000Z" as Instant);
  const { cards } = await homeOf(session.context(ANA));
  const matters = cards.filter(({ title }) => title.startsWith("My matters"));
  expect(matters).toHaveLength(15);
  expect(
    matters
      .flatMap(buttonsOf)
      .map(({ command }) => command)
      .sort(),
  ).toEqual(refs.map((ref) => `show CNIL:${ref}`));
  const lines = matters.flatMap(({ blocks }) => blocks.flatMap((block) => (block.kind === "rows" ? block.rows : [])));
  expect(lines).toHaveLength(300);
  expect(Math.max(...matters.map(({ blocks }) => blocks.length))).toBeLessThan(10);
});

test("nobody sees another's matters as their own", async () => {
  const session = await ofAna("2024-02-22T11:00:00.000Z");
  expect(await homeText(session, BEN)).toContain("Nothing is assigned to you");
});

test("the whole desk is reckoned once a minute for all who look, and anew as soon as something is recorded", async () => {
  const session = await sessionAt("2024-02-22T11:00:00.000Z");
  let reckoned = 0;
  const lookedAt = async (moment: string) => {
    session.clock.set(moment as Instant);
    const context = session.context(ANA);
    const { attention } = context.store;
    const of = (keys: readonly string[]) => {
      reckoned += keys.length > 0 ? 1 : 0;
      return attention.of(keys);
    };
    const { cards } = await homeOf({ ...context, store: { ...context.store, attention: { ...attention, of } } });
    return cards.map(plainText).join("\n");
  };
  const first = await lookedAt("2024-02-22T11:00:00.000Z");
  expect([await lookedAt("2024-02-22T11:00:59.000Z"), reckoned]).toEqual([first, 1]);
  await lookedAt("2024-02-22T11:01:00.000Z");
  expect(reckoned).toBe(2);
  await session.type("closed SAN-2024-001 --on 2024-02-22", BEN);
  expect(await lookedAt("2024-02-22T11:01:01.000Z")).not.toContain("SAN-2024-001:");
  expect(reckoned).toBe(3);
});
