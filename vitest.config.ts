import { defineConfig } from "vitest/config";

/** Tests in a browser, some of which time what they see: they run apart from the others and one file at a time, so that nothing else is measured. */
const timed = ["test/web/**/*.test.ts", "test/**/page.test.ts"];

/** One run for everything: rules, database, command line, browser. The database tests of a project share one server, started by the global set-up. */
export default defineConfig({
  test: {
    globalSetup: ["test/support/global-setup.ts"],
    environment: "node",
    testTimeout: 30_000,
    hookTimeout: 60_000,
    teardownTimeout: 20_000,
    reporters: ["default"],
    pool: "forks",
    projects: [
      {
        extends: true,
        test: { name: "rules", include: ["test/**/*.test.ts"], exclude: timed, sequence: { groupOrder: 0 } },
      },
      {
        extends: true,
        test: {
          name: "pages",
          include: timed,
          testTimeout: 90_000,
          fileParallelism: false,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
