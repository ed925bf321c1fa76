import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";
import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";

/** Puts each script and style beside itself packed as small as it gets, so that no request waits for packing. */
function packed(): Plugin {
  return {
    name: "packed",
    apply: "build",
    writeBundle({ dir = "" }, bundle) {
      for (const name of Object.keys(bundle).filter((file) => /^assets\/.*\.(js|css)$/.test(file))) {
        const bytes = readFileSync(join(dir, name));
        writeFileSync(join(dir, `${name}.br`), brotliCompressSync(bytes));
        writeFileSync(join(dir, `${name}.gz`), gzipSync(bytes, { level: 9 }));
      }
    },
  };
}

const groups = [
  {
    name: "frame",
    test: /node_modules[\\/](react|react-dom|scheduler|use-sync-external-store)[\\/]|@tanstack[\\/](?!.*virtual)/,
  },
  { name: "figure", test: /web[\\/]src[\\/](figure|charts[\\/](axes|bars|colours|columns|scale|stair|use-width)\.)/ },
];

/** The pages are built to dist/web, one chunk a page; `npm run dev` passes API calls on to the program. The manifest tells the program which. */
export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), packed()],
  build: {
    outDir: "../dist/web",
    emptyOutDir: true,
    target: ["chrome123", "firefox128", "safari17.5"],
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    manifest: "manifest.json",
    rolldownOptions: { output: { codeSplitting: { groups } } },
  },
  server: { port: 4880, proxy: { "/api": process.env["MAINSTAY_API"] ?? "http://127.0.0.1:4870" } },
});
