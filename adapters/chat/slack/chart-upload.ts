import { createHash } from "node:crypto";
import type { Chart } from "../../../src/ports/card.ts";
import type { Showing } from "./blocks-fallback.ts";
import { rememberRefused } from "./blocks-taken.ts";
import { refusedWith } from "./failure.ts";

/** A file is used again by whoever goes on with the card, for as long as that is likely. */
const DAY = 86_400_000;
const UPLOAD_MILLISECONDS = 10_000;
/** files.getUploadURLExternal, alt_txt. */
const ALT_CHARACTERS = 1_000;

/** The app may not upload, or not so: no later try will do better until somebody changes something. */
const NOT_ALLOWED: ReadonlySet<string> = new Set([
  "missing_scope",
  "no_permission",
  "not_allowed_token_type",
  "file_uploads_disabled",
  "file_uploads_except_images_disabled",
  "storage_limit_reached",
  "unknown_method",
]);

/**
 * The charts as pictures that Slack has, by the ids of their files; null where a picture cannot be made or uploaded, for whatever reason: the
 * values are written out then. The files are shared with nobody until a message shows them, so one that was uploaded before the program was
 * ended is seen by nobody. Needs files:write, which the app does not ask for by default.
 */
export async function pictureIds(charts: readonly Chart[], where: Showing): Promise<readonly string[] | null> {
  try {
    const ids: string[] = [];
    for (const chart of charts) ids.push(await pictureId(chart, where));
    return ids;
  } catch (error) {
    const { state, team, log } = where;
    if (NOT_ALLOWED.has(refusedWith(error) ?? ""))
      await Promise.resolve(state && rememberRefused(state, team, ["files"])).catch(() => undefined);
    else log?.warn({ err: error, team }, "slack: a chart could not be shown as a picture");
    return null;
  }
}

/** Slack does not show these files: they are uploaded anew the next time. */
export async function forgetPictures(charts: readonly Chart[], { state, team }: Showing): Promise<void> {
  for (const chart of charts) await state?.delete(noteOf(team, chart));
}

async function pictureId(chart: Chart, { client, state, team }: Showing): Promise<string> {
  const known = await state?.get(noteOf(team, chart));
  if (typeof known === "string") return known;
  // Loaded by whoever draws: a program that draws nothing does without the renderer and its fonts.
  const { pngOf } = await import("./png.ts");
  const bytes = await pngOf(chart);
  const alt = chart.summary.slice(0, ALT_CHARACTERS).toWellFormed();
  // The method's page calls it alt_txt, Slack's own client alt_text.
  const described = alt === "" ? {} : { alt_txt: alt, alt_text: alt };
  const { upload_url, file_id } = await client.files.getUploadURLExternal({ filename: "chart.png", length: bytes.length, ...described });
  if (upload_url === undefined || file_id === undefined) throw new Error("Slack did not say where to upload the picture.");
  const body = new Blob([bytes], { type: "image/png" });
  const uploaded = await fetch(upload_url, { method: "POST", body, signal: AbortSignal.timeout(UPLOAD_MILLISECONDS) });
  await uploaded.body?.cancel();
  if (!uploaded.ok) throw new Error(`Slack answered ${uploaded.status} to the picture.`);
  await client.files.completeUploadExternal({
    files: [{ id: file_id, title: chart.title.slice(0, ALT_CHARACTERS).toWellFormed() || "chart.png" }],
  });
  await state?.set(noteOf(team, chart), file_id, DAY);
  return file_id;
}

function noteOf(team: string, chart: Chart): string {
  return `slack/picture/${team}/${createHash("sha256").update(JSON.stringify(chart)).digest("base64url")}`;
}
