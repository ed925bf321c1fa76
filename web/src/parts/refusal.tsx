import { ApiProblem } from "../api/client.ts";
import { withCode } from "./states.tsx";

/** Beside a form: why what was sent is not on record, in the server's words. Nothing when there is nothing to say. */
export function Refusal({ error }: Readonly<{ error: unknown }>) {
  if (error === null || error === undefined) return null;
  const problem = error instanceof ApiProblem ? error : null;
  return (
    <div className="refusal" role="alert">
      <p>
        <strong>{problem?.message ?? "That could not be sent."}</strong>{" "}
        {problem !== null && problem.found !== "" && (
          <>
            Found{problem.place === "" ? "" : ` in ${problem.place}`}: {problem.found}.{" "}
          </>
        )}
        {withCode(problem?.detail ?? (error instanceof Error ? error.message : ""))}
      </p>
      {problem !== null && problem.code !== "" && <p className="hint">{problem.code}</p>}
    </div>
  );
}
