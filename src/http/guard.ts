import type { FastifyInstance, FastifyRequest } from "fastify";
import { MainstayError } from "#core/errors.ts";

const reading = new Set(["GET", "HEAD", "OPTIONS"]);
const localNames = new Set(["localhost", "127.0.0.1", "[::1]"]);

/** Whether an address of a socket is this machine's own. */
export function isLoopback(address: string | undefined): boolean {
  return address !== undefined && (/^(::ffff:)?127\./.test(address) || address === "::1");
}

/** Why a request may not write, undefined when it may. The host's name is looked at so that a site cannot reach in by a name of its own that points here. */
function whyNotWriting(request: FastifyRequest): string | undefined {
  const { host = "", origin } = request.headers;
  const site = request.headers["sec-fetch-site"];
  if (!isLoopback(request.socket.remoteAddress))
    return `a request from ${request.socket.remoteAddress ?? "an unknown address"}`;
  if (!localNames.has(host.replace(/:\d+$/, "").toLowerCase())) return `the host ${JSON.stringify(host)}`;
  if (origin !== undefined && origin !== `http://${host}`) return `a page of ${JSON.stringify(origin)}`;
  if (site !== undefined && site !== "same-origin" && site !== "none")
    return `a request that the browser calls ${JSON.stringify(site)}`;
  return undefined;
}

/** Lets only this machine write, whatever the route. */
export function guardWriting(app: FastifyInstance): void {
  app.addHook("onRequest", async (request) => {
    if (reading.has(request.method)) return;
    const why = whyNotWriting(request);
    if (why !== undefined) throw new MainstayError("writing_refused", why);
  });
}
