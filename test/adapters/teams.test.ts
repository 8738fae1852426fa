import { chatAdapterContract } from "../contracts/chat-adapter.ts";
import { teamsHarness } from "../fakes/teams-platform/harness.ts";

const CANNOT_READ = "a bot reads a conversation of Teams only with a permission of the whole tenant's, which the app does not ask for";

chatAdapterContract("the Teams adapter", teamsHarness, {
  "a card that the platform has is found by its key, as it would be referred to": CANNOT_READ,
  "a card in a thread is found by its key too": CANNOT_READ,
  "a card that was not shown is not found": CANNOT_READ,
  "a card that was shown in part is neither found nor missing, and the next post goes on with the rest": CANNOT_READ,
});
