import { describe, expect, test } from "vitest";
import {
  sqliteAccess,
  sqliteAttention,
  sqliteDeliveries,
  sqliteDeskMembers,
  sqliteFinder,
  sqliteIndex,
  sqliteLead,
  sqliteLiveCards,
  sqlitePrivacy,
  sqliteProposals,
  sqliteReviews,
  sqliteStates,
  sqliteSubscriptions,
  sqliteTrail,
} from "../adapters/sql-subjects.ts";
import { ACCESS_CLAUSES } from "./access.ts";
import { ADAPTER_STATE_CLAUSES } from "./adapter-state.ts";
import { ATTENTION_CLAUSES } from "./attention.ts";
import { brokenAccess } from "./broken/stores/access.ts";
import { brokenStates } from "./broken/stores/adapter-state.ts";
import { brokenAttention } from "./broken/stores/attention.ts";
import { brokenQuestions } from "./broken/stores/delivery-questions.ts";
import { brokenTurns } from "./broken/stores/delivery-turns.ts";
import { brokenDeskMembers } from "./broken/stores/desk-members.ts";
import { brokenLeads } from "./broken/stores/lead.ts";
import { brokenLiveCards } from "./broken/stores/live-cards.ts";
import { brokenFinders } from "./broken/stores/matter-finder.ts";
import { brokenIndexes } from "./broken/stores/matter-index.ts";
import { brokenPrivacy } from "./broken/stores/privacy.ts";
import { brokenProposals } from "./broken/stores/proposals.ts";
import { brokenReviews } from "./broken/stores/reviews.ts";
import { brokenSubscriptions } from "./broken/stores/subscriptions.ts";
import { brokenTrails } from "./broken/stores/trail.ts";
import { type Broken, type Clause, type Closable, failed } from "./clause.ts";
import { DELIVERY_LOG_CLAUSES } from "./delivery-log.ts";
import { DESK_MEMBERS_CLAUSES } from "./desk-members.ts";
import { LEAD_CLAUSES } from "./lead.ts";
import { LIVE_CARD_CLAUSES } from "./live-cards.ts";
import { MATTER_FINDER_CLAUSES } from "./matter-finder.ts";
import { MATTER_INDEX_CLAUSES } from "./matter-index.ts";
import { PRIVACY_CLAUSES } from "./privacy.ts";
import { PROPOSALS_CLAUSES } from "./proposals.ts";
import { REVIEWS_CLAUSES } from "./reviews.ts";
import { SUBSCRIPTION_CLAUSES } from "./subscriptions.ts";
import { TRAIL_CLAUSES } from "./trail.ts";

function canTell<Subject extends Closable>(
  name: string,
  clauses: readonly Clause<Subject>[],
  broken: readonly Broken<Subject>[],
  open: () => Promise<Subject>,
): void {
  describe(`the ${name} contract can tell`, () => {
    test("every clause has a subject that breaks it", () => {
      expect(broken.map(({ breaks }) => breaks).toSorted()).toEqual(clauses.map(({ clause }) => clause).toSorted());
    });

    for (const one of broken) {
      test(`one fails by "${one.breaks}" and by nothing else`, async () => {
        expect(await failed(clauses, one, open)).toEqual([one.breaks]);
      });
    }
  });
}

canTell("delivery-log", DELIVERY_LOG_CLAUSES, [...brokenTurns, ...brokenQuestions], sqliteDeliveries);
canTell("subscriptions", SUBSCRIPTION_CLAUSES, brokenSubscriptions, sqliteSubscriptions);
canTell("attention", ATTENTION_CLAUSES, brokenAttention, sqliteAttention);
canTell("matter-index", MATTER_INDEX_CLAUSES, brokenIndexes, sqliteIndex);
canTell("matter-finder", MATTER_FINDER_CLAUSES, brokenFinders, sqliteFinder);
canTell("live-cards", LIVE_CARD_CLAUSES, brokenLiveCards, sqliteLiveCards);
canTell("lead", LEAD_CLAUSES, brokenLeads, sqliteLead);
canTell("access", ACCESS_CLAUSES, brokenAccess, sqliteAccess);
canTell("trail", TRAIL_CLAUSES, brokenTrails, sqliteTrail);
canTell("proposals", PROPOSALS_CLAUSES, brokenProposals, sqliteProposals);
canTell("privacy", PRIVACY_CLAUSES, brokenPrivacy, sqlitePrivacy);
canTell("reviews", REVIEWS_CLAUSES, brokenReviews, sqliteReviews);
canTell("desk-members", DESK_MEMBERS_CLAUSES, brokenDeskMembers, sqliteDeskMembers);
canTell("adapter-state", ADAPTER_STATE_CLAUSES, brokenStates, sqliteStates);
