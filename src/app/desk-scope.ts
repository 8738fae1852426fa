import { plainCard } from "../cards/answers.ts";
import { say } from "../cards/say.ts";
import type { Answer, ChatAdapter, ChatHost, MayGoOn, PersonRef, Place, PostResult } from "../ports/chat.ts";
import type { Asking } from "../ports/form.ts";
import type { Language } from "../time/wording.ts";
import type { Desk } from "./answer.ts";
import type { Belonging } from "./belonging.ts";
import { HOUSE_DESK, keyAt } from "./desk-names.ts";
import type { Desks } from "./desks.ts";
import type { Door } from "./door.ts";
import { inTime } from "./in-time.ts";
import { faultAnswer, withoutFault } from "./without-fault.ts";

/**
 * The adapter as one desk has it: what belongs to another desk is not posted to, changed, looked at, or written to, whatever the desk's register
 * says. What is due in a place that is another's now waits: the place may come back.
 */
export function scopedTo(desk: string, adapter: ChatAdapter, belonging: Belonging, language: Language): ChatAdapter {
  const isOurs = (place: Place) => belonging.ofPlace(place) === desk;
  const isOurPerson = (person: PersonRef) => belonging.ofPerson(person) === desk;

  /** Why nothing may go out there, asked anew; null where it may. */
  async function barTo(place: Place | null, elsewhere: "later" | "never"): Promise<Bar | null> {
    try {
      await belonging.refresh();
    } catch (error) {
      return { ok: false, retry: "later", reason: say(language, "desk.untold", { detail: (error as Error).message }) };
    }
    return place !== null && isOurs(place) ? null : { ok: false, retry: elsewhere, reason: say(language, "desk.elsewhere") };
  }

  /**
   * Asked anew before each message goes out: a place may have been given away since, also in the midst of a card. By what was read of it last,
   * only what is another's is asked for beforehand: a card of one message asks once.
   */
  async function ifOurs(
    place: Place | null,
    elsewhere: "later" | "never",
    work: (mayGoOn: MayGoOn) => Promise<PostResult>,
    others?: MayGoOn,
  ) {
    const found: { bar: Bar | null } = { bar: null };
    if (place === null || !isOurs(place)) found.bar = await barTo(place, elsewhere);
    if (found.bar !== null) return found.bar;
    const result = await work(async () => {
      found.bar = await barTo(place, elsewhere);
      return found.bar === null && (await others?.()) !== false;
    });
    // What nobody can tell whether it was shown stays so.
    return found.bar !== null && !result.ok && result.retry === "later" ? found.bar : result;
  }

  return {
    name: adapter.name,
    limits: adapter.limits,
    pace: adapter.pace,
    inPlace: adapter.inPlace,
    start: () => Promise.reject(new Error("it runs for all desks")),
    post: (to, card, once, under, mayGoOn) =>
      ifOurs(to, "later", (stillMay) => adapter.post(to, card, keyAt(desk, once), under, stillMay), mayGoOn),
    // It is left to stand; if the place comes back, it is changed then.
    update: (posted, card, mayGoOn) =>
      ifOurs(adapter.placeOf(posted), "never", (stillMay) => adapter.update(posted, card, stillMay), mayGoOn),
    find: async (to, once, since) => (isOurs(to) ? adapter.find(to, keyAt(desk, once), since) : "cannot-tell"),
    direct: (person) => (isOurPerson(person) ? adapter.direct(person) : null),
    audience: async (place) => (isOurs(place) ? adapter.audience(place) : { kind: "unknown" }),
    kindOf: async (person) => (isOurPerson(person) ? adapter.kindOf(person) : "stranger"),
    languageOf: async (place) => (isOurs(place) ? ((await adapter.languageOf?.(place)) ?? null) : null),
    workspaceOf: (minted) => adapter.workspaceOf(minted),
    placeOf: (posted) => adapter.placeOf(posted),
    connected: () => adapter.connected(),
    stop: async () => undefined,
  };
}

type Bar = Extract<PostResult, { ok: false }>;

type Entrance = Pick<ChatHost, "onCommand" | "form" | "submit" | "lookUp" | "home" | "welcome">;

interface House {
  readonly desk: Pick<Desk, "log" | "language">;
  readonly door: Door;
  readonly desks: Pick<Desks, "door">;
  readonly belonging: Belonging;
}

/** Leads each who asks to the desk of the place in which they are; where that is not served, they are told. */
export function entranceOf(adapter: ChatAdapter, { desk, door, desks, belonging }: House): Entrance {
  async function deskAt(place: Place): Promise<{ readonly name: string; readonly door: Door } | null> {
    await belonging.refresh();
    if (adapter.workspaceOf(place) === null) return null;
    const name = belonging.ofPlace(place);
    const entered = name === HOUSE_DESK ? door : await desks.door(name);
    return entered && { name, door: entered };
  }
  const at = async (place: Place) => (await deskAt(place))?.door;

  /** An answer may take long, and its place be given away meanwhile: what others would read of it is not shown there then. */
  async function answered<Other extends object>(asking: Asking, work: (door: Door) => Promise<Other | Answer>): Promise<Other | Answer> {
    const { place, overheard, language } = asking;
    const entered = await deskAt(place);
    if (entered === null) return absent(language);
    const answer = await work(entered.door);
    if (!("cards" in answer) || (answer.audience === "asker" && overheard !== true)) return answer;
    return (await isStill(place, entered.name)) ? answer : apart(answer, asking);
  }

  /** Where it cannot be told it is taken for given away: the asker reads the answer all the same. */
  async function isStill(place: Place, name: string): Promise<boolean> {
    try {
      await belonging.refresh();
    } catch {
      return false;
    }
    return belonging.ofPlace(place) === name;
  }

  /** To the asker alone; in words that name nothing where everybody reads whatever is said. */
  function apart(answer: Answer, { overheard, language = desk.language }: Asking): Answer {
    if (overheard === true) return { cards: [plainCard(language, "desk.unshown")], audience: "asker" };
    return { ...answer, cards: [plainCard(language, "desk.apart"), ...answer.cards], audience: "asker" };
  }
  const absent = (spoken: Language = desk.language): Answer => ({
    cards: [plainCard(spoken, "desk.absent")],
    audience: "asker",
    refused: true,
  });
  const homeOf = ({ cards }: Answer) => ({ cards, previous: "", next: "" });

  return {
    onCommand: (command) =>
      inTime(
        desk,
        command,
        withoutFault(desk, command, () => answered(command, (of) => of.onCommand(command)), faultAnswer),
      ),
    form: (request) => withoutFault(desk, request, () => answered(request, (of) => of.form(request)), faultAnswer),
    submit: (submission) =>
      inTime(
        desk,
        submission,
        withoutFault(desk, submission, () => answered(submission, (of) => of.submit(submission)), faultAnswer),
      ),
    lookUp: (request) =>
      withoutFault(
        desk,
        request,
        async () => (await at(request.place))?.lookUp(request) ?? [],
        () => [],
      ),
    home: (asking) =>
      withoutFault(
        desk,
        asking,
        async () => (await at(asking.place))?.home(asking) ?? homeOf(absent(asking.language)),
        (fault, reader) => homeOf(faultAnswer(fault, reader)),
      ),
    welcome: (asking) =>
      withoutFault(
        desk,
        asking,
        async () => (await at(asking.place))?.welcome(asking) ?? absent(asking.language).cards,
        (fault, reader) => faultAnswer(fault, reader).cards,
      ),
  };
}
