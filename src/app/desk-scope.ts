import { plainCard } from "../cards/answers.ts";
import { say } from "../cards/say.ts";
import type { Answer, ChatAdapter, ChatHost, PersonRef, Place } from "../ports/chat.ts";
import type { Language } from "../time/wording.ts";
import type { Desks } from "./desks.ts";
import type { Door } from "./door.ts";

/** The adapter as one desk has it: what belongs to another workspace is not posted to, looked at, or written to, whatever the desk's register says. */
export function scopedTo(desk: string, adapter: ChatAdapter, language: Language): ChatAdapter {
  const isOurs = (minted: Place | PersonRef) => adapter.workspaces?.deskOf(minted) === desk;
  const elsewhere = { ok: false, retry: "never", reason: say(language, "desk.elsewhere") } as const;
  return {
    name: adapter.name,
    limits: adapter.limits,
    pace: adapter.pace,
    inPlace: adapter.inPlace,
    start: () => Promise.reject(new Error("it runs for all desks")),
    post: async (to, card, once, under) => (isOurs(to) ? adapter.post(to, card, once, under) : elsewhere),
    update: (posted, card) => adapter.update(posted, card),
    find: async (to, once, since) => (isOurs(to) ? adapter.find(to, once, since) : "cannot-tell"),
    direct: (person) => (isOurs(person) ? adapter.direct(person) : null),
    audience: async (place) => (isOurs(place) ? adapter.audience(place) : { kind: "unknown" }),
    kindOf: async (person) => (isOurs(person) ? adapter.kindOf(person) : "stranger"),
    connected: () => adapter.connected(),
    stop: async () => undefined,
  };
}

type Entrance = Pick<ChatHost, "onCommand" | "form" | "submit" | "lookUp" | "home" | "welcome">;

/** Leads each who asks to the desk of the place in which they are; where none is installed, they are told. `house` is the door of everybody else. */
export function entranceOf(adapter: ChatAdapter, house: Door, desks: Pick<Desks, "door">, language: Language): Entrance {
  const { workspaces } = adapter;
  if (workspaces === undefined) return house;

  async function at(place: Place): Promise<Door | null> {
    const desk = workspaces!.deskOf(place);
    return desk === null ? null : desks.door(desk);
  }
  const absent = (spoken: Language = language): Answer => ({ cards: [plainCard(spoken, "desk.absent")], audience: "asker" });

  return {
    onCommand: async (command) => (await at(command.place))?.onCommand(command) ?? absent(command.language),
    form: async (request) => (await at(request.place))?.form(request) ?? absent(request.language),
    submit: async (submission) => (await at(submission.place))?.submit(submission) ?? absent(submission.language),
    lookUp: async (request) => (await at(request.place))?.lookUp(request) ?? [],
    home: async (asking) => (await at(asking.place))?.home(asking) ?? { cards: absent(asking.language).cards, previous: "", next: "" },
    welcome: async (asking) => (await at(asking.place))?.welcome(asking) ?? absent(asking.language).cards,
  };
}
