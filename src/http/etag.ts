import { createHash } from "node:crypto";
import type { FastifyInstance } from "fastify";

/** Gives every whole answer of the API a weak tag of its content, and answers 304 to one who has it already. Streams go without. */
export function tagAnswers(app: FastifyInstance): void {
  app.addHook("onSend", async (request, reply, payload) => {
    if (request.method !== "GET" && request.method !== "HEAD") return payload;
    if (!request.url.startsWith("/api/")) return payload;
    if (!reply.hasHeader("cache-control")) void reply.header("cache-control", "no-cache");
    void reply.header("vary", "accept");
    if (reply.statusCode !== 200 || typeof payload !== "string") return payload;
    const tag = `W/"${createHash("sha1").update(payload).digest("base64url")}"`;
    void reply.header("etag", tag);
    if (!sameTag(request.headers["if-none-match"], tag)) return payload;
    void reply.code(304).removeHeader("content-type").removeHeader("content-length");
    return null;
  });
}

/** Compares weakly, as RFC 9110 has it for If-None-Match. */
function sameTag(asked: string | undefined, tag: string): boolean {
  if (asked === undefined) return false;
  const bare = tag.replace(/^W\//, "");
  return asked.trim() === "*" || asked.split(",").some((one) => one.trim().replace(/^W\//, "") === bare);
}
