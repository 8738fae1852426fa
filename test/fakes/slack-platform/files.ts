import type { Json } from "./blocks/shape.ts";
import { isJson } from "./blocks/shape.ts";
import type { SlackConversations } from "./conversations.ts";
import { conversationOf, type Workspace } from "./workspaces.ts";

/** A file as the workspace has it. */
export interface SlackFile {
  readonly id: string;
  readonly team: string;
  readonly name: string;
  /** The text for those who cannot see it. */
  readonly alt: string;
  readonly bytes: Buffer;
  title: string;
  /** Uploaded and completed: it can be shown. */
  isComplete: boolean;
}

/** Uploading in three steps: files.getUploadURLExternal, the bytes to the address that it gives, files.completeUploadExternal. */
export interface SlackFiles {
  readonly files: readonly SlackFile[];
  getUploadUrl(workspace: Workspace, args: Json): Json;
  /** The bytes at such an address; false where there is no such address, or it was used. */
  upload(path: string, contentType: string, body: Buffer): boolean;
  complete(workspace: Workspace, args: Json): Json;
  info(workspace: Workspace, args: Json): Json;
  remove(workspace: Workspace, args: Json): Json;
  has(workspace: Workspace, id: string): boolean;
}

interface Awaited {
  readonly id: string;
  readonly team: string;
  readonly name: string;
  readonly alt: string;
  readonly length: number;
}

export function slackFiles(address: () => string, mint: () => string, conversations: () => SlackConversations): SlackFiles {
  const awaited = new Map<string, Awaited>();
  const files: SlackFile[] = [];
  const find = ({ team }: Workspace, id: unknown) => files.find((file) => file.team === team && file.id === id);

  return {
    files,
    getUploadUrl({ team }, { filename, length, alt_text, alt_txt = alt_text }) {
      if (typeof filename !== "string" || filename === "") return { ok: false, error: "invalid_arguments" };
      if (!(Number(length) > 0)) return { ok: false, error: "missing_argument" };
      if (String(alt_txt ?? "").length > 1_000) return { ok: false, error: "alt_txt_too_large" };
      const id = `F0${mint()}`;
      const path = `/upload/v1/${id}`;
      awaited.set(path, { id, team, name: filename, alt: String(alt_txt ?? ""), length: Number(length) });
      return { ok: true, upload_url: `http://${address()}${path}`, file_id: id };
    },
    upload(path, contentType, body) {
      const to = awaited.get(path);
      if (to === undefined) return false;
      awaited.delete(path);
      const bytes = bytesOf(contentType, body);
      if (bytes.length !== to.length) return false;
      files.push({ id: to.id, team: to.team, name: to.name, alt: to.alt, bytes, title: to.name, isComplete: false });
      return true;
    },
    complete(workspace, args) {
      const named = Array.isArray(args.files) ? args.files.filter(isJson) : [];
      if (named.length === 0) return { ok: false, error: "invalid_arguments" };
      const found = named.map(({ id }) => find(workspace, id));
      if (found.some((file) => file === undefined)) return { ok: false, error: "file_not_found" };
      const channel = args.channel_id === undefined ? undefined : conversationOf(workspace, String(args.channel_id));
      if (channel === null) return { ok: false, error: "channel_not_found" };
      for (const [index, file] of found.entries()) {
        file!.isComplete = true;
        file!.title = String(named[index]!.title ?? file!.name);
      }
      if (channel !== undefined) {
        const text = [args.initial_comment, ...found.map((file) => file!.title)].filter((part) => part !== undefined).join("\n");
        const posted = conversations().post(workspace, {
          channel,
          text,
          ...(args.thread_ts === undefined ? {} : { thread_ts: args.thread_ts }),
        });
        if (posted.ok !== true) return posted;
      }
      return { ok: true, files: found.map((file) => ({ id: file!.id, title: file!.title })) };
    },
    info(workspace, { file: id }) {
      const file = find(workspace, id);
      if (file === undefined) return { ok: false, error: "file_not_found" };
      return { ok: true, file: { id: file.id, name: file.name, title: file.title, alt_txt: file.alt, size: file.bytes.length } };
    },
    remove(workspace, { file: id }) {
      const file = find(workspace, id);
      if (file === undefined) return { ok: false, error: "file_not_found" };
      files.splice(files.indexOf(file), 1);
      return { ok: true };
    },
    has: (workspace, id) => find(workspace, id)?.isComplete === true,
  };
}

/** The bytes of the file: the body itself, or its part of a form. */
function bytesOf(contentType: string, body: Buffer): Buffer {
  const boundary = /^multipart\/form-data;.*boundary="?([^";]+)"?/.exec(contentType)?.[1];
  if (boundary === undefined) return body;
  const head = body.indexOf("filename=");
  const from = body.indexOf("\r\n\r\n", head) + 4;
  const to = body.indexOf(`\r\n--${boundary}`, from);
  return head < 0 || to < 0 ? Buffer.alloc(0) : body.subarray(from, to);
}
