import { setTimeout as sleep } from "node:timers/promises";

/** What local-slack tells of a message, as far as it is looked at. */
export interface Message {
  readonly ts: string;
  readonly channel: string;
  readonly text: string;
  readonly subtype?: string;
  readonly thread_ts?: string;
  readonly blocks?: readonly Block[];
}

export interface Block {
  readonly type: string;
  readonly block_id?: string;
  readonly optional?: boolean;
  readonly elements?: readonly Element[];
  readonly element?: Element;
}

export interface Element {
  readonly type: string;
  readonly action_id: string;
  readonly value?: string;
  readonly text?: { readonly text: string };
}

export interface View {
  readonly type: string;
  readonly callback_id?: string;
  readonly title?: { readonly text: string };
  readonly blocks: readonly Block[];
}

/** Everything that a person would see, at one moment. */
export interface Seen {
  readonly apps: readonly { readonly connected: boolean }[];
  readonly messages: Readonly<Record<string, readonly Message[]>>;
  readonly modalStack: readonly View[];
  /** By person, then by app. */
  readonly homeViews: Readonly<Record<string, Readonly<Record<string, View>>>>;
}

/** What is entered into a form's fields, by their names. */
export type Entries = Readonly<Record<string, string>>;

const PATIENCE = 15_000;

/** A person in local-slack, by its control API, and by its page's own socket for what that API lacks: looking, and sending a form. */
export class LocalWorkspace {
  readonly #base: string;
  readonly user: string;
  readonly channel: string;

  constructor(base: string, who: { readonly user: string; readonly channel: string }) {
    this.#base = base;
    this.user = who.user;
    this.channel = who.channel;
  }

  async type(line: string): Promise<void> {
    const [command = "", ...words] = line.split(" ");
    await this.#control("command", { channel: this.channel, user: this.user, command, text: words.join(" ") });
  }

  async openHome(): Promise<void> {
    await this.#control("open-home", { user: this.user });
  }

  async press(message: Message, button: Element): Promise<void> {
    await this.#control("interact", { channel: message.channel, messageTs: message.ts, user: this.user, action: button });
  }

  /** Fills in the topmost form and sends it. */
  async submit(entries: Entries): Promise<void> {
    const view = (await this.look()).modalStack.at(-1);
    if (view === undefined) throw new Error("no form is open");
    const values: Record<string, Record<string, object>> = {};
    for (const { block_id: name = "", element } of view.blocks) {
      const entered = entries[name];
      if (element !== undefined && entered !== undefined) values[name] = { [element.action_id]: filled(element, entered) };
    }
    await this.#talk((socket) => socket.send(JSON.stringify({ t: "view_submit", user: this.user, values })));
  }

  async closeForms(): Promise<void> {
    await this.#talk((socket) => socket.send(JSON.stringify({ t: "view_close", user: this.user })));
    await this.until("no form", ({ modalStack }) => modalStack.length === 0);
  }

  async look(): Promise<Seen> {
    return this.#talk(() => undefined);
  }

  /** Looks until there is something to see; throws with what was waited for when it does not come. */
  async until<Found>(what: string, find: (seen: Seen) => Found | undefined | false): Promise<Found> {
    for (let waited = 0; waited < PATIENCE; waited += 200) {
      const found = find(await this.look());
      if (found !== undefined && found !== false) return found;
      await sleep(200);
    }
    throw new Error(`waited ${PATIENCE / 1000} seconds in vain for ${what}`);
  }

  async #control(what: string, body: object): Promise<void> {
    const answer = await fetch(`${this.#base}/_control/${what}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`local-slack answers ${answer.status} to ${what}: ${await answer.text()}`);
  }

  /** Each connection is told first how everything stands. */
  #talk(say: (socket: WebSocket) => void): Promise<Seen> {
    return new Promise((resolve, reject) => {
      const socket = new WebSocket(`${this.#base.replace(/^http/, "ws")}/ui`);
      socket.onerror = () => reject(new Error("local-slack does not answer"));
      socket.onmessage = ({ data }) => {
        const { t, state } = JSON.parse(String(data)) as { readonly t: string; readonly state: Seen };
        if (t !== "init") return;
        say(socket);
        socket.close();
        resolve(state);
      };
    });
  }
}

/** What Slack sends of a field that was filled in. */
function filled({ type }: Element, entered: string): object {
  const option = { text: { type: "plain_text", text: entered }, value: entered };
  switch (type) {
    case "datepicker":
      return { type, selected_date: entered };
    case "timepicker":
      return { type, selected_time: entered };
    case "static_select":
    case "external_select":
      return { type, selected_option: option };
    case "multi_static_select":
    case "multi_external_select":
    case "checkboxes":
      return { type, selected_options: [option] };
    case "users_select":
      return { type, selected_user: entered };
    case "conversations_select":
      return { type, selected_conversation: entered };
    default:
      return { type, value: entered };
  }
}

/** Every message that somebody could read. */
export function said({ messages }: Seen): readonly Message[] {
  return Object.values(messages).flat();
}

/** The first button that carries such a command. */
export function button(blocks: readonly Block[], command: RegExp): Element {
  const found = blocks.flatMap(({ elements }) => elements ?? []).find(({ type, value }) => type === "button" && command.test(value ?? ""));
  if (found === undefined) throw new Error(`no button for ${command}`);
  return found;
}

export function firstWords({ blocks }: View): string {
  return JSON.stringify(blocks[0]).match(/"text":"([^"]+)"/)?.[1] ?? blocks[0]!.type;
}
