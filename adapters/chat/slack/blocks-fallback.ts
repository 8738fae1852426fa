import type { webApi } from "@slack/bolt";
import type { Block, Card, Chart } from "../../../src/ports/card.ts";
import type { AdapterState, Log } from "../../../src/ports/chat.ts";
import { CLASSIC } from "./blocks.ts";
import { type Newer, refusedIn, rememberRefused } from "./blocks-taken.ts";
import { withOwnChannels } from "./channels.ts";
import { visualizationOf } from "./chart.ts";
import { forgetPictures, pictureIds } from "./chart-upload.ts";
import { refusedWith } from "./failure.ts";
import { classicMessageOf, messageOf, type SlackMessage } from "./message.ts";

/** Where a message is shown. */
export interface Showing {
  readonly client: webApi.WebClient;
  readonly team: string;
  /** Where it is kept what the workspace refused; without it every message is tried in the newest blocks first. */
  readonly state?: AdapterState;
  /** Waits while Slack works on a picture; without it a chart is never shown as one. */
  readonly pause?: () => Promise<void>;
  readonly log?: Log;
}

/** Slack refused the blocks where its client throws nothing, as a response_url does. */
export class BlocksRefused extends Error {
  readonly code: string;

  constructor(code: string) {
    super(code);
    this.name = "BlocksRefused";
    this.code = code;
  }
}

/** Slack shows a file some seconds after it was uploaded, and refuses the block until then. */
const PICTURE_TRIES = 4;

/**
 * Sends one part of a card in the newest blocks that the workspace takes, and in older ones where it refuses them: nothing was shown then. A
 * chart that Slack does not draw is shown as a picture where the app may upload files, and else with its values written out. The last resort
 * is the whole text in plain sections. Throws what `send` throws for any other reason, or where Slack refuses every form.
 */
export async function sendInBlocks<Result>(given: Card, where: Showing, send: (message: SlackMessage) => Promise<Result>): Promise<Result> {
  const part = withOwnChannels(given, where.team);
  const refused = where.state === undefined ? new Set<Newer>() : await refusedIn(where.state, where.team, kindsIn(part));
  const charts = part.blocks.filter((block): block is Chart => block.kind === "chart");
  const isDrawn = charts.length > 0 && !refused.has("data_visualization") && charts.every((chart) => visualizationOf(chart) !== null);
  const newest = messageOf(part, { tables: !refused.has("table"), charts: isDrawn ? "drawn" : "written" });
  const newer = newerIn(newest);
  let plain: SlackMessage | undefined;

  // Each is made when the one before was refused.
  async function* forms(): AsyncGenerator<SlackMessage> {
    if (isDrawn || charts.length === 0) yield newest;
    // A file is listed and searched apart from its message, and its name and description with it: a discreet chart is said in words.
    const isPictured = charts.length > 0 && where.pause !== undefined && part.discreet === undefined && !refused.has("files");
    const ids = isPictured ? await pictureIds(charts, where) : null;
    if (ids !== null) {
      const pictured = messageOf(part, { tables: false, charts: ids });
      for (let tries = 0; tries < PICTURE_TRIES; tries++) {
        if (tries > 0) await where.pause?.();
        yield pictured;
      }
      await forgetPictures(charts, where);
    }
    if (!isDrawn && charts.length > 0) yield newest;
    if (newer.length > 0) yield messageOf(part, CLASSIC);
    plain = classicMessageOf(part);
    yield plain;
  }

  let refusal: { readonly error: unknown; readonly of: Set<SlackMessage> } | undefined;
  for await (const message of forms()) {
    try {
      const result = await send(message);
      // That only plain sections were taken says nothing about the newer blocks.
      if (refusal?.of.has(newest) === true && message !== plain) await remember(where, newer);
      return result;
    } catch (error) {
      if (!isAboutBlocks(error instanceof BlocksRefused ? error.code : refusedWith(error))) throw error;
      refusal = { error: refusal?.error ?? error, of: (refusal?.of ?? new Set()).add(message) };
    }
  }
  throw refusal!.error;
}

/** Whether Slack refused what the blocks look like; a second table is refused as an attachment. */
export function isAboutBlocks(code: string | undefined): boolean {
  return code !== undefined && /^(invalid_blocks|msg_blocks_too_long|invalid_attachments)/.test(code);
}

/** What of the part a workspace may refuse. */
function kindsIn({ blocks }: Card): readonly Newer[] {
  const has = (wanted: Block["kind"]) => blocks.some(({ kind }) => kind === wanted);
  return [...(has("rows") ? (["table"] as const) : []), ...(has("chart") ? (["data_visualization", "files"] as const) : [])];
}

function newerIn({ blocks }: SlackMessage): readonly Newer[] {
  return (["table", "data_visualization"] as const).filter((kind) => blocks.some(({ type }) => type === kind));
}

/** The message stands by now: that this could not be kept costs a later call, not the post. */
async function remember({ state, team, log }: Showing, kinds: readonly Newer[]): Promise<void> {
  try {
    if (state !== undefined) await rememberRefused(state, team, kinds);
  } catch (err) {
    log?.warn({ err, team }, "slack: the blocks that the workspace refuses could not be kept");
  }
}
