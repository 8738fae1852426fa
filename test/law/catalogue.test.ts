import { describe, expect, test } from "vitest";
import { committedAuthorities, freshAuthorities, isComplete } from "../../scripts/authorities.ts";
import { AUTHORITY_FACTS } from "../../src/law/authorities/index.ts";
import { type AuthorityFacts, type Fact, PERIOD_KINDS } from "../../src/law/authority.ts";
import { calendarOf } from "../../src/law/calendar.ts";
import { AUTHORITIES, authorityOf, ruleFor } from "../../src/law/catalogue.ts";
import { minorDigits } from "../../src/law/currencies.ts";
import { parsePeriod } from "../../src/law/period.ts";
import { ruleOf } from "../../src/law/rules/index.ts";
import { isZone } from "../../src/time/instant.ts";

/** The codes that users' files rely on (docs/contract.md), and the spellings of the published cases. */
const PROMISED = "CNIL ADLC CE ICO OFCOM AP ACM GARANTE HDPA DSB BFDI HMBBFDI DPC AEPD APD DATATILSYNET-NO EC CJEU FTC OAIC OPC ANPD".split(
  " ",
);
const SPELLINGS = ["European Commission", "Datatilsynet (NO)", "Ofcom", "Conseil d'Etat", "GBA", "cnil"];

function factsOf({ zone, currency, regime, ceiling, periods }: AuthorityFacts): readonly Fact<unknown>[] {
  const ofPeriods = Object.values(periods).flatMap(({ length, rule }) => [length, rule].filter((fact) => fact !== undefined));
  return [zone, currency, regime, ceiling, ...ofPeriods];
}

describe("the catalogue of authorities", () => {
  test("holds every promised code and spelling", () => {
    expect([...PROMISED, ...SPELLINGS].filter((name) => authorityOf(name) === null)).toEqual([]);
  });

  test("no two authorities share a name", () => {
    const names = AUTHORITIES.flatMap(({ code, names, aliases }) => [
      ...new Set([code, ...names, ...aliases].map((name) => name.toLowerCase())),
    ]);
    expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
  });

  test("names zones, currencies, calendars, rules and periods that the house has", () => {
    for (const { code, zone, currency, calendar, periods } of AUTHORITY_FACTS) {
      expect(isZone(zone.value), code).toBe(true);
      expect(minorDigits(currency.value), code).not.toBeNull();
      expect(calendar === null || calendarOf(calendar) !== null, code).toBe(true);
      for (const { length, rule } of Object.values(periods)) {
        expect(length === undefined || parsePeriod(length.value) !== null, code).toBe(true);
        expect(rule === undefined || rule.value === null || ruleOf(rule.value) !== null, code).toBe(true);
      }
    }
  });

  test("what was read or inferred names its text, what was read its address too; what is unverified names none", () => {
    for (const facts of AUTHORITY_FACTS) {
      for (const { basis, source } of factsOf(facts)) {
        if (basis === "unverified") expect(source, facts.code).toBeNull();
        else expect(source!.citation.length, facts.code).toBeGreaterThan(5);
        if (basis === "read") expect(source!.url, `${facts.code}: ${source!.citation}`).toMatch(/^https?:\/\/\S+$/);
      }
    }
  });

  test("of fifteen authorities at least zone, currency, money and ceiling were read, and of each something of its periods", () => {
    expect(AUTHORITY_FACTS.filter(isComplete).length).toBeGreaterThanOrEqual(15);
  });

  test("of fifteen at least a rule was read, too, by which a kind of period is counted, and the house has it", () => {
    const ruled = AUTHORITY_FACTS.filter(isComplete).filter((facts) =>
      PERIOD_KINDS.some((kind) => ruleFor(facts, kind)?.basis === "read" && facts.periods[kind]!.rule!.source!.url !== null),
    );
    expect(ruled.map(({ code }) => code).sort()).toEqual(
      "AC-LU ACM AP BFDI BKARTA CNAM CNIL CNPD-LU DATATILSYNET-NO DGCCRF EC FTC HMBBFDI KONKURRANSETILSYNET OFCOM".split(" "),
    );
    expect(ruled.length).toBeGreaterThanOrEqual(15);
  });

  test("no period is left without a rule because the house lacks it: each that was read has one", () => {
    const lacking = AUTHORITY_FACTS.flatMap(({ code, periods }) =>
      PERIOD_KINDS.filter((kind) => periods[kind]?.rule?.value === null).map((kind) => `${code} ${kind}`),
    );
    expect(lacking).toEqual([]);
  });

  test("applies nothing that is unverified: neither a rule, nor a ceiling, nor a money regime", () => {
    for (const { code, facts, orderRule, regime, regimeRead, ceilingPerDay, ceilingTurnoverPercent } of AUTHORITIES) {
      const order = facts.periods.order?.rule;
      if (order === undefined || order.basis === "unverified") expect(orderRule, code).toBeNull();
      if (facts.regime.basis !== "read") expect([regime, regimeRead], code).toEqual(["court-set", false]);
      if (facts.ceiling.basis === "unverified") expect([ceilingPerDay, ceilingTurnoverPercent], code).toEqual([undefined, undefined]);
    }
    const unread: AuthorityFacts = {
      ...AUTHORITY_FACTS[0]!,
      periods: { order: { rule: { value: "cure", basis: "unverified", source: null } } },
    };
    expect(ruleFor(unread, "order")).toBeNull();
  });

  test("tells by which rule each kind of period is counted, where that is known", () => {
    const known = (code: string) =>
      PERIOD_KINDS.flatMap((kind) => {
        const found = ruleFor(authorityOf(code)!.facts, kind);
        return found === null ? [] : [`${kind}: ${found.rule} (${found.basis})`];
      });
    expect(known("CNIL")).toEqual(["order: cure (inferred)", "notice: cure (inferred)", "appeal: fr-franc (read)"]);
    expect(known("AP")).toEqual([
      "order: cure (read)",
      "appeal: nl-atw (read)",
      "objection: nl-atw (read)",
      "payment: nl-atw (read)",
      "time-bar: nl-atw (read)",
    ]);
    expect(known("DPC")).toEqual(["appeal: ie-interpretation (read)"]);
    expect(known("DSB")).toEqual(["appeal: at-avg (read)"]);
    expect(known("AEPD")).toEqual(["objection: es-lpac (read)"]);
    expect(known("GARANTE")).toEqual(["appeal: it-cpc (read)"]);
    expect(known("AC-LU")).toEqual(["appeal: lu-basel (read)"]);
    expect(known("KONKURRANSETILSYNET")).toEqual(["appeal: no-domstolloven (read)"]);
    expect(known("OAIC")).toEqual(["appeal: au-aia (read)"]);
    expect(known("ANPD")).toEqual(["appeal: br-anpd (read)"]);
    expect(known("HDPA")).toEqual([]);
  });
});

test("docs/authorities.md says what the catalogue says (npm run authorities writes it)", () => {
  expect(committedAuthorities()).toBe(freshAuthorities());
});
