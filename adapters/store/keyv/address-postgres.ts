/** What an address may say after its "?". What pg does not know it would pass over in silence, such as a limit that is mistyped. */
const PARAMETERS = [
  ...["sslmode", "sslrootcert", "sslcert", "sslkey", "sslnegotiation", "ssl", "uselibpqcompat"],
  ...["host", "port", "options", "application_name", "fallback_application_name", "client_encoding"],
  ...["statement_timeout", "lock_timeout", "query_timeout", "idle_in_transaction_session_timeout"],
];

const MODES = ["disable", "no-verify", "prefer", "require", "verify-ca", "verify-full"];
const LIMIT = /_timeout$/;

/** What is wrong with the parameters of an address, as a sentence; null where nothing is. No value of it is shown but that of `sslmode`. */
export function addressProblem(url: string): string | null {
  for (const [name, value] of new URL(url).searchParams) {
    if (!PARAMETERS.includes(name))
      return `The database's address has a parameter ${name} that is not known: write one of ${PARAMETERS.join(", ")}.`;
    if (name === "sslmode" && !MODES.includes(value))
      return `The database's address says sslmode=${value}: write one of ${MODES.join(", ")}.`;
    if (LIMIT.test(name) && !/^\d+$/.test(value)) return `The database's address says no number for ${name}: write milliseconds.`;
  }
  return null;
}

/** pg takes these as verify-full, the certificate included, and prints a warning each time that it may not always; here they are that for good. */
export function withStrictTls(url: string): string {
  if (!/[?&]sslmode=(prefer|require|verify-ca)(&|$)/.test(url) || /[?&]uselibpqcompat=/.test(url)) return url;
  return url.replace(/([?&]sslmode=)(?:prefer|require|verify-ca)(?=&|$)/, "$1verify-full");
}
