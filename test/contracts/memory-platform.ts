import type { Action, Card } from "../../src/ports/card.ts";
import type { DeliveryKey, Place, PostRef } from "../../src/ports/chat.ts";
import { setClock } from "../../src/time/clock.ts";
import { type Instant, instantOf, millisecondsOf } from "../../src/time/instant.ts";
import type { Failure } from "./broken/chat/sound.ts";
import type { Fault } from "./chat-adapter.ts";

export interface MemoryMessage {
  readonly place: Place;
  readonly under?: PostRef;
  readonly once?: DeliveryKey;
  /** How many messages its card has. */
  readonly of?: number;
  readonly text: string;
  readonly actions: readonly Action[];
}

/** A pretended platform in memory: what stands there, its clock, and the faults that a clause has set. */
export abstract class MemoryPlatform {
  readonly messages = new Map<string, MemoryMessage>();
  time = "2024-02-16T08:00:00.000Z" as Instant;
  isBlind = false;
  /** Whether people of another company are in the room. */
  isShared = false;
  isTroubled = false;
  requests = 0;
  readonly clock = setClock(this.time);
  minted = 0;
  /** What befell the last message. */
  befell: Fault | undefined;
  private next: { readonly fault: Fault; after: number; readonly struck: () => void } | undefined;

  abstract render(card: Card): string;
  abstract failure(fault: Fault): Failure;

  /** What the platform does with one message; undefined where it was shown and said so. */
  deliver(id: string, part: Card, to: Partial<MemoryMessage> & { readonly place: Place }): Failure | undefined {
    this.befell = this.faultNow();
    const fault = this.befell;
    if (fault === undefined || fault.endsWith("after-accepting")) this.show(id, part, to);
    return fault === undefined ? undefined : this.failure(fault);
  }

  show(id: string, part: Card, to: Partial<MemoryMessage> & { readonly place: Place }): void {
    const actions = part.blocks.flatMap((block) => (block.kind === "actions" ? block.actions : []));
    this.messages.set(id, { ...to, text: this.render(part), actions });
  }

  textsIn(place: Place): readonly string[] {
    return [...this.messages.values()].filter((message) => message.place === place).map((message) => message.text);
  }

  failNext(fault: Fault, after = 0): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.next = { fault, after, struck: resolve };
    return promise;
  }

  setTime(at: Instant): void {
    this.time = at;
  }

  async blind(): Promise<void> {
    this.isBlind = true;
  }

  pass(seconds: number): void {
    this.clock.set(instantOf(millisecondsOf(this.clock.now()) + seconds * 1000));
  }

  asked(): number {
    return this.requests;
  }

  share(): void {
    this.isShared = true;
  }

  trouble(on: boolean): void {
    this.isTroubled = on;
  }

  /** A question to the platform; null where it has trouble of its own. */
  ask<Told>(told: () => Told): Told | null {
    this.requests += 1;
    return this.isTroubled ? null : told();
  }

  wipe(): void {
    this.messages.clear();
  }

  mint(): string {
    this.minted += 1;
    return String(this.minted);
  }

  private faultNow(): Fault | undefined {
    if (this.next === undefined) return undefined;
    if (this.next.after > 0) {
      this.next.after -= 1;
      return undefined;
    }
    const { fault, struck } = this.next;
    this.next = undefined;
    struck();
    return fault;
  }
}
