import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

/** The pages are built to dist/web, one chunk a page; `npm run dev` passes API calls on to the program. */
export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  build: {
    outDir: "../dist/web",
    emptyOutDir: true,
    target: ["chrome123", "firefox128", "safari17.5"],
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    reportCompressedSize: true,
  },
  server: { port: 4880, proxy: { "/api": process.env["MAINSTAY_API"] ?? "http://127.0.0.1:4870" } },
});
