import type { ServerResponse } from "node:http";
import type { Language } from "../../../src/time/wording.ts";

export interface Page {
  readonly status: number;
  readonly language: Language;
  readonly title: string;
  readonly sentences: readonly string[];
  readonly link?: { readonly to: string; readonly label: string };
}

/** Shows a page of plain sentences: no script, no picture, nothing from elsewhere, and nothing that a browser keeps. */
export function showPage(response: ServerResponse, { status, language, title, sentences, link }: Page): void {
  const parts = [
    ...sentences.map(escapeHtml),
    ...(link === undefined ? [] : [`<a href="${escapeHtml(link.to)}">${escapeHtml(link.label)}</a>`]),
  ];
  const body = parts.map((part) => `<p>${part}</p>`).join("\n");
  response.writeHead(status, {
    "content-type": "text/html; charset=utf-8",
    "content-security-policy": "default-src 'none'; form-action 'none'; frame-ancestors 'none'; base-uri 'none'",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "cache-control": "no-store",
  });
  response.end(
    `<!doctype html>\n<html lang="${language}">\n<head><meta charset="utf-8"><meta name="viewport" content="width=device-width">` +
      `<title>${escapeHtml(title)}</title></head>\n<body>\n<main>\n<h1>${escapeHtml(title)}</h1>\n${body}\n</main>\n</body>\n</html>\n`,
  );
}

function escapeHtml(text: string): string {
  const marks: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
  return text.replace(/[&<>"']/g, (mark) => marks[mark]!);
}
