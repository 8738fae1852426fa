import { plainCard } from "../cards/answers.ts";
import { refusalCard } from "../cards/refusal-card.ts";
import { say } from "../cards/say.ts";
import { type Welcomed, welcomeCard } from "../cards/welcome-card.ts";
import { asSeen } from "../commands/as-seen.ts";
import type { Command, Context } from "../commands/command.ts";
import { formOf, hasForm } from "../commands/forms.ts";
import { homeOf } from "../commands/home.ts";
import { COMMANDS } from "../commands/index.ts";
import { choicesFor } from "../commands/lookups.ts";
import { allowedOf, offeredTo } from "../commands/offered.ts";
import { turnedAway } from "../commands/permission.ts";
import { notedRefusal } from "../commands/run.ts";
import { submitForm } from "../commands/submissions.ts";
import type { Terminal } from "../commands/terminal.ts";
import { noteViews } from "../commands/trail.ts";
import { type Refusal, refuse } from "../law/finding.ts";
import type { Answer, ChatHost } from "../ports/chat.ts";
import type { Asking, Choice, Form, FormProblems, FormRequest, Home, LookupRequest, Submission } from "../ports/form.ts";
import { answerer, contextOf, type Desk, firstPlace, lapsed } from "./answer.ts";
import { noteSetUp, setsUp, whyNotFirst } from "./first-place.ts";
import { lookedUpLately } from "./looked-up.ts";
import { once } from "./once.ts";
import { faultAnswer, withoutFault } from "./without-fault.ts";

/** What people reach of one desk: typed commands, forms, what they may choose, and their home. */
export type Door = Pick<ChatHost, "onCommand" | "form" | "submit" | "lookUp" | "home" | "welcome">;

export function openDoor(desk: Desk, terminal: Terminal | null): Door {
  const contextFor = (asking: Asking) => contextOf(desk, asking, terminal);
  return {
    onCommand: answerer(desk, terminal),
    form: (request) => withoutFault(desk, request, () => formFor(request, contextFor(request), desk), faultAnswer),
    submit: once<Submission, Answer | FormProblems>(
      desk,
      (submission) => withoutFault(desk, submission, () => submitted(desk, submission, contextFor(submission)), toProblems),
      ({ language = desk.language }) => lapsed(language),
    ),
    lookUp: ({ of, query, most, ...asking }) =>
      withoutFault(
        desk,
        asking,
        () => lookedUp({ of, query, most }, contextFor(asking), desk),
        () => [],
      ),
    home: (asking) => withoutFault(desk, asking, () => homeFor(contextFor(asking)), toHome),
    welcome: (asking) =>
      withoutFault(
        desk,
        asking,
        () => welcomeFor(contextFor(asking)),
        (fault, reader) => refusal(reader, fault).cards,
      ),
  };
}

/** The form of a command, or why there is none, in words. */
async function formFor({ verb, values }: FormRequest, context: Context, { log }: Desk): Promise<Form | Answer> {
  const command = commandOf(verb);
  const refused = command === null ? await turnedAway(context) : await notedRefusal(command, context, log);
  if (refused !== null) return refusal(context, refused);
  const made =
    command === null ? null : await asSeen(context, async () => (await formOf(command, values, context)) ?? refuse("form-none", { verb }));
  if (made !== null) await noteViews(context, verb);
  if (made === null) return refusal(context, command === null ? refuse("verb-unknown", { got: verb }) : refuse("form-none", { verb }));
  return "refused" in made ? refusal(context, made) : made;
}

/** What may be chosen: nothing by whoever is turned away. */
async function lookedUp(
  { of, query, most }: Pick<LookupRequest, "of" | "query" | "most">,
  context: Context,
  desk: Desk,
): Promise<readonly Choice[]> {
  if ((await turnedAway(context)) !== null) return [];
  const choices = await choicesFor(of, query, most, context);
  await noteViews(context, "form", lookedUpLately(desk, context));
  return choices;
}

async function homeFor(context: Context): Promise<Home> {
  const away = await turnedAway(context);
  if (away !== null) return { cards: refusal(context, away).cards, previous: "", next: "" };
  const may = await allowedOf(["register", "assign", "mine"], context);
  const home = await asSeen(context, () => homeOf(context, may));
  await noteViews(context, "home");
  return { ...home, cards: await offeredTo(home.cards, context) };
}

/** It names no matter, so that whoever cannot be told now is welcomed all the same; whoever was turned away is not. */
async function welcomeFor(context: Context): Promise<Answer["cards"]> {
  const { role, kind } = await context.clearance();
  const away = role === "none" && kind !== "unknown" ? await turnedAway(context) : null;
  return away === null ? [welcomeCard(context.language, welcomed(context))] : refusal(context, away).cards;
}

async function submitted(desk: Desk, submission: Submission, context: Context): Promise<Answer | FormProblems> {
  const command = commandOf(submission.verb);
  if (command === null) return refusal(context, refuse("verb-unknown", { got: submission.verb }));
  if (!hasForm(command)) return refusal(context, refuse("form-none", { verb: command.verb }));
  const answered = await submitForm(command, submission, context, desk.log);
  if ("fields" in answered) return answered;
  // What was recorded is due for a look: its cards show it at once, and others hear of it.
  desk.running.nudge();
  const cards = [...answered.cards, ...(await firstWords(desk, submission)), ...(await whyNotFirst(desk, context, command.verb))];
  const shown = cards.length === 0 ? [plainCard(context.language, "answer.done")] : cards;
  return {
    cards: await offeredTo(shown, context),
    audience: "asker",
    ...(answered.form === undefined ? {} : { form: answered.form }),
    ...(answered.asks === undefined ? {} : { asks: answered.asks }),
  };
}

/** What a first place is told. Where that fails, the next word sets it up: what was recorded must not be called a fault. */
async function firstWords(desk: Desk, submission: Submission): Promise<Answer["cards"]> {
  if (setsUp(submission.verb)) {
    await noteSetUp(desk, submission);
    return [];
  }
  try {
    return await firstPlace(desk, submission);
  } catch (error) {
    desk.log.error({ error: error instanceof Error ? error.stack : String(error) }, "a first place could not be set up");
    return [];
  }
}

function welcomed({ person, personName, place, direct }: Context): Welcomed {
  return { by: personName === "" ? null : personName, alone: direct(person) === place };
}

function commandOf(verb: string): Command | null {
  return COMMANDS.find((command) => command.verb === verb.toLowerCase()) ?? null;
}

function refusal({ language }: Pick<Context, "language">, refused: Refusal): Answer {
  return { cards: [refusalCard(language, refused)], audience: "asker", refused: true };
}

function toProblems(fault: Refusal, { language }: Pick<Context, "language">): FormProblems {
  return { fields: {}, other: say(language, "said.internal", { reference: String(fault.args.reference) }) };
}

function toHome(fault: Refusal, reader: Pick<Context, "language">): Home {
  return { cards: refusal(reader, fault).cards, previous: "", next: "" };
}
