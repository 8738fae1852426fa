import { chatAdapterContract } from "../contracts/chat-adapter.ts";
import { emulateHarness } from "./slack-emulate-harness.ts";

chatAdapterContract("slack before emulate", emulateHarness, {
  "a card in a thread is found by its key too": "emulate does not list replies that were broadcast in the channel's history, as Slack does",
  "a card under a message that somebody removed is shown in the place itself":
    "emulate takes a reply to a message that is not there, where Slack answers thread_not_found",
  "that a place is shared with another company is known within a quarter of an hour": "emulate knows no shared channels",
});
