import { plainText } from "../../../../adapters/chat/shared/plain.ts";
import { split } from "../../../../adapters/chat/shared/split.ts";
import { toldLately } from "../../../../adapters/chat/shared/told-lately.ts";
import type { Action, Card } from "../../../../src/ports/card.ts";
import type {
  Answer,
  Audience,
  ChatAdapter,
  DeliveryKey,
  Found,
  IncomingCommand,
  MayGoOn,
  PersonKind,
  PersonRef,
  Place,
  PostRef,
  PostResult,
} from "../../../../src/ports/chat.ts";
import type { Instant } from "../../../../src/time/instant.ts";
import { type ChatHarness, type Fault, THROTTLE_SECONDS } from "../../chat-adapter.ts";
import { PLAIN_LIMITS } from "../../chat-cards.ts";
import { MemoryPlatform } from "../../memory-platform.ts";

/** Where a message goes, and whose it is. */
export type To = Parameters<MemoryPlatform["show"]>[2];
export type Failure = Exclude<PostResult, { ok: true }>;

const ROOM = "memory:room" as Place;
const OWN = "memory:own/ana" as Place;
const ELSEWHERE = "memory:elsewhere" as Place;
const ANA = "memory:ana" as PersonRef;
const LIMITS = { ...PLAIN_LIMITS, blocks: 5 };

/** A sound adapter to a pretended platform in memory. The broken ones change one of its methods each. */
export class MemoryChat extends MemoryPlatform implements ChatHarness {
  readonly heard: IncomingCommand[] = [];
  readonly place = ROOM;
  readonly absent = ELSEWHERE;
  readonly times: Instant[] = [];
  running = true;
  /** What survives the program: which messages of a card stand. */
  kept = new Map<DeliveryKey, readonly string[]>();
  audiences = toldLately<Audience>(() => this.clock, { kind: "unknown" });
  kinds = toldLately<PersonKind>(() => this.clock, "unknown");
  answer: (command: IncomingCommand) => Answer = () => ({ cards: [{ title: "ok", tone: "calm", blocks: [] }], audience: "asker" });
  readonly adapter: ChatAdapter = {
    name: "memory",
    limits: LIMITS,
    pace: this.pace(),
    inPlace: this.inPlace(),
    start: async () => {},
    post: (to, card, once, under, mayGoOn) => this.post(to, card, once, under, mayGoOn),
    update: (posted, card, mayGoOn) => this.update(posted, card, mayGoOn),
    find: async (to, once) => this.find(to, once),
    direct: (person) => this.direct(person),
    audience: (place) => this.audience(place),
    kindOf: (person) => this.kindOf(person),
    workspaceOf: (minted) => this.workspaceOf(minted),
    placeOf: (posted) => this.placeOf(posted),
    workspaces: { deskOf: (minted) => this.deskOf(minted), installed: async () => ["memory"], sealed: async () => [] },
    connected: () => this.connected(),
    stop: () => this.stop(),
  };

  pace(): number {
    return 0;
  }

  inPlace(): boolean {
    return true;
  }

  /** The card in messages of the platform. */
  parts(card: Card): readonly Card[] {
    return split(card, LIMITS);
  }

  render(card: Card): string {
    return plainText(card);
  }

  async post(to: Place, card: Card, once?: DeliveryKey, under?: PostRef, mayGoOn?: MayGoOn): Promise<PostResult> {
    if (to !== ROOM && to !== OWN) return { ok: false, retry: "never", reason: `not a place of memory: ${to}` };
    const { kept } = this;
    const ids = [...((once && kept.get(once)) ?? [])];
    for (const [index, part] of this.parts(card).entries()) {
      if (index < ids.length) continue;
      if (mayGoOn !== undefined && !(await mayGoOn())) return { ok: false, retry: "later", reason: "another process has taken it over" };
      const id = this.mint();
      const failure = await this.send(id, part, { place: to, ...(under === undefined ? {} : { under }), ...this.named(once, card) });
      if (failure !== undefined) return failure;
      ids.push(id);
      if (once !== undefined) this.note(kept, once, ids);
    }
    return { ok: true, posted: this.mintRef(ids) };
  }

  named(once: DeliveryKey | undefined, card: Card): object {
    return once === undefined ? {} : { once, of: this.parts(card).length };
  }

  note(kept: Map<DeliveryKey, readonly string[]>, once: DeliveryKey, ids: readonly string[]): void {
    kept.set(once, [...ids]);
  }

  async update(posted: PostRef, card: Card, mayGoOn?: MayGoOn): Promise<PostResult> {
    if (!posted.startsWith("memory:")) return { ok: false, retry: "never", reason: `not a reference of memory: ${posted}` };
    const old = posted.slice("memory:".length).split(",");
    const standing = this.messages.get(old[0]!);
    if (standing === undefined) return this.goneFailure();
    const ids: string[] = [];
    for (const part of this.parts(card)) {
      if ((await mayGoOn?.()) === false) return { ok: false, retry: "later", reason: "another process has taken it over" };
      const id = old.shift() ?? this.mint();
      const failure = await this.send(id, part, { ...standing });
      if (failure !== undefined) return failure;
      ids.push(id);
    }
    for (const id of old) this.messages.delete(id);
    return { ok: true, posted: this.mintRef(ids) };
  }

  goneFailure(): Failure {
    return { ok: false, retry: "never", reason: "the message is not there any more", gone: true };
  }

  mintRef(ids: readonly string[]): PostRef {
    return `memory:${ids.join(",")}` as PostRef;
  }

  async send(id: string, part: Card, to: To): Promise<Failure | undefined> {
    const failure = this.deliver(id, part, to);
    if (this.answers()) this.times.push(this.time);
    // A silent platform keeps whoever asks it waiting for a while.
    if (failure !== undefined && this.befell === "silent") await new Promise((waited) => setImmediate(waited));
    return failure;
  }

  answers(): boolean {
    return this.befell !== "silent" && this.befell !== "reset-after-accepting";
  }

  find(to: Place, once: DeliveryKey): Found {
    if (to !== ROOM || this.isBlind) return "cannot-tell";
    const found = [...this.messages].filter(([, message]) => message.once === once);
    const ids = found.map(([id]) => id);
    if (found.length === 0) return null;
    if (found.length === found[0]![1].of) return this.mintRef(ids);
    this.note(this.kept, once, ids);
    return "partly";
  }

  direct(person: PersonRef): Place | null {
    return person === ANA ? OWN : null;
  }

  async audience(place: Place): Promise<Audience> {
    if (place === OWN) return { kind: "person", person: ANA };
    if (place === ELSEWHERE) return { kind: "unknown", because: "absent" };
    return place === ROOM && this.running ? this.audiences.of(place, async () => this.ask(() => this.readers())) : { kind: "unknown" };
  }

  readers(): Audience {
    return this.isShared ? { kind: "shared", because: "external" } : { kind: "internal" };
  }

  async kindOf(person: PersonRef): Promise<PersonKind> {
    return person === ANA ? this.kinds.of(person, async () => this.ask(() => "member")) : "unknown";
  }

  deskOf(minted: string): string | null {
    return minted.startsWith("memory:") ? "memory" : null;
  }

  workspaceOf(minted: Place | PersonRef): string | null {
    return minted.startsWith("memory:") ? "memory:all" : null;
  }

  placeOf(posted: PostRef): Place | null {
    return this.messages.get(posted.slice("memory:".length).split(",")[0]!)?.place ?? null;
  }

  connected(): boolean {
    return this.running;
  }

  failure(fault: Fault): Failure {
    if (fault === "throttled") return { ok: false, retry: "later", reason: "the platform asks to wait", afterSeconds: THROTTLE_SECONDS };
    if (fault === "gone" || fault === "forbidden") return { ok: false, retry: "never", reason: `the place is ${fault}` };
    return { ok: false, retry: "unknown", reason: `the platform was ${fault}` };
  }

  async stop(): Promise<void> {
    this.running = false;
  }

  async restart(): Promise<void> {
    this.kept = new Map(this.kept);
  }

  async type(text: string, options: { readonly id?: string } = {}): Promise<readonly string[]> {
    return this.run(this.commandOf(text, options.id ?? this.mint()));
  }

  commandOf(text: string, id: string): IncomingCommand {
    return { id, text, place: ROOM, person: ANA, personName: "ana" };
  }

  run(command: IncomingCommand): readonly string[] {
    this.heard.push(command);
    const answer = this.answer(command);
    const parts = answer.cards.flatMap((card) => this.parts(card));
    if (answer.audience === "place") for (const part of parts) this.show(this.mint(), part, { place: ROOM });
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
    return this.textsIn(ROOM);
  }

  async glanced(): Promise<readonly string[]> {
    return this.textsIn(ROOM);
  }

  async shownToPerson(): Promise<readonly string[]> {
    return this.textsIn(OWN);
  }

  async close(): Promise<void> {
    await this.adapter.stop();
  }
}
