import { readFile } from "node:fs/promises";
import { initWasm, Resvg } from "@resvg/resvg-wasm";
import type { Chart } from "../../../src/ports/card.ts";
import { svgOf } from "./chart-svg.ts";

/** Twice the size at which it is shown: sharp on a phone. */
const ZOOM = 2;

let loaded: Promise<readonly Uint8Array[]> | undefined;

/** The chart as a picture: the same chart gives the same bytes, on every machine, since the fonts come with the program. */
export async function pngOf(chart: Chart): Promise<Uint8Array<ArrayBuffer>> {
  loaded ??= load();
  const fontBuffers = [...(await loaded)];
  const font = { fontBuffers, defaultFontFamily: "DejaVu Sans", sansSerifFamily: "DejaVu Sans" };
  const drawing = new Resvg(svgOf(chart), { font, fitTo: { mode: "zoom", value: ZOOM } });
  try {
    const image = drawing.render();
    const png = new Uint8Array(image.asPng());
    image.free();
    return png;
  } finally {
    drawing.free();
  }
}

/** The renderer and the two fonts, once; a failure is tried again by whoever draws next. */
async function load(): Promise<readonly Uint8Array[]> {
  try {
    const fileOf = (name: string) => readFile(new URL(import.meta.resolve(name)));
    const [wasm, ...fonts] = await Promise.all([
      fileOf("@resvg/resvg-wasm/index_bg.wasm"),
      fileOf("dejavu-fonts-ttf/ttf/DejaVuSans.ttf"),
      fileOf("dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf"),
    ]);
    await initWasm(wasm);
    return fonts;
  } catch (error) {
    loaded = undefined;
    throw error;
  }
}
