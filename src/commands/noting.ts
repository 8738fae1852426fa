import type { Register } from "../alerts/register.ts";
import { turnOf } from "./begun-elsewhere.ts";
import type { Context } from "./command.ts";
import { lettingIn, type Restricted } from "./letting-in.ts";

/**
 * The same context, which notes whether the command has written: a bug in the answer does not unsay what is recorded. What is written beside the
 * ledger waits for the request's turn, which is given back where nothing was.
 */
export function notingContext(
  context: Context,
  verb: string,
): { readonly context: Context; recorded(): boolean; restricted(): readonly Restricted[]; giveBack(): Promise<void> } {
  const { store } = context;
  let written = false;
  const noted = <Result>(result: Result): Result => {
    written = true;
    return result;
  };
  const turn = turnOf(context);
  const apart = async <Result>(write: () => Promise<Result>): Promise<Result> => {
    await turn.take();
    return noted(await write());
  };
  // Noted as soon as it is recorded: that somebody was let in by it is traced after.
  const plain: Register = {
    ...context.register,
    async record(...asked) {
      const result = await context.register.record(...asked);
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
          settle: (...settled) => apart(() => store.subscriptions.settle(...settled)),
          add: (place, watch) => apart(() => store.subscriptions.add(place, watch)),
          refilter: (...refiltered) => apart(() => store.subscriptions.refilter(...refiltered)),
          remove: (place, id) => apart(() => store.subscriptions.remove(place, id)),
          forget: (place) => apart(() => store.subscriptions.forget(place)),
        },
        attention: {
          ...store.attention,
          acknowledge: (given) => apart(() => store.attention.acknowledge(given)),
          snooze: (snooze) => apart(() => store.attention.snooze(snooze)),
        },
        access: {
          ...store.access,
          grant: (grant) => apart(() => store.access.grant(grant)),
          admit: (admissions) => apart(() => store.access.admit(admissions)),
          confirm: (confirmation) => apart(() => store.access.confirm(confirmation)),
          setPolicy: (change, by, at) => apart(() => store.access.setPolicy(change, by, at)),
        },
        proposals: {
          ...store.proposals,
          propose: (proposal) => apart(() => store.proposals.propose(proposal)),
          settle: (...settled) => apart(() => store.proposals.settle(...settled)),
        },
        privacy: {
          ...store.privacy,
          erase: (...erased) => apart(() => store.privacy.erase(...erased)),
          hold: (hold) => apart(() => store.privacy.hold(hold)),
        },
        reviews: { ...store.reviews, add: (review) => apart(() => store.reviews.add(review)) },
        deliveries: { ...store.deliveries, revive: (place, at) => apart(() => store.deliveries.revive(place, at)) },
        state(adapter) {
          const state = store.state(adapter);
          return {
            get: (key) => state.get(key),
            set: (key, value, milliseconds) => apart(() => state.set(key, value, milliseconds)),
            add: (key, milliseconds) => apart(() => state.add(key, milliseconds)),
            delete: (key) => apart(() => state.delete(key)),
          };
        },
      },
    },
    recorded: () => written,
    restricted,
    giveBack: () => turn.giveBack(),
  };
}
