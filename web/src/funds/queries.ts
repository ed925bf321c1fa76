import { queryOptions } from "@tanstack/react-query";
import { fundApi } from "../api/funds.ts";

export const fundsQuery = (book: string, asOf: string | undefined) =>
  queryOptions({ queryKey: ["funds", book, asOf], queryFn: ({ signal }) => fundApi.list(book, asOf, signal) });

export const fundQuery = (fund: string, asOf: string | undefined) =>
  queryOptions({
    queryKey: ["fund", fund, asOf],
    queryFn: ({ signal }) => fundApi.fund(fund, asOf, signal),
    placeholderData: (previous) => (previous?.id === fund ? previous : undefined),
  });

export const callQuery = (fund: string, call: string, asOf: string | undefined) =>
  queryOptions({
    queryKey: ["call", fund, call, asOf],
    queryFn: ({ signal }) => fundApi.call(fund, call, asOf, signal),
    placeholderData: (previous) => (previous?.id === call ? previous : undefined),
  });
