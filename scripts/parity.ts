/** What each platform does, and the test that shows it: `npm run readme` makes the README's table of it, and a test looks whether each one is there. */
export interface Feature {
  readonly what: string;
  readonly console: Mark;
  readonly slack: Mark;
  readonly teams: Mark;
}

/** The test's file and name (of the contract's clause, in a file that runs it), or why there is none. */
export type Mark = { readonly file: string; readonly name: string } | { readonly none: string };

export const PARITY_BEGIN = "<!-- parity:begin -->";
export const PARITY_END = "<!-- parity:end -->";

/** The contract that every adapter's suite runs. */
const SUITES = { console: "console", slack: "slack-installed-contract", teams: "teams" } as const;
const TERMINAL = "a terminal has none";

export const FEATURES: readonly Feature[] = [
  every("the same words", "scenarios/three-doors", "are said in all three with the same words, and once"),
  clause("a digest of 300 matters whole", "a card of 300 rows is shown whole, in order and within the limits"),
  {
    what: "answers for the asker alone",
    console: none("who asks is alone there"),
    slack: at("slack-answer", "is answered to the asker alone, and to everybody where it says --here"),
    teams: at("teams-hearing-alone", "is shown to them alone in %s, and the command is told that nobody overhears it"),
  },
  {
    what: "who reads a channel, as the platform tells",
    console: none("whoever sits in front of it, and nobody else"),
    slack: clauseOf("slack", "that a place is shared with another company is known within a quarter of an hour"),
    teams: clauseOf("teams", "that a place is shared with another company is known within a quarter of an hour"),
  },
  {
    what: "notifications that name nothing",
    console: none("a terminal has no notifications"),
    slack: at("slack-discreet", "says its sentence alone in its text, and all of itself in its blocks"),
    teams: at(
      "teams-discreet",
      "says its sentence alone in its summary and fallback text, in every message, when it is posted and when it is replaced",
    ),
  },
  {
    what: "cards replaced in place",
    console: none("a terminal scrolls on"),
    slack: clauseOf("slack", "what was posted can be replaced by its reference"),
    teams: clauseOf("teams", "what was posted can be replaced by its reference"),
  },
  {
    what: "a thread for a matter",
    console: none(TERMINAL),
    slack: at(
      "slack-finding",
      "finds the messages of a thread that are not seen outside it, and goes on in the thread where some are missing",
    ),
    teams: at("teams-reach", "is a reply in a channel, all its messages to the same root, and is replaced there"),
  },
  {
    what: "buttons",
    console: at("console", "shows buttons as the commands that can be typed in their stead"),
    slack: at("slack-buttons", "runs its command as it was written, and what the core says is shown to whoever pressed it alone"),
    teams: at("teams-execute", "shows the asker alone what the matter is now in place of the pressed card"),
  },
  {
    what: "forms, with what is wrong at its field",
    console: none(TERMINAL),
    slack: at("slack-modals", "whose fields are wrong says so at the fields, and is submitted again"),
    teams: at("teams-dialogs", "keeps what was entered and says under its field what is wrong; then it is recorded once"),
  },
  {
    what: "lists that are looked up as one types",
    console: none(TERMINAL),
    slack: at("slack-modals-options", "is asked for what was typed, in the place and for the person of the form"),
    teams: at("teams-search", "a list in a dialog that is searched by typing"),
  },
  {
    what: "charts, and their values in words",
    console: clauseOf("console", "a chart says what it shows and each of its values, drawn or written"),
    slack: at("slack-chart", "stands in the message with its summary, and with every value in what is read aloud"),
    teams: at("teams-cards", "draws a chart, says in words what it shows, and has every value for a client that draws none"),
  },
  {
    what: "people mentioned",
    console: none("there is one person"),
    slack: at("slack-answer", "names the people whom it mentions as the workspace shows them, and is read in the asker's language"),
    teams: at(
      "teams-hearing-mentions",
      "are references with the names by which Teams shows them, by the directory's id that the roster tells",
    ),
  },
  {
    what: "register or take a note from a menu",
    console: none(TERMINAL),
    slack: at("slack-shortcuts", "at a message takes its words and where it stands into a note, and the answer stays in the conversation"),
    teams: at("teams-dialogs", "opens the forms of the compose box, and notes a message with its words and its address"),
  },
  {
    what: "search from where one writes",
    console: none(TERMINAL),
    slack: none("Slack has no such place"),
    teams: at("teams-search", "finds a matter by its words, and inserts what show says of it"),
  },
  {
    what: "a home page for each person",
    console: none(TERMINAL),
    slack: at("slack-home", "shows the cards of the person who opens it, in their own place"),
    teams: none("a tab would need a page of ours; `mine` and `list` say the same"),
  },
  {
    what: "a digest of one's own",
    console: none("the terminal itself is one person's"),
    slack: at("slack", "to a person goes to their direct messages, and can be replaced there"),
    teams: at("teams-hearing-desk", "has one digest of their own, wherever they ask for it, and ends it from anywhere"),
  },
  {
    what: "a welcome, and how to stop it",
    console: at("scenarios/prompt", "says on its first start, and then no more, that this terminal watches everything"),
    slack: none("Slack tells of no invitation without a scope that reads messages"),
    teams: at("teams-places", "is said again after the bot was taken out and added again, not after a restart"),
  },
  {
    what: "many workspaces, each with a register of its own",
    console: none("there is one terminal"),
    slack: at("scenarios/two-workspaces", "hold the same number with different facts, each for itself"),
    teams: none("an app of one tenant: each tenant runs its own"),
  },
  remote("nothing repeated where a platform fails", "a platform that fails after accepting: unknown, and the message is shown once"),
  remote("a card that was cut off goes on with the rest", "a card that the platform cut off goes on with the rest when it is posted again"),
  clause("no word is taken for markup", "a plain text is never markup: it comes out as itself"),
  {
    what: "what was shown can be found again",
    console: none("a terminal is not read back"),
    slack: at("slack-finding", "asks for messages since a minute before, with their metadata, page after page"),
    teams: none("a bot reads a conversation only with a permission of the whole tenant's"),
  },
  {
    what: "a request sent twice does nothing twice",
    console: none("nothing is sent again"),
    slack: at("slack-security", "is acknowledged, and does nothing"),
    teams: at("teams-security", "is answered once, also by a program that was started anew"),
  },
];

function at(file: string, name: string): Mark {
  return { file: file.includes("/") ? `test/${file}.test.ts` : `test/adapters/${file}.test.ts`, name };
}

function none(why: string): Mark {
  return { none: why };
}

function clauseOf(platform: keyof typeof SUITES, name: string): Mark {
  return at(SUITES[platform], name);
}

function clause(what: string, name: string): Feature {
  return { what, console: clauseOf("console", name), slack: clauseOf("slack", name), teams: clauseOf("teams", name) };
}

/** A clause about what lies behind a network. */
function remote(what: string, name: string): Feature {
  return { ...clause(what, name), console: none("nothing lies between it and the reader") };
}

function every(what: string, file: string, name: string): Feature {
  return { what, console: at(file, name), slack: at(file, name), teams: at(file, name) };
}

/** The table as it stands in the README. */
export function parityTable(features: readonly Feature[]): string {
  const rows = features.map(({ what, console, slack, teams }) => [what, ...[console, slack, teams].map(markOf)]);
  const table = [["feature", "console", "Slack", "Teams"], ...rows];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...table.map((row) => row[column]!.length)));
  const lines = table.map((row) => `| ${row.map((cell, column) => cell.padEnd(widths[column]!)).join(" | ")} |`);
  lines.splice(1, 0, `| ${widths.map((width) => "-".repeat(width)).join(" | ")} |`);
  return lines.join("\n");
}

function markOf(mark: Mark): string {
  return "none" in mark ? `no: ${mark.none}` : `[yes](${mark.file} "${mark.name}")`;
}
