/** Letters and digits count, case and what stands between them do not: MED 2021-134 is MED-2021-134. */
export function normaliseRef(ref: string): string {
  return ref
    .normalize("NFKC")
    .trim()
    .toUpperCase()
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/^-|-$/g, "");
}

/** The key of a matter: CNIL:SAN-2023-018, with /google-llc where one decision has several addressees. */
export function matterKey(authority: string, ref: string, addressee?: string): string {
  return `${authority}:${normaliseRef(ref)}${addressee === undefined ? "" : `/${addressee}`}`;
}

/** Whether a name means the very matter that bears it: by its reference, behind its authority or not, with its addressee where it has one. */
export function isItself({ authority, ref, addressee }: { authority: string; ref: string; addressee?: string | undefined }, name: string) {
  const own = addressee === undefined ? ref : `${ref}/${addressee}`;
  return [own, `${authority}:${own}`].some((one) => normaliseRef(one) === normaliseRef(name));
}

/** The reference in a key, without the authority and the addressee. */
export function refInKey(key: string): string {
  return partsOf(key).ref;
}

/** The references that a name can mean, as refInKey has them: with a slash, what stands before it too. */
export function refsIn(name: string): readonly string[] {
  const rest = name.slice(name.indexOf(":") + 1);
  const slash = rest.lastIndexOf("/");
  return slash < 0 ? [normaliseRef(rest)] : [...new Set([normaliseRef(rest), normaliseRef(rest.slice(0, slash))])];
}

/**
 * The matters that a name can mean: SAN-2023-018, san 2023 018, CNIL:SAN-2023-018, SAN-2020-012/google-llc. What is a whole key means that matter
 * alone, though there be others of its reference: buttons and forms name a matter by its key.
 */
export function matchKeys(name: string, keys: Iterable<string>): readonly string[] {
  const colon = name.indexOf(":");
  const authority = colon < 0 ? null : name.slice(0, colon).trim().toUpperCase();
  const rest = colon < 0 ? name : name.slice(colon + 1);
  const slash = rest.lastIndexOf("/");
  const addressee =
    slash < 0
      ? null
      : rest
          .slice(slash + 1)
          .trim()
          .toLowerCase();
  const whole = normaliseRef(rest);
  const beforeSlash = slash < 0 ? null : normaliseRef(rest.slice(0, slash));
  const exact = authority === null ? null : addressee === null ? `${authority}:${whole}` : `${authority}:${beforeSlash}/${addressee}`;
  const found: string[] = [];
  for (const key of keys) {
    const parts = partsOf(key);
    if (authority !== null && parts.authority !== authority) continue;
    if (key === exact) return [key];
    if (parts.ref === whole || (beforeSlash === parts.ref && addressee !== null && addressee === parts.addressee)) found.push(key);
  }
  return found;
}

function partsOf(key: string): { authority: string; ref: string; addressee: string | null } {
  const colon = key.indexOf(":");
  const slash = key.indexOf("/");
  return {
    authority: key.slice(0, colon),
    ref: slash < 0 ? key.slice(colon + 1) : key.slice(colon + 1, slash),
    addressee: slash < 0 ? null : key.slice(slash + 1),
  };
}
