import { plainText } from "../../../../adapters/chat/shared/plain.ts";
import { split } from "../../../../adapters/chat/shared/split.ts";
import type { Action, Card } from "../../../../src/ports/card.ts";
import type { Answer, ChatAdapter, IncomingCommand, PersonRef, Place, PostRef, PostResult } from "../../../../src/ports/chat.ts";
import { type ChatHarness, type Fault, THROTTLE_SECONDS } from "../../chat-adapter.ts";
import { PLAIN_LIMITS } from "../../chat-cards.ts";

export type Failure = Exclude<PostResult, { ok: true }>;

const PLACE = "memory:room" as Place;
const LIMITS = { ...PLAIN_LIMITS, blocks: 5 };

/** A pretended platform in memory and a sound adapter to it. The broken ones change one of its methods each. */
export class MemoryChat implements ChatHarness {
  readonly heard: IncomingCommand[] = [];
  readonly place = PLACE;
  readonly messages = new Map<string, { text: string; actions: readonly Action[] }>();
  fault: Fault | undefined;
  minted = 0;
  answer: (command: IncomingCommand) => Answer = () => ({ cards: [{ title: "ok", tone: "calm", blocks: [] }], audience: "asker" });
  readonly adapter: ChatAdapter = {
    name: "memory",
    limits: LIMITS,
    start: async () => {},
    post: (to, card) => this.post(to, card),
    update: (posted, card) => this.update(posted, card),
    stop: () => this.stop(),
  };

  /** The card in messages of the platform. */
  parts(card: Card): readonly Card[] {
    return split(card, LIMITS);
  }

  render(card: Card): string {
    return plainText(card);
  }

  async post(to: Place, card: Card): Promise<PostResult> {
    if (to !== PLACE) return { ok: false, retry: "never", reason: `not a place of memory: ${to}` };
    const ids: string[] = [];
    for (const part of this.parts(card)) {
      const id = this.mint();
      const failure = this.deliver(id, part);
      if (failure !== undefined) return failure;
      ids.push(id);
    }
    return { ok: true, posted: `memory:${ids.join(",")}` as PostRef };
  }

  async update(posted: PostRef, card: Card): Promise<PostResult> {
    if (!posted.startsWith("memory:")) return { ok: false, retry: "never", reason: `not a reference of memory: ${posted}` };
    const old = posted.slice("memory:".length).split(",");
    const ids: string[] = [];
    for (const part of this.parts(card)) {
      const id = old.shift() ?? this.mint();
      const failure = this.deliver(id, part);
      if (failure !== undefined) return failure;
      ids.push(id);
    }
    for (const id of old) this.messages.delete(id);
    return { ok: true, posted: `memory:${ids.join(",")}` as PostRef };
  }

  /** What the platform does with one message; undefined where it was shown and said so. */
  deliver(id: string, part: Card): Failure | undefined {
    const fault = this.fault;
    this.fault = undefined;
    if (fault === undefined || fault.endsWith("after-accepting")) this.show(id, part);
    return fault === undefined ? undefined : this.failure(fault);
  }

  show(id: string, part: Card): void {
    this.messages.set(id, {
      text: this.render(part),
      actions: part.blocks.flatMap((block) => (block.kind === "actions" ? block.actions : [])),
    });
  }

  failure(fault: Fault): Failure {
    if (fault === "throttled") return { ok: false, retry: "later", reason: "the platform asks to wait", afterSeconds: THROTTLE_SECONDS };
    if (fault === "gone" || fault === "forbidden") return { ok: false, retry: "never", reason: `the place is ${fault}` };
    return { ok: false, retry: "unknown", reason: `the platform was ${fault}` };
  }

  async stop(): Promise<void> {}

  async type(text: string, options: { readonly id?: string } = {}): Promise<readonly string[]> {
    return this.run(this.commandOf(text, options.id ?? this.mint()));
  }

  commandOf(text: string, id: string): IncomingCommand {
    return { id, text, place: PLACE, person: "memory:ana" as PersonRef, personName: "ana" };
  }

  run(command: IncomingCommand): readonly string[] {
    this.heard.push(command);
    const answer = this.answer(command);
    const parts = answer.cards.flatMap((card) => this.parts(card));
    if (answer.audience === "place") for (const part of parts) this.show(this.mint(), part);
    return parts.map((part) => this.render(part));
  }

  async press(label: string): Promise<readonly string[]> {
    const actions = [...this.messages.values()].reverse().flatMap((message) => message.actions);
    return this.type(this.commandOfButton(actions.find((action) => action.label === label)!));
  }

  commandOfButton(action: Action): string {
    return action.command;
  }

  answerWith(answer: (command: IncomingCommand) => Answer): void {
    this.answer = answer;
  }

  async shown(): Promise<readonly string[]> {
    return [...this.messages.values()].map((message) => message.text);
  }

  failNext(fault: Fault): void {
    this.fault = fault;
  }

  async close(): Promise<void> {
    await this.adapter.stop();
  }

  mint(): string {
    this.minted += 1;
    return String(this.minted);
  }
}
