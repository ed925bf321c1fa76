import type {
  ForecastRecord,
  ForecastView,
  SavedScenario,
  ScenarioChoices,
  ScenarioComparison,
  ScenarioList,
} from "../../../src/core/views-forecast.ts";
import { actorKept } from "../parts/acting-as.tsx";
import { ApiProblem, apiAddress, get, post } from "./client.ts";

export type ForecastParams = Readonly<{
  book?: string | undefined;
  known_at?: string | undefined;
  horizon?: string | undefined;
}>;
export type Progress = Readonly<{ step: string; done: number }>;

type Followed = Readonly<{ signal: AbortSignal; onProgress: (progress: Progress) => void }>;

/** The forecast and what belongs to it. What takes long is followed as it goes; whoever stops listening cancels it. */
export const forecastApi = {
  forecast: (params: ForecastParams, followed: Followed) =>
    follow<ForecastView>(apiAddress("/foresight/forecast/events", params), followed),
  comparison: (params: ForecastParams, scenarios: readonly string[], followed: Followed) => {
    const address = apiAddress("/foresight/scenario-comparison/events", params);
    const named = scenarios.map((scenario) => `with=${encodeURIComponent(scenario)}`).join("&");
    return follow<ScenarioComparison>(`${address}${address.includes("?") ? "&" : "?"}${named}`, followed);
  },
  record: (book: string | undefined, signal?: AbortSignal) =>
    get<ForecastRecord>("/foresight/forecast/record", { book }, signal),
  scenarios: (signal?: AbortSignal) => get<ScenarioList>("/foresight/scenarios", {}, signal),
  choices: ({ book, known_at }: ForecastParams, signal?: AbortSignal) =>
    get<ScenarioChoices>("/foresight/scenario-choices", { book, known_at }, signal),
  save: (scenario: Readonly<Record<string, unknown>>) =>
    post<SavedScenario>("/foresight/scenarios", { scenario, actor: actorKept() }),
} as const;

/** Listens until the answer is there. Errors: ApiProblem with the server's refusal. */
async function follow<T>(address: string, { signal, onProgress }: Followed): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const events = new EventSource(address);
    const end = (settle: () => void) => {
      events.close();
      settle();
    };
    events.addEventListener("progress", (event: MessageEvent<string>) =>
      onProgress(JSON.parse(event.data) as Progress),
    );
    events.addEventListener("end", (event: MessageEvent<string>) => end(() => resolve(JSON.parse(event.data) as T)));
    events.addEventListener("refused", (event: MessageEvent<string>) => {
      const { code, message } = JSON.parse(event.data) as Readonly<{ code: string; message: string }>;
      end(() => reject(new ApiProblem(422, { title: message, code })));
    });
    events.addEventListener("error", () => {
      const asked = address.replace("/events", "");
      events.close();
      // What was refused before it began has its reason under the plain address.
      fetch(asked, { signal })
        .then(async (response) => {
          const body: unknown = await response.json();
          if (response.ok) resolve(body as T);
          else reject(new ApiProblem(response.status, body as object));
        })
        .catch(reject);
    });
    signal.addEventListener("abort", () => end(() => reject(new DOMException("Stopped", "AbortError"))));
  });
}
