import { openStore } from "../../adapters/store/sql/open.ts";
import { accessContract } from "../contracts/access.ts";
import { adapterStateContract } from "../contracts/adapter-state.ts";
import { attentionContract } from "../contracts/attention.ts";
import { deliveryLogContract } from "../contracts/delivery-log.ts";
import { deskMembersContract } from "../contracts/desk-members.ts";
import { leadContract } from "../contracts/lead.ts";
import { ledgerContract } from "../contracts/ledger.ts";
import { liveCardsContract } from "../contracts/live-cards.ts";
import { matterFinderContract } from "../contracts/matter-finder.ts";
import { matterIndexContract } from "../contracts/matter-index.ts";
import { privacyContract } from "../contracts/privacy.ts";
import { proposalsContract } from "../contracts/proposals.ts";
import { reviewsContract } from "../contracts/reviews.ts";
import { subscriptionsContract } from "../contracts/subscriptions.ts";
import { trailContract } from "../contracts/trail.ts";
import { sqliteSubject } from "./sql-subject.ts";
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
  statesOf,
} from "./sql-subjects.ts";

const NAME = "SQLite in a file";

ledgerContract(NAME, sqliteSubject);
deliveryLogContract(NAME, sqliteDeliveries);
subscriptionsContract(NAME, sqliteSubscriptions);
attentionContract(NAME, sqliteAttention);
matterIndexContract(NAME, sqliteIndex);
matterFinderContract(NAME, sqliteFinder);
liveCardsContract(NAME, sqliteLiveCards);
leadContract(NAME, sqliteLead);
accessContract(NAME, sqliteAccess);
trailContract(NAME, sqliteTrail);
proposalsContract(NAME, sqliteProposals);
privacyContract(NAME, sqlitePrivacy);
reviewsContract(NAME, sqliteReviews);
deskMembersContract(NAME, sqliteDeskMembers);
adapterStateContract(NAME, sqliteStates);
adapterStateContract("SQLite in memory", async () => {
  const store = await openStore({ url: "sqlite::memory:" });
  return { of: statesOf(store), another: async () => statesOf(store), close: () => store.close() };
});
