import type { types } from "@slack/bolt";
import type { Home } from "../../../src/ports/form.ts";
import { plain } from "./form-field.ts";
import { blocksOf } from "./message.ts";
import { VIEW_BLOCKS } from "./modal-view.ts";

export const HOME_CALLBACK = "home";
/** What the buttons that turn the page are called; the value is the page. */
export const TURN = "home/page";

/** Slack refuses a view of more than 250 kB (view_too_large). */
const VIEW_BYTES = 200_000;

type Blocks = readonly types.KnownBlock[];

/** The cards in pages of one view each, in order, a card kept whole where it fits a page; one block is left for the buttons that turn it. */
export function pagesOf({ cards }: Home): readonly [Blocks, ...Blocks[]] {
  const pages: types.KnownBlock[][] = [[]];
  for (const card of cards) {
    const blocks = blocksOf(card, "view");
    if (!fits([...pages.at(-1)!, ...blocks]) && pages.at(-1)!.length > 0 && fits(blocks)) pages.push([]);
    for (const block of blocks) {
      if (!fits([...pages.at(-1)!, block]) && pages.at(-1)!.length > 0) pages.push([]);
      pages.at(-1)!.push(block);
    }
  }
  const [first, ...others] = pages;
  return [first!, ...others];
}

function fits(blocks: Blocks): boolean {
  return blocks.length < VIEW_BLOCKS && Buffer.byteLength(JSON.stringify(blocks)) <= VIEW_BYTES;
}

/** One page as Slack shows it; a page that is not there any more is the last one. */
export function homeView(home: Home, wanted: number): types.HomeView {
  const pages = pagesOf(home);
  const page = Math.min(Math.max(wanted, 0), pages.length - 1);
  const turns: types.Button[] = [
    ...(page > 0 ? [turn(home.previous, page - 1)] : []),
    ...(page < pages.length - 1 ? [turn(home.next, page + 1)] : []),
  ];
  return {
    type: "home",
    callback_id: HOME_CALLBACK,
    private_metadata: JSON.stringify({ page }),
    blocks: [...pages[page]!, ...(turns.length === 0 ? [] : [{ type: "actions" as const, elements: turns }])],
  };
}

/** Action ids differ within a block. */
function turn(label: string, page: number): types.Button {
  return { type: "button", action_id: `${TURN}/${page}`, text: plain(label, 75), value: String(page) };
}

/** Which page of the Home was looked at. */
export function pageIn(metadata: string | undefined): number {
  try {
    const { page } = JSON.parse(metadata ?? "") as { readonly page?: unknown };
    return typeof page === "number" && Number.isInteger(page) ? page : 0;
  } catch {
    return 0;
  }
}
