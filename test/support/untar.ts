import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

const block = 512;
const text = (header: Buffer, from: number, to: number): string =>
  header.toString("utf8", from, to).split("\0")[0] ?? "";

/** Writes the plain files of a tar archive below a folder (POSIX ustar; links and long-name extensions are left out). */
export function untar(archive: Buffer, folder: string): void {
  let at = 0;
  while (at + block <= archive.length && archive[at] !== 0) {
    const header = archive.subarray(at, at + block);
    const name = text(header, 0, 100);
    const size = Number.parseInt(text(header, 124, 136), 8);
    const isFile = header[156] === 0x30 || header[156] === 0;
    if (isFile) {
      const path = join(folder, name);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, archive.subarray(at + block, at + block + size), { mode: 0o755 });
    }
    at += block + Math.ceil(size / block) * block;
  }
}
