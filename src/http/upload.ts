import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { MainstayError } from "#core/errors.ts";
import { actorField } from "./route.ts";

/** Routes that take a file as it is, of whatever type, up to so many bytes. */
export async function takingFiles(
  app: FastifyInstance,
  largest: number,
  routes: (scope: FastifyInstance) => void,
): Promise<void> {
  await app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser("*", { parseAs: "buffer", bodyLimit: largest }, (_, body, done) => done(null, body));
    routes(scope);
  });
}

/** @throws MainstayError empty_file where nothing was sent */
export function sentFile(body: unknown): Buffer {
  if (Buffer.isBuffer(body) && body.length > 0) return body;
  throw new MainstayError("empty_file", undefined, { field: "body" });
}

/** What is said of a file of things kept by versions, beside the file. */
export const importQuery = z.strictObject({
  file_name: z.string().max(255).default("file"),
  skip_bad: z.enum(["true", "false"]).optional().describe("true: enter the good rows and leave the others out"),
  source: z.string().max(300).optional().describe("The document's title; the file's name without it"),
  publisher: z.string().max(300).optional(),
  published: z.string().max(40).optional().describe("The day of publication, YYYY-MM-DD"),
  url: z.string().max(2000).optional(),
  reason: z.string().max(5000).optional().describe("Why what is on record changes"),
  actor: actorField,
});
