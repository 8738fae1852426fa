import type { Card, CardLimits } from "../../src/ports/card.ts";

/** What Slack, Teams, Markdown and HTML would each read as markup. */
export const HOSTILE =
  "<!channel> *bold* _it_ ~no~ `code` <@U1> [x](http://y.example) <at>all</at> **b** & < > &amp; {{DATE(2024-02-18)}} :tada:";

export function card(title: string): Card {
  return { title, tone: "calm", blocks: [] };
}

/** Rows of more than 100 bytes: more than one message of any platform holds. */
export const LONG = 1_000;

export function longCard(word: string): Card {
  const rows = Array.from({ length: LONG }, (_, row) => [[`${word} ${row} ${".".repeat(100)}`]]);
  return { title: word, tone: "calm", blocks: [{ kind: "rows", heading: [], rows }] };
}

export const FULL: Card = {
  title: "SAN-2023-018 · CNIL v. Commune de Kourou",
  tone: "soon",
  blocks: [
    {
      kind: "text",
      text: ["Comply by ", { bold: "Sun 18 Feb 2024" }, ", see ", { link: "the decision", href: "https://example.org/d?a=1&b=2" }],
    },
    {
      kind: "facts",
      facts: [
        { label: "Rate", value: ["EUR 150 a day"] },
        { label: "Fixed", value: [{ bold: "0.00" }] },
      ],
    },
    {
      kind: "rows",
      heading: ["Also ", { bold: "open" }],
      rows: [[["SAN-2023-005"], [{ link: "Clearview", href: "https://example.org/c" }]]],
    },
    { kind: "note", text: ["Assumed: no roll-over to Monday"] },
    {
      kind: "actions",
      actions: [
        { label: "Acknowledge", command: "acknowledge SAN-2023-018", style: "primary" },
        { label: "Withdraw", command: "annul SAN-2023-018", style: "danger", confirm: "Annul the whole matter?" },
        { label: "Why", command: "why SAN-2023-018" },
      ],
    },
  ],
};

export const TEXTS_OF_FULL = [
  "SAN-2023-018 · CNIL v. Commune de Kourou",
  "Comply by Sun 18 Feb 2024, see the decision",
  ...["Rate", "EUR 150 a day", "Fixed", "0.00", "Also open", "SAN-2023-005", "Clearview", "Assumed: no roll-over to Monday"],
  ...["Acknowledge", "Withdraw", "Why"],
];

export const EMPTY_BLOCKS: Card["blocks"] = [
  { kind: "text", text: [] },
  { kind: "text", text: [""] },
  { kind: "facts", facts: [] },
  { kind: "facts", facts: [{ label: "", value: [] }] },
  { kind: "rows", heading: [], rows: [] },
  { kind: "rows", heading: ["nothing here"], rows: [[]] },
  { kind: "note", text: [] },
  { kind: "actions", actions: [] },
];

/** Limits that a pretended platform without limits of its own can use. */
export const PLAIN_LIMITS: CardLimits = {
  titleCharacters: 150,
  textCharacters: 2_900,
  blocks: 50,
  factsPerBlock: 10,
  actionsPerBlock: 5,
  labelCharacters: 75,
  commandCharacters: 2_000,
};
