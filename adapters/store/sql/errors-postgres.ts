import { InDoubt } from "../../../src/ports/in-doubt.ts";
import { NotNow } from "../../../src/ports/not-now.ts";

/** The connection ended; nothing that was under way on it was recorded. */
export class LostConnection extends NotNow {
  override readonly name = "LostConnection";

  constructor(message: string, about: { readonly cause?: unknown } = {}) {
    super("away", message, about);
  }
}

/** What pg says without a code when a socket ends, when a client has not answered in time, and when it is used afterwards. */
const LOST =
  /^(Connection terminated|Query read timeout|Client has encountered a connection error|Client was closed|timeout exceeded when trying)/;

/** The whole of class 08, a server that is told to stop, and one that crashed or closes idle sessions. */
const LOST_CODE = /^(08...|57P0[1-5]|25P0[34]|ECONN\w+|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH)$/;

/** A server that starts or stops, has no connection left, or cannot be found. */
const UNREACHABLE_CODE = /^(57P03|53300|ENOTFOUND|EAI_AGAIN|ENOENT)$/;

/** The database, or the session since it began, is only read; a standby that is asked to write says the same. */
export const READ_ONLY = "25006";

/** A missing right is seldom the end: its reader has a second role, and a file that grants what this one needs. */
const OWNER =
  "Only the role that owns the tables may do that: run verify with the owner's role first, which makes what is missing, then docs/postgresql-grants.sql.";

/** Whether the connection on which this happened is gone. */
export function isLost(error: unknown): boolean {
  return error instanceof Error && (LOST_CODE.test(codeOf(error)) || LOST.test(error.message));
}

/** The same, or one that was never made. */
export function isUnreachable(error: unknown): boolean {
  return isLost(error) || (error instanceof Error && UNREACHABLE_CODE.test(codeOf(error)));
}

/** What pg and the server say where a password is asked for and there is none. */
const NO_PASSWORD = /client password must be a string$|^empty password returned by client$/;

/** SQLSTATE, or the system's name of what happened; empty where there is none. */
export function codeOf(error: Error): string {
  return "code" in error && typeof error.code === "string" ? error.code : "";
}

/** The error as a sentence that names the database, never its password. What a guard of ours raises is one already. */
export function inWords(error: unknown, name: string): Error {
  if (!(error instanceof Error) || error instanceof LostConnection || error instanceof InDoubt) return error as Error;
  const code = codeOf(error);
  if (code === "P0001") return error;
  if (code === "55P03")
    return new NotNow("busy", "The register is busy: another program has held what was to be written for too long.", { cause: error });
  // The server has ended it; or nobody knows here what the server did with it.
  const isUnheard = error.message === "Query read timeout";
  if (code === "57014" || isUnheard)
    return new NotNow("slow", `The database ${name} has not answered in time.`, { cause: error, undone: !isUnheard });
  if (code === READ_ONLY) return new NotNow("readonly", `The database ${name} is read-only: ${error.message}.`, { cause: error });
  if (code === "53100") return new NotNow("full", `The database ${name} has no room left: ${error.message}.`, { cause: error });
  if (code === "42501") return new NotNow("rights", `The database ${name} refuses: ${error.message}. ${OWNER}`, { cause: error });
  if (isLost(error))
    return new LostConnection(`The connection to the database ${name} was lost: ${error.message}. Nothing was recorded.`, { cause: error });
  return new Error(`The database ${name} refuses: ${error.message}.`, { cause: error });
}

/** Why no connection could be made. */
export function unreachable(error: unknown, name: string): Error {
  const said = error instanceof AggregateError ? (error.errors[0] as Error).message : (error as Error).message;
  const why = NO_PASSWORD.test(said) ? "it asks for a password, and none stands in the address" : said;
  return new LostConnection(`The database ${name} cannot be reached: ${why}.`, { cause: error });
}
