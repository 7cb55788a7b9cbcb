const finalText = 0x81;

/** One unmasked WebSocket text frame (RFC 6455 section 5.2), as a server sends it without compression. */
export function textFrame(text: string): Buffer {
  const payload = Buffer.from(text, 'utf8');
  return Buffer.concat([header(payload.length), payload]);
}

function header(length: number): Buffer {
  if (length < 126) return Buffer.of(finalText, length);
  if (length < 65_536) {
    const short = Buffer.of(finalText, 126, 0, 0);
    short.writeUInt16BE(length, 2);
    return short;
  }
  const long = Buffer.alloc(10);
  long[0] = finalText;
  long[1] = 127;
  long.writeBigUInt64BE(BigInt(length), 2);
  return long;
}
