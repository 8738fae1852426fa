import { AsyncLocalStorage, createHook } from "node:async_hooks";

/** Timers and sockets that were made during some work, wherever it went on. */
export interface ResourceWatch {
  during<Result>(work: () => Promise<Result>): Promise<Result>;
  /** The kinds of those that are still there and keep the program running. */
  held(): readonly string[];
  end(): void;
}

interface Resource {
  hasRef?(): boolean;
}

/** The process's own list of resources counts those of the test runner too, which come and go; this one counts only what the work made. */
export function watchResources(): ResourceWatch {
  const context = new AsyncLocalStorage<true>();
  const made = new Map<number, { readonly kind: string; readonly resource: Resource }>();
  const hook = createHook({
    init(id, kind, _trigger, resource) {
      if (/^(Timeout|TCP\w*|TLS\w*|PIPE\w*)$/.test(kind) && context.getStore() === true) made.set(id, { kind, resource });
    },
    destroy(id) {
      made.delete(id);
    },
  }).enable();
  return {
    during: (work) => context.run(true, work),
    held: () => [...made.values()].filter(({ resource }) => resource.hasRef?.() === true).map(({ kind }) => kind),
    end: () => hook.disable(),
  };
}
