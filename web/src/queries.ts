import { QueryClient } from "@tanstack/react-query";
import { ApiProblem } from "./api/client.ts";

/** What the pages have been answered. A refusal is not asked again; a failure of the way is, twice. */
export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 60_000,
      refetchOnWindowFocus: false,
      retry: (failures, error) =>
        failures < 2 && !(error instanceof ApiProblem && error.status >= 400 && error.status < 500),
    },
  },
});
