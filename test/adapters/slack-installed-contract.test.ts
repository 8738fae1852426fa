import { chatAdapterContract } from "../contracts/chat-adapter.ts";
import { slackHarness } from "../fakes/slack-platform/harness.ts";

for (const mode of ["http", "socket"] as const)
  chatAdapterContract(`slack installed by its pages, in mode ${mode},`, () => slackHarness(mode, { isInstalled: true }));
