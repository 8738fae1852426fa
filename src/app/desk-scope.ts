import { plainCard } from "../cards/answers.ts";
import { say } from "../cards/say.ts";
import type { Answer, ChatAdapter, ChatHost, PersonRef, Place, PostResult } from "../ports/chat.ts";
import type { Language } from "../time/wording.ts";
import type { Desk } from "./answer.ts";
import type { Belonging } from "./belonging.ts";
import { HOUSE_DESK } from "./desk-names.ts";
import type { Desks } from "./desks.ts";
import type { Door } from "./door.ts";
import { faultAnswer, withoutFault } from "./without-fault.ts";

/**
 * The adapter as one desk has it: what belongs to another desk is not posted to, changed, looked at, or written to, whatever the desk's register
 * says. What is due in a place that is another's now waits: the place may come back.
 */
export function scopedTo(desk: string, adapter: ChatAdapter, belonging: Belonging, language: Language): ChatAdapter {
  const isOurs = (place: Place) => belonging.ofPlace(place) === desk;
  const isOurPerson = (person: PersonRef) => belonging.ofPerson(person) === desk;

  /** Asked anew before anything goes out: a place may have been given away since. */
  async function ifOurs(place: Place | null, work: () => Promise<PostResult>, elsewhere: "later" | "never"): Promise<PostResult> {
    try {
      await belonging.refresh();
    } catch (error) {
      return { ok: false, retry: "later", reason: say(language, "desk.untold", { detail: (error as Error).message }) };
    }
    if (place !== null && isOurs(place)) return work();
    return { ok: false, retry: elsewhere, reason: say(language, "desk.elsewhere") };
  }

  return {
    name: adapter.name,
    limits: adapter.limits,
    pace: adapter.pace,
    inPlace: adapter.inPlace,
    start: () => Promise.reject(new Error("it runs for all desks")),
    post: (to, card, once, under, mayGoOn) => ifOurs(to, () => adapter.post(to, card, once, under, mayGoOn), "later"),
    // It is left to stand, and forgotten: if the place comes back, the matter's next card there is a new one.
    update: (posted, card) => ifOurs(adapter.placeOf(posted), () => adapter.update(posted, card), "never"),
    find: async (to, once, since) => (isOurs(to) ? adapter.find(to, once, since) : "cannot-tell"),
    direct: (person) => (isOurPerson(person) ? adapter.direct(person) : null),
    audience: async (place) => (isOurs(place) ? adapter.audience(place) : { kind: "unknown" }),
    kindOf: async (person) => (isOurPerson(person) ? adapter.kindOf(person) : "stranger"),
    workspaceOf: (minted) => adapter.workspaceOf(minted),
    placeOf: (posted) => adapter.placeOf(posted),
    connected: () => adapter.connected(),
    stop: async () => undefined,
  };
}

type Entrance = Pick<ChatHost, "onCommand" | "form" | "submit" | "lookUp" | "home" | "welcome">;

interface House {
  readonly desk: Pick<Desk, "log" | "language">;
  readonly door: Door;
  readonly desks: Pick<Desks, "door">;
  readonly belonging: Belonging;
}

/** Leads each who asks to the desk of the place in which they are; where that is not served, they are told. */
export function entranceOf(adapter: ChatAdapter, { desk, door, desks, belonging }: House): Entrance {
  async function at(place: Place): Promise<Door | null> {
    await belonging.refresh();
    if (adapter.workspaceOf(place) === null) return null;
    const name = belonging.ofPlace(place);
    return name === HOUSE_DESK ? door : desks.door(name);
  }
  const absent = (spoken: Language = desk.language): Answer => ({ cards: [plainCard(spoken, "desk.absent")], audience: "asker" });
  const homeOf = ({ cards }: Answer) => ({ cards, previous: "", next: "" });

  return {
    onCommand: (command) =>
      withoutFault(desk, command, async () => (await at(command.place))?.onCommand(command) ?? absent(command.language), faultAnswer),
    form: (request) =>
      withoutFault(desk, request, async () => (await at(request.place))?.form(request) ?? absent(request.language), faultAnswer),
    submit: (submission) =>
      withoutFault(
        desk,
        submission,
        async () => (await at(submission.place))?.submit(submission) ?? absent(submission.language),
        faultAnswer,
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
