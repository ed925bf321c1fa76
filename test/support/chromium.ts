import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliDecompressSync } from "node:zlib";
import { untar } from "./untar.ts";

/** A browser's program and the environment it needs. */
export type FoundBrowser = Readonly<{ program: string; env: Readonly<Record<string, string>> }>;

const cache = fileURLToPath(new URL("../../node_modules/.cache/", import.meta.url));

/** Its own fonts first, so that a page looks the same everywhere; the system's only for letters that those lack. */
const fontsConf = (folder: string): string => `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
  <dir>${folder}/fonts</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir>${folder}/font-cache</cachedir>
  ${["sans-serif", "serif", "monospace", "system-ui", "Arial", "Helvetica"]
    .map(
      (family) => `<alias binding="same"><family>${family}</family><prefer><family>Open Sans</family></prefer></alias>`,
    )
    .join("\n  ")}
</fontconfig>
`;

function unpackInto(folder: string, packed: string): void {
  const open = (name: string): Buffer => brotliDecompressSync(readFileSync(join(packed, name)));
  for (const archive of ["fonts.tar.br", "al2023.tar.br", "swiftshader.tar.br"]) untar(open(archive), folder);
  writeFileSync(join(folder, "chromium"), open("chromium.br"), { mode: 0o755 });
}

/**
 * The Chromium that npm brought, unpacked once into `node_modules/.cache` with the libraries and fonts it needs; undefined where npm has
 * none (anything but Linux x64). Unpacked aside and renamed into place: several test files may ask at once.
 */
export function unpackedChromium(): FoundBrowser | undefined {
  if (process.platform !== "linux" || process.arch !== "x64") return undefined;
  let root: string;
  try {
    root = dirname(dirname(createRequire(import.meta.url).resolve("@sparticuz/chromium")));
  } catch {
    return undefined;
  }
  const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { version: string };
  const folder = join(cache, `chromium-${version}`);
  if (!existsSync(folder)) {
    mkdirSync(cache, { recursive: true });
    const draft = mkdtempSync(`${folder}.`);
    unpackInto(draft, join(root, "bin"));
    writeFileSync(join(draft, "fonts.conf"), fontsConf(folder));
    try {
      renameSync(draft, folder);
    } catch {
      rmSync(draft, { recursive: true, force: true });
    }
  }
  return {
    program: join(folder, "chromium"),
    env: {
      LD_LIBRARY_PATH: [join(folder, "lib"), folder].join(delimiter),
      FONTCONFIG_FILE: join(folder, "fonts.conf"),
    },
  };
}

const usualPlaces: Partial<Record<NodeJS.Platform, readonly string[]>> = {
  darwin: [
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
  ],
  win32: ["ProgramFiles", "ProgramFiles(x86)", "LOCALAPPDATA"].flatMap((place) =>
    ["Google/Chrome/Application/chrome.exe", "Microsoft/Edge/Application/msedge.exe"].map((path) =>
      join(process.env[place] ?? "", path),
    ),
  ),
};

/** Chrome, Chromium or Edge as installed on this machine. */
export function installedBrowsers(): FoundBrowser[] {
  const names = ["google-chrome", "google-chrome-stable", "chromium", "chromium-browser", "microsoft-edge"];
  const onPath = (process.env["PATH"] ?? "")
    .split(delimiter)
    .flatMap((folder) => names.map((name) => join(folder, name)));
  const places = [...(usualPlaces[process.platform] ?? []), ...onPath];
  return places.filter((path) => existsSync(path)).map((program) => ({ program, env: {} }));
}
