import type { FastifyReply } from "fastify";

/** Raised when the one who asked has gone, or has the answer. */
export function goneSignal(reply: FastifyReply): AbortSignal {
  const gone = new AbortController();
  reply.raw.once("close", () => gone.abort());
  return gone.signal;
}
