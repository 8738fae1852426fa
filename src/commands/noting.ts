import type { Register } from "../alerts/register.ts";
import type { Context } from "./command.ts";
import { lettingIn, type Restricted } from "./letting-in.ts";

/** The same context, which notes whether the command has written: a bug in the answer does not unsay what is recorded. */
export function notingContext(
  context: Context,
  verb: string,
): { readonly context: Context; recorded(): boolean; restricted(): readonly Restricted[] } {
  const { store } = context;
  let written = false;
  const noted = <Result>(result: Result): Result => {
    written = true;
    return result;
  };
  // Noted as soon as it is recorded: who is let in on it comes after.
  const plain: Register = {
    ...context.register,
    async record(decide, stamp) {
      const result = await context.register.record(decide, stamp);
      return "refused" in result ? result : noted(result);
    },
  };
  const { register, restricted } = lettingIn({ ...context, register: plain }, verb);
  return {
    context: {
      ...context,
      register,
      store: {
        ...store,
        subscriptions: {
          ...store.subscriptions,
          settle: async (...settled) => noted(await store.subscriptions.settle(...settled)),
          add: async (place, watch) => noted(await store.subscriptions.add(place, watch)),
          refilter: async (...refiltered) => noted(await store.subscriptions.refilter(...refiltered)),
          remove: async (place, id) => noted(await store.subscriptions.remove(place, id)),
          forget: async (place) => noted(await store.subscriptions.forget(place)),
        },
        attention: {
          ...store.attention,
          acknowledge: async (given) => noted(await store.attention.acknowledge(given)),
          snooze: async (snooze) => noted(await store.attention.snooze(snooze)),
        },
        access: {
          ...store.access,
          grant: async (grant) => noted(await store.access.grant(grant)),
          admit: async (admissions) => noted(await store.access.admit(admissions)),
          confirm: async (confirmation) => noted(await store.access.confirm(confirmation)),
          setPolicy: async (change, by, at) => noted(await store.access.setPolicy(change, by, at)),
        },
        proposals: {
          ...store.proposals,
          propose: async (proposal) => noted(await store.proposals.propose(proposal)),
          settle: async (...settled) => noted(await store.proposals.settle(...settled)),
        },
        privacy: {
          ...store.privacy,
          erase: async (...erased) => noted(await store.privacy.erase(...erased)),
          hold: async (hold) => noted(await store.privacy.hold(hold)),
        },
        deliveries: { ...store.deliveries, revive: async (place, at) => noted(await store.deliveries.revive(place, at)) },
        state(adapter) {
          const state = store.state(adapter);
          return {
            get: (key) => state.get(key),
            set: async (key, value, milliseconds) => noted(await state.set(key, value, milliseconds)),
            delete: async (key) => noted(await state.delete(key)),
          };
        },
      },
    },
    recorded: () => written,
    restricted,
  };
}
