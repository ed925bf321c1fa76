import { useQuery } from "@tanstack/react-query";
import { api, type OpenApi, type OpenApiOperation } from "../api/client.ts";
import { useTitle } from "../frame/hooks.ts";
import { Answered } from "../parts/states.tsx";

const methods = ["get", "post", "put", "patch", "delete"] as const;
type Entry = Readonly<{ path: string; method: string; operation: OpenApiOperation }>;

/** The API's own description as a page to read. */
export function ApiPage() {
  useTitle("API");
  const query = useQuery({ queryKey: ["openapi"], queryFn: ({ signal }) => api.openapi(signal) });
  return (
    <>
      <header className="headline">
        <h1>API</h1>
        <p className="standfirst">
          Everything on these pages comes from a public, read-only HTTP interface. The parameters of the address bar are
          the parameters of the API.
        </p>
      </header>
      <Answered query={query} what="the description of the API" tall>
        {(description) => <Description description={description} />}
      </Answered>
    </>
  );
}

function Description({ description }: Readonly<{ description: OpenApi }>) {
  const entries = Object.entries(description.paths).flatMap(([path, operations]) =>
    methods.flatMap((method): readonly Entry[] =>
      operations[method] === undefined ? [] : [{ path, method, operation: operations[method] }],
    ),
  );
  const groups = [...Map.groupBy(entries, (entry) => entry.operation.tags?.[0] ?? "API")];
  return (
    <div className="api">
      <nav aria-label="Parts of the API">
        <ul className="plain-list">
          {groups.map(([name, list]) => (
            <li key={name}>
              <b>{name}</b>
              <ul className="plain-list">
                {list.map((entry) => (
                  <li key={anchorOf(entry)}>
                    <a href={`#${anchorOf(entry)}`}>
                      <code>{entry.path.replace("/api/v1", "")}</code>
                    </a>
                  </li>
                ))}
              </ul>
            </li>
          ))}
        </ul>
        <p className="hint">
          OpenAPI 3.1: <a href="/api/v1/openapi.json">openapi.json</a>
        </p>
      </nav>
      <div>
        {description.info.description !== undefined && <p className="figure-text">{description.info.description}</p>}
        {entries.map((entry) => (
          <Operation key={anchorOf(entry)} entry={entry} />
        ))}
      </div>
    </div>
  );
}

function anchorOf({ path, method }: Entry): string {
  return `${method}-${path.replace(/[^a-z0-9]+/gi, "-").replace(/^-|-$/g, "")}`;
}

function Operation({ entry }: Readonly<{ entry: Entry }>) {
  const { path, method, operation } = entry;
  const parameters = operation.parameters ?? [];
  const plain = method === "get" && !path.includes("{") && !parameters.some((parameter) => parameter.required === true);
  return (
    <section className="figure operation" id={anchorOf(entry)}>
      <h2>
        <span className="method">{method.toUpperCase()}</span> <code>{path}</code>
      </h2>
      {operation.summary !== undefined && <p>{operation.summary}</p>}
      {operation.description !== undefined && operation.description !== operation.summary && (
        <p className="figure-text">{operation.description}</p>
      )}
      {parameters.length > 0 && (
        <div className="table-scroll" tabIndex={0} role="region" aria-label={`Parameters of ${path}`}>
          <table>
            <thead>
              <tr>
                <th scope="col">Parameter</th>
                <th scope="col">In</th>
                <th scope="col">Takes</th>
                <th scope="col">Meaning</th>
              </tr>
            </thead>
            <tbody>
              {parameters.map((parameter) => (
                <tr key={`${parameter.in}${parameter.name}`}>
                  <th scope="row">
                    <code>{parameter.name}</code>
                    {parameter.required === true && <span className="muted"> required</span>}
                  </th>
                  <td>{parameter.in}</td>
                  <td>{takes(parameter.schema)}</td>
                  <td>{parameter.description ?? ""}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <p className="hint">
        Answers:{" "}
        {Object.entries(operation.responses ?? {}).map(([status, response], index) => (
          <span key={status}>
            {index > 0 && "; "}
            <b>{status}</b> {response.description ?? ""} {Object.keys(response.content ?? {}).join(", ")}
          </span>
        ))}
        .
      </p>
      <pre>
        <code>{`curl ${method === "get" ? "" : `-X ${method.toUpperCase()} `}'${window.location.origin}${path}'`}</code>
      </pre>
      {plain && (
        <p>
          <a href={path}>Try it</a>
        </p>
      )}
    </section>
  );
}

/** A schema in a few words: its values, pattern or type. */
function takes(schema: Readonly<Record<string, unknown>> | undefined): string {
  if (schema === undefined) return "";
  const values = schema["enum"];
  if (Array.isArray(values)) return values.join(", ");
  const options = schema["anyOf"] ?? schema["oneOf"];
  if (Array.isArray(options))
    return options
      .map((option) => takes(option as Record<string, unknown>))
      .filter((text) => text !== "")
      .join(" or ");
  const type = typeof schema["type"] === "string" ? schema["type"] : "";
  const format =
    typeof schema["format"] === "string"
      ? ` (${schema["format"]})`
      : typeof schema["pattern"] === "string"
        ? ` like ${schema["pattern"]}`
        : "";
  const byDefault = schema["default"] === undefined ? "" : `, else ${JSON.stringify(schema["default"])}`;
  return `${type}${format}${byDefault}`;
}
