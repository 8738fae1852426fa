import type { SlackPlatform } from "./slack-platform.ts";

/** The last page of an installation. */
export interface Installed {
  readonly status: number;
  readonly page: string;
}

/** A person of that workspace installs the app with a browser: the app's page, Slack's, and back. The app serves its pages at `app`. */
export async function installWithBrowser(
  platform: Pick<SlackPlatform, "consent">,
  app: string,
  answer: Parameters<SlackPlatform["consent"]>[0],
): Promise<Installed> {
  platform.consent(answer);
  const first = await fetch(`${app}/slack/install`, { redirect: "manual" });
  const asked = await fetch(locationOf(first), { redirect: "manual" });
  const cookie = first.headers.getSetCookie().map((set) => set.split(";")[0]!);
  const back = await fetch(locationOf(asked), { headers: { cookie: cookie.join("; ") } });
  return { status: back.status, page: await back.text() };
}

function locationOf(response: Response): string {
  const location = response.headers.get("location");
  if (location === null) throw new Error(`the browser is sent nowhere: ${response.status}`);
  return location;
}
