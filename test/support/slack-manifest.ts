import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { type Comment, parseSync, type TSInterfaceDeclaration, type TSType } from "oxc-parser";
import type { Manifest } from "../../scripts/manifest.ts";

/**
 * What Slack's own client declares of a manifest (@slack/web-api, MIT, dist/types/request/manifest.d.ts), as a JSON Schema: the fields, which of
 * them must be there, the names of scopes and events, and the limits that its comments state. Nothing but what is declared passes.
 */
export function manifestSchema(): object {
  const bolt = createRequire(createRequire(import.meta.url).resolve("@slack/bolt"));
  const file = bolt.resolve("@slack/web-api").replace(/index\.js$/, "types/request/manifest.d.ts");
  return schemaOf(file, readFileSync(file, "utf8"));
}

interface Schema {
  readonly [keyword: string]: unknown;
}

function schemaOf(file: string, text: string): Schema {
  const { program, comments, errors } = parseSync(file, text);
  if (errors.length > 0) throw new Error(`${file}: ${errors[0]!.message}`);
  const definitions: Record<string, Schema> = {};
  for (const statement of program.body) {
    const node = statement.type === "ExportNamedDeclaration" ? statement.declaration : statement;
    if (node?.type === "TSInterfaceDeclaration") definitions[node.id.name] = interfaceOf(node, comments);
    if (node?.type === "TSTypeAliasDeclaration") definitions[node.id.name] = typeOf(node.typeAnnotation, "");
  }
  if (definitions.Manifest === undefined) throw new Error(`${file}: declares no Manifest`);
  return { $ref: "#/definitions/Manifest", definitions };
}

function interfaceOf({ body }: TSInterfaceDeclaration, comments: readonly Comment[]): Schema {
  const properties: Record<string, Schema> = {};
  const required: string[] = [];
  let from = body.start;
  for (const member of body.body) {
    if (member.type !== "TSPropertySignature" || member.key.type !== "Identifier" || member.typeAnnotation == null) continue;
    const [start, name] = [from, member.key.name];
    const about = comments.filter((comment) => comment.start >= start && comment.end <= member.start).map(({ value }) => value);
    properties[name] = typeOf(member.typeAnnotation.typeAnnotation, about.join(" "));
    if (!member.optional) required.push(name);
    from = member.end;
  }
  return { type: "object", properties, required, additionalProperties: false };
}

function typeOf(type: TSType, about: string): Schema {
  switch (type.type) {
    case "TSStringKeyword":
      return { type: "string", ...limit("maxLength", /Maximum length is ([\d,]+) characters/, about) };
    case "TSBooleanKeyword":
      return { type: "boolean" };
    case "TSNumberKeyword":
      return { type: "number" };
    case "TSArrayType":
      return { type: "array", items: typeOf(type.elementType, ""), ...limit("maxItems", /[Mm]aximum of ([\d,]+)/, about) };
    case "TSUnionType":
      return { anyOf: type.types.map((one) => typeOf(one, "")) };
    case "TSLiteralType":
      return { const: "value" in type.literal ? type.literal.value : null };
    case "TSTypeReference": {
      if (type.typeName.type !== "Identifier") return {};
      return type.typeName.name === "Record" ? { type: "object" } : { $ref: `#/definitions/${type.typeName.name}` };
    }
    default:
      throw new Error(`a manifest declares a ${type.type}, which this reading does not know`);
  }
}

function limit(keyword: string, pattern: RegExp, about: string): Schema {
  const [, found] = pattern.exec(about) ?? [];
  return found === undefined ? {} : { [keyword]: Number(found.replaceAll(",", "")) };
}

/** What Slack refuses beyond the shape (docs.slack.dev/reference/app-manifest, and the errors of apps.manifest.validate). */
export function refusalsOf({ features, oauth_config: oauth, settings }: Manifest): readonly string[] {
  const bot: readonly string[] = oauth?.scopes?.bot ?? [];
  const refusals = (oauth?.scopes?.bot_optional ?? [])
    .filter((scope) => !bot.includes(scope))
    .map((scope) => `${scope} is optional, and must stand under bot too`);
  if (features?.bot_user === undefined && bot.length > 0) refusals.push("bot scopes need a bot user");
  if (!/^[a-z0-9._-]+$/.test(features?.bot_user?.display_name ?? "bot"))
    refusals.push("the bot's name takes a-z, 0-9, dot, dash and underscore");
  if (features?.slash_commands !== undefined && !bot.includes("commands")) refusals.push("slash commands need the scope commands");
  if (features?.shortcuts !== undefined && !bot.includes("commands")) refusals.push("shortcuts need the scope commands");
  for (const { name } of features?.shortcuts ?? [])
    if (name.length > 24) refusals.push(`a shortcut's name has at most 24 characters: ${name}`);
  for (const { command } of features?.slash_commands ?? [])
    if (!/^\/[a-z0-9_-]{1,31}$/.test(command)) refusals.push(`${command} is no command`);
  if ((features?.app_home?.home_tab_enabled ?? false) && !(settings?.event_subscriptions?.bot_events ?? []).includes("app_home_opened"))
    refusals.push("the Home tab is drawn when app_home_opened comes");
  if (settings?.socket_mode_enabled === true) return refusals;
  const addresses = {
    events: settings?.event_subscriptions?.request_url,
    interactivity: settings?.interactivity?.request_url,
    options: settings?.interactivity?.message_menu_options_url,
    command: features?.slash_commands?.[0]?.url,
  };
  for (const [what, url] of Object.entries(addresses))
    if (!/^https:\/\//.test(url ?? "")) refusals.push(`without Socket Mode, ${what} needs an https address`);
  return refusals;
}
