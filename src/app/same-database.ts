/** What this machine calls itself; a socket in a folder is its own as well, but may be another server's. */
const THIS_MACHINE = /^(localhost|127\.\d+\.\d+\.\d+|::1)$/;

/** Whether two addresses name one PostgreSQL database, however they are spelled: by another name of this machine, as another role, with other parameters. */
export function isSameDatabase(one: string, other: string): boolean {
  const [first, second] = [one, other].map(spelledOut);
  return first !== null && first === second;
}

function spelledOut(address: string): string | null {
  const url = URL.parse(address);
  if (url === null || !/^postgres(ql)?:$/.test(url.protocol)) return null;
  const host = (url.hostname || url.searchParams.get("host") || "").replace(/^\[|\]$/g, "").toLowerCase();
  const port = url.port || (url.searchParams.get("port") ?? "5432");
  return [host.replace(THIS_MACHINE, "localhost"), port, url.pathname].join(" ");
}
