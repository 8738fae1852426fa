import { createHash } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";

/** One WebSocket seen from the server: enough of RFC 6455 for Slack's Socket Mode (short text frames, ping, close). */
export interface SocketPeer {
  send(message: unknown): void;
  close(): void;
}

const CLOSE = 0x8;
const PING = 0x9;
const PONG = 0xa;

/** Takes over an upgraded connection; `heard` gets every JSON message. */
export function acceptSocket(request: IncomingMessage, socket: Duplex, heard: (message: object) => void, closed: () => void): SocketPeer {
  const accept = createHash("sha1").update(`${request.headers["sec-websocket-key"]}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest("base64");
  socket.write(`HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`);
  let pending = Buffer.alloc(0);
  socket.on("data", (data: Buffer) => {
    pending = Buffer.concat([pending, data]);
    for (let frame = frameOf(pending); frame !== undefined; frame = frameOf(pending)) {
      pending = pending.subarray(frame.length);
      if (frame.opcode === CLOSE) {
        socket.end(frameFor(CLOSE, frame.payload));
        return;
      }
      if (frame.opcode === PING) socket.write(frameFor(PONG, frame.payload));
      else if (frame.opcode === 1) heard(JSON.parse(frame.payload.toString("utf8")) as object);
    }
  });
  socket.on("error", () => {});
  socket.on("close", closed);
  return {
    send: (message) => void socket.write(frameFor(1, Buffer.from(JSON.stringify(message)))),
    close: () => void socket.end(frameFor(CLOSE, Buffer.from([0x03, 0xe8]))),
  };
}

interface Frame {
  readonly opcode: number;
  readonly payload: Buffer;
  /** Of the whole frame. */
  readonly length: number;
}

/** The first whole frame; a client masks every one. */
function frameOf(data: Buffer): Frame | undefined {
  if (data.length < 2) return undefined;
  const short = data[1]! & 0x7f;
  const start = short === 126 ? 4 : short === 127 ? 10 : 2;
  if (data.length < start + 4) return undefined;
  const size = short === 126 ? data.readUInt16BE(2) : short === 127 ? Number(data.readBigUInt64BE(2)) : short;
  const length = start + 4 + size;
  if (data.length < length) return undefined;
  const mask = data.subarray(start, start + 4);
  const payload = Buffer.from(data.subarray(start + 4, length)).map((byte, index) => byte ^ mask[index % 4]!);
  return { opcode: data[0]! & 0x0f, payload: Buffer.from(payload), length };
}

function frameFor(opcode: number, payload: Buffer): Buffer {
  const size = payload.length;
  const head = size < 126 ? Buffer.from([0x80 | opcode, size]) : Buffer.from([0x80 | opcode, 126, size >> 8, size & 0xff]);
  return Buffer.concat([head, payload]);
}
