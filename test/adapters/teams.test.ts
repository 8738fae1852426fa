import { chatAdapterContract } from "../contracts/chat-adapter.ts";
import { teamsHarness } from "../fakes/teams-platform/harness.ts";

chatAdapterContract("the Teams adapter", teamsHarness, {
  "an answer to the asker is not shown to the place":
    "Teams shows what a bot writes in a channel to all of it; a targeted message, which it does not, needs manifest 1.29 and belongs to the Teams issue",
});
