type Json = Readonly<Record<string, unknown>>;

/** Elements of schema 1.5 that the stand-in knows, and those of their properties that hold elements. */
const ELEMENTS: Readonly<Record<string, readonly string[]>> = {
  AdaptiveCard: ["body", "actions"],
  Container: ["items"],
  ColumnSet: ["columns"],
  Column: ["items"],
  RichTextBlock: ["inlines"],
  TextRun: [],
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
    if (element.type === "ColumnSet" && countOf(element.columns) > 3) problems.push("more than three columns do not fit a phone");
    if (element.type === "TextRun" && element.text === "") problems.push("an empty text run");
    if (!(String(element.type) in ELEMENTS)) problems.push(`unknown element ${String(element.type)}`);
  }
  return problems;
}

/** The card itself and every element in it, in reading order. */
function* elementsOf(element: unknown): Generator<Json> {
  if (!isObject(element)) return;
  yield element;
  for (const property of ELEMENTS[String(element.type)] ?? []) for (const child of listOf(element[property])) yield* elementsOf(child);
}

/** What a reader sees: a line for each block of text; nothing in a RichTextBlock is markup. */
export function readLines(card: unknown): readonly string[] {
  return [...elementsOf(card)]
    .filter((element) => element.type === "RichTextBlock")
    .map((block) =>
      listOf(block.inlines)
        .map((run) => (isObject(run) ? String(run.text) : String(run)))
        .join(""),
    );
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
