import type { AdapterState, IncomingCommand, PersonRef } from "../../../src/ports/chat.ts";
import type { Account, Heard } from "./activity.ts";
import { personOf } from "./address.ts";
import type { Connector, Target } from "./connector.ts";
import { directoryIdOf, isOfAnother, type Member } from "./member.ts";

export interface Roster {
  /** Keeps by which id of the directory a person goes: whoever writes tells both, a mention only one. */
  learn(person: Account): Promise<void>;
  /** What was typed, with references in place of people, and who they are. */
  read(heard: Heard, words: readonly (string | Account)[]): Promise<Pick<IncomingCommand, "text" | "mentions">>;
  /** The name of whoever did it: activities without words often leave it out. Null where Teams does not tell. */
  nameOf(heard: Heard): Promise<string | null>;
  /** The people of a conversation, at most so many; none where Teams does not tell. */
  people(heard: Heard, most: number): Promise<readonly Person[]>;
}

export interface Person {
  readonly person: PersonRef;
  readonly name: string;
  /** By which they are told apart from others of that name; absent where Teams tells none. */
  readonly mail?: string;
}

/** Ids do not change; a person who is not met for a year is looked up again. */
const KEPT_MILLISECONDS = 365 * 86_400_000;

/** Who is who: the id of the directory is the same in every conversation, and what is assigned to a person is found by it. */
export function rosterOf(state: AdapterState, connector: Connector): Roster {
  const keyOf = (id: string) => `account/${id}`;
  const known = new Map<string, string>();

  async function learn({ id, aadObjectId }: Account): Promise<void> {
    if (aadObjectId === undefined || id === "" || known.get(id) === aadObjectId) return;
    known.set(id, aadObjectId);
    if ((await state.get(keyOf(id))) !== aadObjectId) await state.set(keyOf(id), aadObjectId, KEPT_MILLISECONDS);
  }

  async function look(id: string, { conversation }: Heard): Promise<Member | null> {
    return (await connector.read(conversation, `members/${encodeURIComponent(id)}`)) as Member | null;
  }

  async function personFor(account: Account, heard: Heard): Promise<Person> {
    const kept = account.aadObjectId ?? known.get(account.id) ?? (await state.get(keyOf(account.id)));
    if (typeof kept === "string") return { person: personOf({ id: account.id, aadObjectId: kept }), name: account.name };
    const aadObjectId = directoryId(await look(account.id, heard), heard.conversation.tenant);
    if (aadObjectId !== undefined) await learn({ ...account, aadObjectId });
    return { person: personOf({ id: account.id, aadObjectId }), name: account.name };
  }

  return {
    learn,
    async read(heard, words) {
      const people: Person[] = [];
      let text = "";
      for (const word of words) {
        if (typeof word === "string") {
          text += word;
          continue;
        }
        const person = await personFor(word, heard);
        if (!people.some((one) => one.person === person.person)) people.push(person);
        text += person.person;
      }
      return { text: text.trim(), ...(people.length === 0 ? {} : { mentions: people }) };
    },
    async nameOf(heard) {
      const { id, name } = heard.person;
      if (name !== id) return name;
      const member = id === "" || id === heard.conversation.bot ? null : await look(id, heard);
      return typeof member?.name === "string" && member.name !== "" ? member.name : null;
    },
    async people({ conversation }, most) {
      const page = (await connector.read(conversation satisfies Target, `pagedmembers?pageSize=${most}`)) as { members?: unknown } | null;
      const members: readonly Member[] = Array.isArray(page?.members) ? page.members : [];
      return members.slice(0, most).flatMap((member) => {
        const aadObjectId = directoryId(member, conversation.tenant);
        if (aadObjectId === undefined || typeof member.name !== "string" || member.name === "") return [];
        return [{ person: personOf({ id: aadObjectId, aadObjectId }), name: member.name, ...mailOf(member) }];
      });
    },
  };
}

/** The address by which they are written to, else the one by which they sign in. */
function mailOf({ email, userPrincipalName }: Member): Pick<Person, "mail"> {
  const mail = [email, userPrincipalName].find((one) => typeof one === "string" && one.trim() !== "");
  return typeof mail === "string" ? { mail: mail.trim() } : {};
}

/** Of a person of our own directory only: the bot has no conversation with those of another one. */
function directoryId(member: Member | null, tenant: string): string | undefined {
  return member === null || isOfAnother(member, tenant) ? undefined : directoryIdOf(member);
}
