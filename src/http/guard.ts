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
  if (!isLoopback(request.socket.remoteAddress))
    return `a request from ${request.socket.remoteAddress ?? "an unknown address"}`;
  if (!localNames.has(host.replace(/:\d+$/, "").toLowerCase())) return `the host ${JSON.stringify(host)}`;
  if (origin !== undefined && origin !== `http://${host}`) return `a page of ${JSON.stringify(origin)}`;
  return otherSite(request);
}

/**
 * Why a phone may not sign, undefined when it may. The secret in the address allows it, whatever machine it comes from; a page of another site that somehow
 * knew one may not use it.
 */
function whyNotSigning(request: FastifyRequest): string | undefined {
  const { host = "", origin } = request.headers;
  if (origin !== undefined && origin !== `http://${host}` && origin !== `https://${host}`)
    return `a page of ${JSON.stringify(origin)}`;
  return otherSite(request);
}

function otherSite(request: FastifyRequest): string | undefined {
  const site = request.headers["sec-fetch-site"];
  return site === undefined || site === "same-origin" || site === "none"
    ? undefined
    : `a request that the browser calls ${JSON.stringify(site)}`;
}

/** Lets only this machine write, whatever the route; but a phone may sign by a link, which is all that it may. */
export function guardWriting(app: FastifyInstance): void {
  app.addHook("onRequest", async (request) => {
    if (reading.has(request.method)) return;
    const isSigning = request.routeOptions.config?.signing === true;
    const why = isSigning ? whyNotSigning(request) : whyNotWriting(request);
    if (why !== undefined) throw new MainstayError("writing_refused", why);
  });
}
