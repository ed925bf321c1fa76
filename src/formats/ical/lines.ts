// RFC 5545, 3.1 and 3.3. Written here because the libraries tried each break it: see docs/decisions/0009-dependencies.md.

const longest = 75; // bytes of a line, without its end

/** A line folded so that no piece of it is longer than 75 bytes and no character is cut, with its end. */
export function contentLine(line: string): string {
  const pieces: string[] = [];
  let piece = "";
  let bytes = 0;
  for (const character of line) {
    const size = utf8Size(character);
    if (bytes + size > longest) {
      pieces.push(piece);
      piece = " ";
      bytes = 1;
    }
    piece += character;
    bytes += size;
  }
  return `${[...pieces, piece].join("\r\n")}\r\n`;
}

/** A text as a property's value; control characters, which iCalendar cannot hold, are left out but for ends of lines and tabs. */
export function textValue(text: string): string {
  return text
    .replaceAll(/\r\n?|[\u2028\u2029]/g, "\n")
    .replaceAll(/[^\P{Cc}\n\t]/gu, "")
    .replaceAll(/[\\;,]/g, (sign) => `\\${sign}`)
    .replaceAll("\n", "\\n");
}

/** An address as a property's value: as it is, with what no address holds encoded. */
export function uriValue(address: string): string {
  return address.replaceAll(/[\s\p{Cc}"<>\\]/gu, (sign) => encodeURIComponent(sign));
}

function utf8Size(character: string): number {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x80) return 1;
  if (code < 0x8_00) return 2;
  return code < 0x1_00_00 ? 3 : 4;
}
