import type { Explanation } from "../../../../src/core/views-plan.ts";
import { Refusal } from "../../parts/refusal.tsx";

type Asked = Readonly<{ data: Explanation | undefined; error: unknown; isPending: boolean }>;

/** An explanation in sentences, with the figures and the limits behind it. */
export function Explained({ query }: Readonly<{ query: Asked }>) {
  const { data } = query;
  if (data === undefined)
    return query.isPending ? (
      <p className="explained" role="status">
        Solving again to find out{"\u2026"}
      </p>
    ) : (
      <Refusal error={query.error} />
    );
  return (
    <div className="explained">
      {data.says.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
      {data.figures.length > 0 && (
        <dl className="pairs">
          {data.figures.map(({ name, value }) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      )}
      {data.limits.length > 0 && (
        <ul>
          {data.limits.map(({ name, says }) => (
            <li key={name}>{says}</li>
          ))}
        </ul>
      )}
    </div>
  );
}
