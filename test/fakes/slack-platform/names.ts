/** The workspace that a pretended Slack has where a test names no other, and what stands in it. */
export const TEAM = "T0TEAM";
export const CHANNEL = "C0WATCH";
export const USER = "U0ANA";
/** The conversation of the direct messages with that user. */
export const DIRECT = "D0ANA";
export const BOT = "B0BOT";
export const BOT_TOKEN = "xoxb-fake";

/** The app, the same in every workspace. */
export const APP = "A0APP";
export const APP_TOKEN = "xapp-fake";
export const SIGNING_SECRET = "8f742231b10e8888abcd99yyyzzz85a5";
export const CLIENT_ID = "1111.2222";
export const CLIENT_SECRET = "c1ient5ecret0fthefake";

/**
 * The scopes of the manifest that the app cannot do without, those by which it learns who reads a channel, what a workspace usually grants, and what
 * somebody may add by hand so that the bot can read back what it posted.
 */
export const NEEDED_SCOPES: readonly string[] = ["commands", "chat:write", "users:read"];
export const READ_SCOPES: readonly string[] = ["channels:read", "groups:read", "mpim:read"];
export const SCOPES: readonly string[] = [...NEEDED_SCOPES, ...READ_SCOPES];
export const HISTORY_SCOPES: readonly string[] = ["channels:history", "im:history"];
