import { parseFilters } from "../../alerts/filter.ts";
import { plainCard } from "../../cards/answers.ts";
import { feedCard, feedsCard } from "../../cards/feed-card.ts";
import { refuse } from "../../law/finding.ts";
import { type Command, type Context, misunderstood, type Outcome } from "../command.ts";
import { createFeed, FEED_PATH, FEED_STATE, feedsOf, MOST_FEEDS, revokeFeed } from "../feeds.ts";
import { filtersMeant, filtersShown } from "../person-or-place.ts";

/**
 * Makes, lists and revokes secret addresses of a calendar of deadlines. Whoever can read may have one: it shows what they can read already. The
 * address is told once, and to its maker alone.
 */
export const feed: Command = {
  verb: "feed",
  summary: "help.feed",
  group: "ask",
  access: "reads",
  who: "reader",
  needsRegister: true,
  private: true,
  positionals: [
    { name: "action", kind: "choice", allowed: ["create", "list", "revoke"], required: true },
    { name: "filter", kind: "word", many: true },
  ],
  options: [{ name: "amounts", kind: "flag" }],
  form: null,
  examples: ["feed create", "feed create authority:CNIL due:90d", "feed create --amounts", "feed list", "feed revoke f1a2b3c4d"],
  async run(values, context) {
    const words = (values.filter ?? []) as readonly string[];
    switch (values.action) {
      case "create":
        return create(words, values.amounts === true, context);
      case "revoke":
        return revoke(words, context);
      default:
        return words.length > 0 ? misunderstood("argument-extra", { got: words[0]!, usage: "feed list" }) : listed(context);
    }
  },
};

async function create(words: readonly string[], amounts: boolean, context: Context): Promise<Outcome> {
  const filters = await filtersMeant(words, context);
  const parsed = parseFilters(filters);
  if ("refused" in parsed) return parsed;
  const { store, person, language, clock } = context;
  const made = await createFeed(store.state(FEED_STATE), { person, filters, amounts, language, createdAt: clock.now() });
  if (made === null) return refuse("feed-many", { most: MOST_FEEDS });
  const path = `${FEED_PATH}${made.secret}.ics`;
  const shown = { id: made.feed.id, path, filters: await filtersShown(filters, context), amounts };
  return { cards: [feedCard(language, shown)], json: { feed: shown } };
}

async function listed(context: Context): Promise<Outcome> {
  const { store, person, language } = context;
  const feeds = [];
  for (const { id, filters, amounts, createdAt } of await feedsOf(store.state(FEED_STATE), person))
    feeds.push({ id, filters: await filtersShown(filters, context), amounts, createdAt });
  return { cards: [feedsCard(language, feeds)], json: { feeds } };
}

async function revoke([id, ...more]: readonly string[], { store, person, language }: Context): Promise<Outcome> {
  const usage = "feed revoke ID";
  if (id === undefined) return misunderstood("argument-missing", { name: "ID", usage });
  if (more.length > 0) return misunderstood("argument-extra", { got: more[0]!, usage });
  if (!(await revokeFeed(store.state(FEED_STATE), person, id))) return refuse("feed-unknown", { id });
  return { cards: [plainCard(language, "feed.revoked", { id })], json: { revoked: id } };
}
