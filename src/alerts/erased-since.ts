import type { DeliveryHost } from "./delivery.ts";

type Host = Pick<DeliveryHost, "erasures" | "memory">;

/** A tick begins: what it reads from now on knows of all that was erased by now. */
export async function noteErasures(host: Host): Promise<void> {
  host.memory.erasures = (await host.erasures?.()) ?? null;
}

/** Something was erased since the tick began. */
export async function isErasedSince(host: Host): Promise<boolean> {
  const { erasures } = host.memory;
  return erasures !== null && host.erasures !== undefined && (await host.erasures()) > erasures;
}
