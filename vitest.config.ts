import { defineConfig } from "vitest/config";

/** One run for everything: rules, database, command line, browser. The database tests share one server, started by the global set-up. */
export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    globalSetup: ["test/support/global-setup.ts"],
    environment: "node",
    testTimeout: 30_000,
    hookTimeout: 60_000,
    teardownTimeout: 20_000,
    reporters: ["default"],
    pool: "forks",
  },
});
