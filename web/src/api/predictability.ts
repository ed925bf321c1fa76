import type { PredictabilityView, RowsBehind } from "../../../src/core/views-predictability.ts";
import { get, type FrameParams } from "./client.ts";

type Asked = FrameParams &
  Readonly<{
    by?: string | undefined;
    period?: string | undefined;
    only?: string | undefined;
    unit?: string | undefined;
  }>;

const question = ({ as_of: _asOf, ...asked }: Asked) => asked;

/** How predictable the support is, and the rows behind one figure of it. */
export const predictabilityApi = {
  view: (asked: Asked, signal?: AbortSignal) =>
    get<PredictabilityView>("/foresight/predictability", question(asked), signal),
  rows: (asked: Asked & Readonly<{ indicator: string }>, signal?: AbortSignal) =>
    get<RowsBehind>("/foresight/predictability/rows", { ...question(asked), indicator: asked.indicator }, signal),
};
