/** A process that can end at any moment: from then on nothing that it had in hand does anything, as if it were not there. */
export interface Mortal {
  readonly isDead: boolean;
  /** Resolves when it ends. */
  readonly end: Promise<void>;
  kill(): void;
  /** The same thing as long as the process lives; afterwards its asynchronous calls are never answered and do nothing. */
  hold<T extends object>(thing: T): T;
}

export function mortal(): Mortal {
  let isDead = false;
  let ended: () => void;
  const end = new Promise<void>((resolve) => {
    ended = resolve;
  });
  function hold<T extends object>(thing: T): T {
    return new Proxy(thing, {
      get(target, name) {
        const member = Reflect.get(target, name) as unknown;
        if (typeof member === "object" && member !== null) return hold(member);
        if (typeof member !== "function") return member;
        return (...given: readonly unknown[]) => (isDead ? new Promise(() => undefined) : Reflect.apply(member, target, given));
      },
    });
  }
  return {
    get isDead() {
      return isDead;
    },
    end,
    hold,
    kill() {
      isDead = true;
      ended();
    },
  };
}
