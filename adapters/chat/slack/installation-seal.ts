import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from "node:crypto";

/** Closes what must not be readable at rest, and opens it again. */
export interface Seal {
  /** `about` is bound in: what was sealed about one thing cannot be passed off as about another. */
  close(plain: string, about: string): string;
  /** Null where neither key opens it, or where it was changed. */
  open(sealed: string, about: string): string | null;
  /** Whether the newest key sealed it. */
  isNewest(sealed: string): boolean;
}

/** Stands before everything sealed, and says how it was. */
const VERSION = "v1";

/**
 * AES-256-GCM by a key that HKDF makes of the secret. What was sealed with the secret `before` can be opened still; everything is sealed with
 * the newer one. The sealed text names its key by eight digits of a digest, so that no wrong key is tried.
 */
export function sealOf(secret: string, before?: string): Seal {
  const keys = [secret, ...(before === undefined ? [] : [before])].map(keyOf);
  const newest = keys[0]!;
  return {
    close(plain, about) {
      const nonce = randomBytes(12);
      const cipher = createCipheriv("aes-256-gcm", newest.bytes, nonce).setAAD(Buffer.from(about));
      const hidden = Buffer.concat([cipher.update(plain, "utf8"), cipher.final()]);
      return [VERSION, newest.name, ...[nonce, cipher.getAuthTag(), hidden].map((part) => part.toString("base64url"))].join(".");
    },
    isNewest: (sealed) => sealed.split(".")[1] === newest.name,
    open(sealed, about) {
      const [version, name, ...parts] = sealed.split(".");
      const [nonce, tag, hidden] = parts.map((part) => Buffer.from(part, "base64url"));
      const key = keys.find((one) => one.name === name);
      if (version !== VERSION || key === undefined || nonce?.length !== 12 || tag?.length !== 16 || hidden === undefined) return null;
      try {
        const cipher = createDecipheriv("aes-256-gcm", key.bytes, nonce).setAAD(Buffer.from(about)).setAuthTag(tag);
        return Buffer.concat([cipher.update(hidden), cipher.final()]).toString("utf8");
      } catch {
        return null;
      }
    },
  };
}

interface Key {
  readonly name: string;
  readonly bytes: Buffer;
}

function keyOf(secret: string): Key {
  const bytes = Buffer.from(hkdfSync("sha256", secret, "", "curewatch slack installations", 32));
  return { bytes, name: createHash("sha256").update(bytes).digest("hex").slice(0, 8) };
}
