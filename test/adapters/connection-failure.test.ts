import { describe, expect, test } from "vitest";
import { connectionFailure } from "../../adapters/chat/shared/failure.ts";

function coded(code: string, more: object = {}): Error {
  return Object.assign(new Error(code), { code, ...more });
}

describe("a request that got no answer", () => {
  test.each<[string, unknown]>([
    ["was refused", new TypeError("fetch failed", { cause: coded("ECONNREFUSED") })],
    ["was refused at each of several addresses", new TypeError("fetch failed", { cause: new AggregateError([coded("ECONNREFUSED")]) })],
    ["found no such name", new TypeError("fetch failed", { cause: coded("ENOTFOUND") })],
    ["could not ask for the name", new TypeError("fetch failed", { cause: coded("EAI_AGAIN") })],
    ["found no way there", new TypeError("fetch failed", { cause: coded("ENETUNREACH") })],
    ["was not connected in time", new TypeError("fetch failed", { cause: coded("UND_ERR_CONNECT_TIMEOUT") })],
    ["would have gone to an address that the configuration does not name", coded("EREFUSEDBYLIST")],
    ["met a certificate that is not good", new TypeError("fetch failed", { cause: coded("CERT_HAS_EXPIRED") })],
    ["met a certificate of another name", new TypeError("fetch failed", { cause: coded("ERR_TLS_CERT_ALTNAME_INVALID") })],
  ])("that %s was not sent: later", (_, error) => {
    expect(connectionFailure("Slack", error)).toMatchObject({ retry: "later", reason: expect.stringContaining("nothing was sent") });
  });

  test.each<[string, unknown]>([
    ["was reset", new TypeError("fetch failed", { cause: coded("ECONNRESET") })],
    ["lost the other side", new TypeError("terminated", { cause: coded("UND_ERR_SOCKET") })],
    ["took too long", new DOMException("The operation was aborted due to timeout", "TimeoutError")],
    ["broke in a way that nobody knows", new Error("?")],
    ["threw what is no error", "nonsense"],
  ])("that %s may have been shown: unknown", (_, error) => {
    expect(connectionFailure("Slack", error)).toMatchObject({ retry: "unknown", reason: expect.stringContaining("may have been shown") });
  });
});
