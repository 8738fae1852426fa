import { generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** Signs tokens as the Bot Connector does, and publishes the keys where a bot reads them. */
export interface TokenIssuer {
  /** The OpenID document that names the keys. */
  readonly metadata: string;
  /** A token with these claims; by default with the key that is endorsed for Teams. */
  token(claims: Readonly<Record<string, unknown>>, by?: SigningKey): string;
  stop(): Promise<void>;
}

/** A key that is endorsed for Teams, one that is endorsed for another channel, and one under the first one's name that is not published. */
export type SigningKey = "teams" | "other channel" | "forged" | "unpublished";

export const ISSUER = "https://api.botframework.com";

/** Starts the issuer on 127.0.0.1 and a free port. */
export async function startTokenIssuer(): Promise<TokenIssuer> {
  const keys: Readonly<Record<SigningKey, { readonly kid: string; readonly pair: ReturnType<typeof newPair> }>> = {
    teams: { kid: "teams-key", pair: newPair() },
    "other channel": { kid: "other-key", pair: newPair() },
    forged: { kid: "teams-key", pair: newPair() },
    unpublished: { kid: "unknown-key", pair: newPair() },
  };
  const published = [
    { ...keys.teams.pair.publicKey.export({ format: "jwk" }), use: "sig", kid: keys.teams.kid, endorsements: ["msteams"] },
    {
      ...keys["other channel"].pair.publicKey.export({ format: "jwk" }),
      use: "sig",
      kid: keys["other channel"].kid,
      endorsements: ["webchat"],
    },
  ];
  const server = createServer((request, response) => {
    const base = `http://${request.headers.host}`;
    const body = request.url === "/keys" ? { keys: published } : { issuer: ISSUER, jwks_uri: `${base}/keys` };
    response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(body));
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  return {
    metadata: `http://127.0.0.1:${(server.address() as AddressInfo).port}/openidconfiguration`,
    token: (claims, by = "teams") => jwt(keys[by].kid, keys[by].pair.privateKey, claims),
    stop: () =>
      new Promise((stopped) => {
        server.close(() => stopped());
        server.closeAllConnections();
      }),
  };
}

function newPair() {
  return generateKeyPairSync("rsa", { modulusLength: 2048 });
}

/** RFC 7515, compact form, RS256. */
function jwt(kid: string, key: KeyObject, claims: object): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const signed = `${part({ alg: "RS256", typ: "JWT", kid })}.${part(claims)}`;
  return `${signed}.${sign("RSA-SHA256", Buffer.from(signed), key).toString("base64url")}`;
}
