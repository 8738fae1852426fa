/** JSON as it came over the wire. */
export type Json = Readonly<Record<string, unknown>>;

/** What is wrong with the value, in words that begin with where it stands; undefined where nothing is. */
export type Check = (value: unknown, at: string) => string | undefined;

export function isJson(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A string; empty ones only where `least` is 0. */
export function words(longest: number, least = 1): Check {
  return (value, at) => {
    if (typeof value !== "string") return `${at}: must be a string`;
    if (value.length < least) return `${at}: must be at least ${least} characters`;
    return value.length > longest ? `${at}: must be at most ${longest} characters` : undefined;
  };
}

export function pattern(form: RegExp, what: string): Check {
  return (value, at) => (typeof value === "string" && form.test(value) ? undefined : `${at}: must be ${what}`);
}

export function oneOf(...values: readonly unknown[]): Check {
  return (value, at) => (values.includes(value) ? undefined : `${at}: must be one of ${values.join(", ")}`);
}

export function wholeNumber(least: number, most: number): Check {
  return (value, at) =>
    Number.isInteger(value) && Number(value) >= least && Number(value) <= most
      ? undefined
      : `${at}: must be a whole number from ${least} to ${most}`;
}

export function truth(value: unknown, at: string): string | undefined {
  return typeof value === "boolean" ? undefined : `${at}: must be a boolean`;
}

export function anything(): undefined {
  return undefined;
}

export function listOf(item: Check, most: number, least = 1): Check {
  return (value, at) => {
    if (!Array.isArray(value)) return `${at}: must be an array`;
    if (value.length < least) return `${at}: must have at least ${least} items`;
    if (value.length > most) return `${at}: must have at most ${most} items`;
    return first(value.map((one, index) => item(one, `${at}/${index}`)));
  };
}

/** An object with these properties and no others. */
export function shape(required: Readonly<Record<string, Check>>, optional: Readonly<Record<string, Check>> = {}): Check {
  return (value, at) => {
    if (!isJson(value)) return `${at}: must be an object`;
    for (const key of Object.keys(required)) if (value[key] === undefined) return `${at}: missing required field: ${key}`;
    for (const key of Object.keys(value)) if (!(key in required || key in optional)) return `${at}: invalid additional property: ${key}`;
    return first(
      Object.entries({ ...required, ...optional }).map(([key, check]) =>
        value[key] === undefined ? undefined : check(value[key], `${at}/${key}`),
      ),
    );
  };
}

/** By its `type`: the check of each type that may stand there. */
export function byType(checks: Readonly<Record<string, Check>>): Check {
  return (value, at) => {
    if (!isJson(value)) return `${at}: must be an object`;
    const check = Object.hasOwn(checks, String(value.type)) ? checks[String(value.type)] : undefined;
    return check === undefined ? `${at}: unsupported type: ${String(value.type)}` : check(value, at);
  };
}

/** All of them: the first that has something to say. */
export function all(...checks: readonly Check[]): Check {
  return (value, at) => {
    for (const check of checks) {
      const wrong = check(value, at);
      if (wrong !== undefined) return wrong;
    }
    return undefined;
  };
}

/** A rule that no single field shows. */
export function rule(wrong: string, holds: (value: Json) => boolean): Check {
  return (value, at) => (isJson(value) && holds(value) ? undefined : `${at}: ${wrong}`);
}

export function unique(what: string, values: readonly unknown[]): string | undefined {
  const named = values.filter((value) => value !== undefined);
  const twice = named.find((value, index) => named.indexOf(value) !== index);
  return twice === undefined ? undefined : `${what} must be unique: ${String(twice)}`;
}

export function first(wrongs: readonly (string | undefined)[]): string | undefined {
  return wrongs.find((wrong) => wrong !== undefined);
}

/** A text object. */
export function text(longest: number, types: readonly string[] = ["plain_text", "mrkdwn"]): Check {
  const fields = { type: oneOf(...types), text: words(longest) };
  return (value, at) =>
    isJson(value) && value.type === "mrkdwn"
      ? shape(fields, { verbatim: truth })(value, at)
      : shape(fields, { emoji: truth, verbatim: truth })(value, at);
}

export function plain(longest: number): Check {
  return text(longest, ["plain_text"]);
}

/** docs.slack.dev/reference/block-kit: ids of blocks and of actions. */
export const ID = words(255);
