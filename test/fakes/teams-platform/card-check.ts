type Json = Readonly<Record<string, unknown>>;

/** Elements of schema 1.5 that the stand-in knows, and those of their properties that hold elements. */
const ELEMENTS: Readonly<Record<string, readonly string[]>> = {
  AdaptiveCard: ["body", "actions"],
  Container: ["items"],
  ColumnSet: ["columns"],
  Column: ["items"],
  RichTextBlock: ["inlines"],
  TextRun: [],
  TextBlock: [],
  FactSet: [],
  Table: ["rows"],
  TableRow: ["cells"],
  TableCell: ["items"],
  "Chart.VerticalBar": [],
  "Input.Text": [],
  "Input.Date": [],
  "Input.Time": [],
  "Input.Number": [],
  "Input.ChoiceSet": [],
  "Input.Toggle": [],
  ActionSet: ["actions"],
  "Action.Execute": [],
  "Action.Submit": [],
  "Action.OpenUrl": [],
  "Action.ShowCard": ["card"],
};

/** What is wrong with an Adaptive Card for Teams: an unknown element, a version above 1.5, more than six buttons or three columns. */
export function cardProblems(card: unknown): readonly string[] {
  if (!isObject(card) || card.type !== "AdaptiveCard") return ["not an Adaptive Card"];
  const problems: string[] = [];
  if (card.version !== "1.5") problems.push(`version ${String(card.version)}`);
  if (typeof card.fallbackText !== "string" || card.fallbackText === "") problems.push("no fallbackText");
  for (const element of elementsOf(card)) {
    if (element.type === "ActionSet" && countOf(element.actions) > 6) problems.push("more than six buttons in a row are hidden");
    if (countOf(element.type === "ColumnSet" || element.type === "Table" ? element.columns : undefined) > 3)
      problems.push("more than three columns do not fit a phone");
    if (element.type === "TableRow" && countOf(element.cells) === 0) problems.push("a row without cells");
    if (element.type === "Chart.VerticalBar" && !isObject(element.fallback)) problems.push("a chart without a fallback");
    if (element.type === "TextBlock" && element.wrap !== true) problems.push("a text block that is cut off");
    if (element.type === "TextRun" && element.text === "") problems.push("an empty text run");
    if (!(String(element.type) in ELEMENTS)) problems.push(`unknown element ${String(element.type)}`);
  }
  return [...problems, ...mentionProblems(card)];
}

/** Teams refuses a mention without its words in the card, and shows words without their entity as they are. */
function mentionProblems(card: Json): readonly string[] {
  const entities = isObject(card.msteams) ? listOf(card.msteams.entities).filter(isObject) : [];
  const texts = [...elementsOf(card)].flatMap(({ type, text, facts }) => {
    if (type === "TextBlock") return [String(text)];
    return type === "FactSet"
      ? listOf(facts)
          .filter(isObject)
          .flatMap(({ title, value }) => [String(title), String(value)])
      : [];
  });
  const told = entities.map(({ text }) => String(text));
  const shown: readonly string[] = texts.join("\n").match(/<at>.*?<\/at>/g) ?? [];
  return [
    ...told.filter((text) => !shown.includes(text)).map((text) => `a mention that is not in the card: ${text}`),
    ...shown.filter((text) => !told.includes(text)).map((text) => `a mention of nobody: ${text}`),
    ...(new Set(told).size < told.length ? ["two mentions of one name"] : []),
  ];
}

/** The card itself and every element in it, in reading order. */
function* elementsOf(element: unknown): Generator<Json> {
  if (!isObject(element)) return;
  yield element;
  for (const property of ELEMENTS[String(element.type)] ?? []) for (const child of listOf(element[property])) yield* elementsOf(child);
}

/** What a reader sees: a line for each block of text, fact, bar of a chart and input. */
export function readLines(card: unknown): readonly string[] {
  return [...elementsOf(card)].flatMap((element): readonly string[] => {
    switch (element.type) {
      case "RichTextBlock":
        return [
          listOf(element.inlines)
            .map((run) => (isObject(run) ? String(run.text) : String(run)))
            .join(""),
        ];
      case "TextBlock":
        return [withoutMarkdown(String(element.text))];
      case "FactSet":
        return listOf(element.facts)
          .filter(isObject)
          .flatMap(({ title, value }) => [title, value].map((text) => withoutMarkdown(String(text))));
      case "Chart.VerticalBar":
        return [
          String(element.title),
          ...listOf(element.data)
            .filter(isObject)
            .map(({ x, y }) => `${x}: ${y} ${element.yAxisTitle}`),
        ];
      default:
        return String(element.type).startsWith("Input.") ? [readInput(element)] : [];
    }
  });
}

/** A label and what stands in the input; of a list, what its chosen entries are called. */
function readInput(input: Json): string {
  const choices = listOf(input.choices).filter(isObject);
  const values = String(input.value ?? "").split(input.isMultiSelect === true ? "," : "\u0000");
  const shown = values.map((value) => String(choices.find((choice) => choice.value === value)?.title ?? value)).join(", ");
  return `${String(input.label ?? input.title)}: ${shown}`;
}

/** Teams documentation, "Format cards with Markdown": bold, italic, lists, links, and mentions; \ escapes, entities are read. */
export function withoutMarkdown(text: string): string {
  return text
    .replaceAll(/<at>(.*?)<\/at>/g, "$1")
    .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, "$1")
    .replaceAll(/(\*\*|__)(?=\S)(.*?\S)\1/g, "$2")
    .replaceAll(/([*_])(?=\S)(.*?\S)\1/g, "$2")
    .replaceAll(/\\([\\`*_{}[\]()#+\-.!])/g, "$1")
    .replaceAll(/^\s*([-+*]|\d+[.)])\s+/gm, "• ")
    .replaceAll(/&(amp|lt|gt|quot|nbsp|#\d+);/g, "?")
    .replaceAll(/\{\{(DATE|TIME)\([^)]*\)\}\}/g, "a day")
    .replaceAll(/[ \t\r\n]+/g, " ")
    .trim();
}

/** The addresses behind the text, in order. */
export function readLinks(card: unknown): readonly string[] {
  return [...elementsOf(card)].flatMap((element) =>
    element.type === "TextRun" && isObject(element.selectAction) ? [String(element.selectAction.url)] : [],
  );
}

export interface Button {
  readonly title: string;
  readonly data: unknown;
  readonly style?: string;
  /** What a press sends where the client does not know Action.Execute. */
  readonly fallback?: unknown;
}

/** The buttons that send something, in order; those behind a question are among them. */
export function readButtons(card: unknown): readonly Button[] {
  return [...elementsOf(card)]
    .filter((element) => element.type === "Action.Execute" || element.type === "Action.Submit")
    .map((action) => ({
      title: String(action.title),
      data: action.data,
      ...(typeof action.style === "string" ? { style: action.style } : {}),
      ...(isObject(action.fallback) ? { fallback: action.fallback } : {}),
    }));
}

/** What stands on the buttons, in order. */
export function readTitles(card: unknown): readonly string[] {
  return [...elementsOf(card)].filter((element) => String(element.type).startsWith("Action.")).map((action) => String(action.title));
}

/** The one card of a message. */
export function cardOf(activity: { readonly attachments?: readonly { readonly content?: unknown }[] }): Json {
  const card = activity.attachments?.[0]?.content;
  if (!isObject(card)) throw new Error("a message without a card");
  return card;
}

function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null;
}

function listOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  return value === undefined ? [] : [value];
}

function countOf(value: unknown): number {
  return listOf(value).length;
}
