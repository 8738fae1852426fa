/** What a pretended platform does with a request instead of taking it. `shown` says whether the message stands all the same. */
export type Fault =
  /** None: this request is taken, and the next fault befalls the next one. */
  | { readonly kind: "none" }
  | {
      readonly kind: "answer";
      readonly status: number;
      readonly retryAfter?: string;
      readonly shown?: boolean;
      /** What the platform calls it: Teams puts the words into the body. */
      readonly code?: string;
      readonly subCode?: string;
      readonly location?: string;
    }
  /** Slack's own way to refuse: 200 with { ok: false, error }. */
  | { readonly kind: "refusal"; readonly error: string }
  /** The connection breaks: before the message was taken, or after it was shown. */
  | { readonly kind: "reset"; readonly shown: boolean }
  /** No answer at all. */
  | { readonly kind: "silence"; readonly shown?: boolean }
  /** Taken as usual, but only then. */
  | { readonly kind: "held"; readonly until: Promise<void> }
  /** Taken as usual, and answered so much later. */
  | { readonly kind: "slow"; readonly milliseconds: number }
  /** A 200 whose body is this, and which then ends, breaks off, or never ends. */
  | { readonly kind: "half"; readonly body: string; readonly then: "end" | "break" | "wait" };

/**
 * How long a call may take, in milliseconds. Only where the platform does not answer at all is it waited for: anywhere else a machine that is busy
 * for a moment would turn an answer into a doubt.
 */
export function patienceFor(fault?: Fault): number {
  return fault?.kind === "silence" || fault?.kind === "slow" ? 1_000 : 10_000;
}

/** Which request a fault befalls: one of a method that begins so, after as many that go well. */
export interface At {
  readonly method?: string;
  readonly after?: number;
  /** Only requests for that workspace, where the platform has several. */
  readonly team?: string;
}

/** The faults that a test has set, each used up by one request, in order. */
export interface FaultScript {
  /** Every request is answered 500, whatever else is set. */
  isDown: boolean;
  /** Resolves when the last of the faults has befallen a request. */
  add(faults: readonly Fault[], at?: At): Promise<void>;
  /** What befalls this request; undefined where it is to be taken. */
  next(method: string, team?: string): Fault | undefined;
}

export function faultScript(): FaultScript {
  const script: {
    readonly fault: Fault;
    readonly method: string;
    readonly team: string | undefined;
    after: number;
    readonly struck: () => void;
  }[] = [];
  return {
    isDown: false,
    async add(faults, { method = "", after = 0, team } = {}) {
      await Promise.all(
        faults.map((fault, index) => {
          const { promise, resolve } = Promise.withResolvers<void>();
          script.push({ fault, method, team, after: index === 0 ? after : 0, struck: resolve });
          return promise;
        }),
      );
    },
    next(method, team) {
      if (this.isDown) return { kind: "answer", status: 500 };
      const first = script.find((one) => one.team === undefined || one.team === team);
      if (first === undefined || !method.startsWith(first.method)) return undefined;
      if (first.after > 0) {
        first.after -= 1;
        return undefined;
      }
      script.splice(script.indexOf(first), 1);
      first.struck();
      return first.fault.kind === "none" ? undefined : first.fault;
    },
  };
}
