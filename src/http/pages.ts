import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { extname, join } from "node:path";
import fastifyStatic from "@fastify/static";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { MainstayError } from "#core/errors.ts";
import { opened, readManifest } from "./opening.ts";
import { sendProblem } from "./problems.ts";

const forever = "public, max-age=31536000, immutable";

/**
 * Serves the built pages: files with a hash in their name for good, the rest checked each time; an address of a page gets index.html
 * with links to what that page needs first.
 */
export async function servePages(app: FastifyInstance, folder: string): Promise<void> {
  if (existsSync(folder)) {
    await app.register(fastifyStatic, {
      root: folder,
      index: false,
      preCompressed: true,
      cacheControl: false,
      setHeaders: (reply, path) => {
        void reply.header("cache-control", path.startsWith(join(folder, "assets")) ? forever : "no-cache");
      },
    });
  }
  const openPage = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const address = new URL(request.url, "http://localhost");
    const { pathname } = address;
    const isPage =
      (request.method === "GET" || request.method === "HEAD") &&
      !/^\/api\/./.test(pathname) &&
      extname(pathname) === "";
    const page = isPage ? await readFile(join(folder, "index.html"), "utf8").catch(() => undefined) : undefined;
    if (page === undefined)
      return sendProblem(reply, new MainstayError("unknown_address", `${request.method} ${pathname}`));
    return reply
      .type("text/html; charset=utf-8")
      .header("cache-control", "no-cache")
      .send(opened(page, address, await readManifest(folder)));
  };
  app.get("/", { schema: { hide: true } }, openPage);
  app.setNotFoundHandler(openPage);
}
