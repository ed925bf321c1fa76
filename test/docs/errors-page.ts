import { describeError, errorCatalogue, type ErrorCode } from "#core/errors.ts";
import { statusOf } from "../../src/http/problems.ts";

/** docs/errors.md: every refusal with what it says, what to do, and its status over the API. */
export function errorsPage(): string {
  const rows = (Object.keys(errorCatalogue) as ErrorCode[]).map((code) => {
    const { title, advice } = errorCatalogue[code];
    return `| \`${code}\` | ${title} | ${advice.replaceAll("|", "\\|")} | ${statusOf(code)} |`;
  });
  const example = describeError("invalid_amount", '"1.250.000"', { file: "payments.csv", row: 14, column: "Amount" });
  return `# Errors

<!-- Written by \`npm test -- test/docs -u\` from src/core/errors.ts. -->

A refusal says what is wrong, what was found, where, and what to do:

> ${example}

The command line prints it on standard error after \`mainstay: \` and ends with exit code 1; with \`--json\` it prints
\`{"error": {"code", "message", "found", "place"}}\` there instead. The API answers \`application/problem+json\` (RFC 9457) with \`code\`, \`title\`,
\`detail\` (what to do), \`found\` and \`place\`. Exit code 2 is wrong usage: an unknown command or option, or a missing one.

What is refused changes nothing on record. Each code below is
provoked by a test.

| code | what it says | what to do | status |
|---|---|---|---|
${rows.join("\n")}
`;
}
