import type { Context } from "./command.ts";

/** The same context, which notes whether the command has written: a bug in the answer does not unsay what is recorded. */
export function notingContext(context: Context): { readonly context: Context; recorded(): boolean } {
  const { register, store } = context;
  let written = false;
  const noted = <Result>(result: Result): Result => {
    written = true;
    return result;
  };
  return {
    context: {
      ...context,
      register: {
        ...register,
        async record(decide, stamp) {
          const result = await register.record(decide, stamp);
          return "refused" in result ? result : noted(result);
        },
      },
      store: {
        ...store,
        subscriptions: {
          ...store.subscriptions,
          settle: async (settings) => noted(await store.subscriptions.settle(settings)),
          add: async (place, watch) => noted(await store.subscriptions.add(place, watch)),
          remove: async (place, id) => noted(await store.subscriptions.remove(place, id)),
          forget: async (place) => noted(await store.subscriptions.forget(place)),
        },
        attention: {
          ...store.attention,
          acknowledge: async (given) => noted(await store.attention.acknowledge(given)),
          snooze: async (snooze) => noted(await store.attention.snooze(snooze)),
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
  };
}
