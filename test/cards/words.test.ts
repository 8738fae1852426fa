import { readdirSync, readFileSync } from "node:fs";
import { IntlMessageFormat } from "intl-messageformat";
import { describe, expect, test } from "vitest";
import { findingText, missingText, problemText, refusalText } from "../../src/cards/findings.ts";
import { isKey, type Key, placeholdersOf, WORDS } from "../../src/cards/say.ts";
import { typeset } from "../../src/cards/typography.ts";
import { AUTHORITIES } from "../../src/law/catalogue.ts";
import { NAMED_UNITS } from "../../src/law/unit.ts";
import { EVENT_TYPES } from "../../src/matter/events.ts";
import { STATES } from "../../src/matter/standing-types.ts";
import { LANGUAGES } from "../../src/time/wording.ts";

const { en, fr } = WORDS;
const KEYS = Object.keys(en) as Key[];

/** The same in both languages because they hold nothing but data, or a word that both write alike. */
const ALIKE =
  /^(said\.(unworded|event-field|matter-field|units-times-rate)|missing\.named|card\.day|money\.(plain|counted)|accrue\.title|digest\.next|list\.next|what\.observations|event\.note|authority-name\.CNIL|field\.of|why\.source|problems\.place|change\.from-to|authority\.(title|fact|period\.observations))$/;

function named(language: "en" | "fr", key: Key): readonly string[] {
  const message = language === "en" ? en[key] : fr[key];
  const found = placeholdersOf(new IntlMessageFormat(message, language, undefined, { ignoreTag: true }).getAst());
  return [...new Set([...found].map((name) => name.replace(/^has_/, "")))].sort();
}

describe("the words", () => {
  test("stand in both languages under the same keys", () => {
    expect(Object.keys(fr).sort()).toEqual([...KEYS].sort());
  });

  test("show the same arguments in both languages", () => {
    for (const key of KEYS) expect({ key, named: named("fr", key) }).toEqual({ key, named: named("en", key) });
  });

  test("differ between the languages unless they are data alone", () => {
    expect(KEYS.filter((key) => en[key] === fr[key] && !ALIKE.test(key))).toEqual([]);
  });

  test("are typeset as French is: a no-break space before : ; ? ! and », and no straight apostrophe in a word", () => {
    for (const key of KEYS) {
      const bare = typeset("fr", fr[key])
        .replace(/"[^"]*"/g, "")
        .replace(/'\{'[^']*'\}'/g, "");
      expect(bare, key).not.toMatch(/ [:;?!»]/);
      expect(bare, key).not.toMatch(/\p{L}'\p{L}/u);
    }
  });

  test("name a thing by one word in French: jour ouvré, accusé de lecture, récapitulatif", () => {
    for (const key of KEYS) {
      expect(fr[key], key).not.toMatch(/ouvrable|pris(e)? d.acte|pren(d|ez|dre) acte|pris acte|dont prendre acte/i);
      expect(fr[key], key).not.toMatch(/\bpoint (du (jour|mois)|de la semaine|quotidien)|\b(le|propre|ni|et) point\b(?! de départ)/i);
    }
  });

  test("never call a periodic penalty a fine, nor a claim closed", () => {
    for (const key of KEYS.filter((one) => /liquidat|accru|claim|regime/.test(one))) {
      expect(en[key], key).not.toMatch(/\bfine[sd]?\b/i);
      expect(fr[key], key).not.toMatch(/amende/i);
    }
    for (const key of ["event.complied", "stands.claimed", "state.claimed", "act.claimed", "act.claimed-ours"] as const) {
      expect(en[key], key).not.toMatch(/closed|settled\b(?! yet)/i);
    }
  });
});

describe("every code has its sentence", () => {
  test.each(codesInSource())("%s", (code) => {
    expect(isKey(`said.${code}`)).toBe(true);
  });

  test("every state, kind of event, regime and unit has its words", () => {
    const wanted = [
      ...STATES.flatMap((state) => [`state.${state}`, `stands.${state}`]),
      ...EVENT_TYPES.flatMap((type) => [`event.${type}`, `event-name.${type}`, `help.${type}`]),
      ...AUTHORITIES.map(({ code }) => `authority-name.${code}`),
      ...new Set(AUTHORITIES.flatMap(({ regime }) => [`regime.${regime}`, `regime-note.${regime}`])),
      ...[...NAMED_UNITS, "period"].flatMap((unit) => [`per.${unit}`, `per-short.${unit}`, `count.${unit}`]),
    ];
    expect(wanted.filter((key) => !isKey(key))).toEqual([]);
  });

  test("a code without words is shown as it is, so that nothing is kept back", () => {
    expect(refusalText("en", { refused: "brand-new", args: {} })).toBe("brand-new");
  });
});

describe("problems", () => {
  test("say where they are and what is allowed there", () => {
    const at = ["items", 0, "penalty", "per"];
    expect(problemText("en", { path: at, code: "unit", args: {} })).toBe(
      "items[0].penalty.per: Write day, week, month, half-year, year, once (a lump sum), violation, unit-day, turnover-day, or a period such as P2W",
    );
    expect(problemText("fr", { path: ["fines", 1, "amount"], code: "amount", args: {} })).toMatch(
      /^fines\[1\]\.amount\u00a0: .*"5000" ou "5000\.50"/,
    );
    const missing = problemText("en", { path: at, code: "required-one-of", args: { field: "per", allowed: ["day", "week"] } });
    expect(missing).toBe("items[0].penalty.per: per is missing; write one of: day, week");
  });

  test("name the nearest key, where there is one", () => {
    const near = { path: [], code: "key-unknown", args: { key: "respondant", nearest: "respondent", allowed: ["ref", "respondent"] } };
    expect(problemText("en", near)).toBe("respondant is not known here: did you mean respondent? (known: ref, respondent)");
    expect(problemText("en", { ...near, args: { key: "x", allowed: [] } })).toBe("x is not known here");
  });

  test("what a draft waits for is said in words, with its place where it is deep in the file", () => {
    expect(missingText("en", "notified")).toBe("the notification date");
    expect(missingText("fr", "items.dpo.cure.rule")).toBe("la règle de calcul du délai (dpo)");
  });

  test("a text that looks like a message is shown as itself", () => {
    for (const language of LANGUAGES) {
      const hostile = "{x, plural, other {#}} <b>&amp; '{' *_~ <!channel>";
      expect(refusalText(language, { refused: "matter-not-found", args: { name: hostile } })).toContain(hostile);
      expect(findingText(language, { code: "until", args: { day: "2024-02-18", because: hostile } })).toContain(hostile);
    }
  });
});

/** The codes of refusals, findings, steps and problems, as the source writes them; those made of parts are spelt out. */
function codesInSource(): readonly string[] {
  const pair = String.raw`(?:[^"\n]*?\?\s*)?"([a-z][a-z0-9]*(?:-[a-z0-9]+)*)"(?:\s*:\s*"([a-z][a-z0-9-]*)")?`;
  const patterns = [
    new RegExp(String.raw`\b(?:refuse|misunderstood|textOr|whole)\(\s*${pair}`, "g"),
    new RegExp(String.raw`\b(?:code|refused)(?::| =)\s*${pair}`, "g"),
    new RegExp(String.raw`\breport\((?:\[[^\n]*?\]|path), ${pair}`, "g"),
    new RegExp(String.raw`error: \(\) => ${pair}`, "g"),
    /\.(?:min|max|int|regex|refine)\([^\n]*?[,(] ?["`]([a-z][a-z0-9-]*)["`]\)/g,
  ];
  const found = new Set<string>();
  for (const folder of ["law", "matter", "alerts", "commands", "exchange"]) {
    for (const name of readdirSync(new URL(`../../src/${folder}/`, import.meta.url), { recursive: true, encoding: "utf8" })) {
      if (!name.endsWith(".ts")) continue;
      const source = readFileSync(new URL(`../../src/${folder}/${name}`, import.meta.url), "utf8");
      for (const pattern of patterns)
        for (const [, one, other] of source.matchAll(pattern)) for (const code of [one, other]) if (code) found.add(code);
    }
  }
  for (const kind of ["inclusive", "exclusive-last", "exclusive-first", "completed", "started", "violations", "once"])
    found.add(`counting-${kind}`);
  for (const cap of ["amount", "units", "until", "per-year", "joint"]) found.add(`cap-${cap}`);
  for (const type of ["extended", "stayed", "resumed"]) found.add(`why-${type}`);
  for (const type of ["remitted", "settled", "withdrawn", "lapsed", "closed", "invoiced", "refunded"]) found.add(`why-${type}`);
  for (const how of ["payment", "offset", "write-off"]) found.add(`why-paid-${how}`);
  for (const window of ["liquidated", "collected", "fixed"]) for (const end of ["", "-ref"]) found.add(`${window}-window${end}`);
  for (const { regime } of AUTHORITIES) found.add(`why-regime-${regime}`);
  for (const measure of ["full", "part", "waived", "more"]) found.add(`liquidation-${measure}`);
  for (const how of ["complete", "begun"])
    for (const code of [`periods-${how}`, `periods-${how}-first`, `period-next-${how}`]) found.add(code);
  return [...found].sort();
}
