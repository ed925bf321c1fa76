import type { Signed, SignView } from "../../../src/core/views-delivery.ts";
import { get, post } from "./client.ts";

const address = (token: string) => `/sign/${encodeURIComponent(token)}`;

/** What a phone shows and sends, by the secret in its link. */
export const signApi = {
  view: (token: string, signal?: AbortSignal) => get<SignView>(address(token), {}, signal),
  sign: (
    token: string,
    body: Readonly<{
      lines: readonly Readonly<{ line: number; pieces: number }>[];
      seen: string;
      name?: string | undefined;
      note?: string | undefined;
    }>,
  ) => post<Signed>(address(token), body),
} as const;
