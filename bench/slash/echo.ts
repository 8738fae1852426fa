import { App } from "@slack/bolt";

/**
 * A bare Bolt app, as Bolt's documentation has it: acknowledges a slash command and answers with what was typed. No retries, as ours; everything
 * else as it comes.
 */
const { SLACK_BOT_TOKEN = "", SLACK_SIGNING_SECRET = "", SLACK_API_URL = "", PORT = "0" } = process.env;

const app = new App({
  token: SLACK_BOT_TOKEN,
  signingSecret: SLACK_SIGNING_SECRET,
  clientOptions: { slackApiUrl: SLACK_API_URL, retryConfig: { retries: 0 } },
});

app.command("/matter", async ({ command, ack, respond }) => {
  await ack();
  await respond(command.text);
});

await app.start(Number(PORT));
