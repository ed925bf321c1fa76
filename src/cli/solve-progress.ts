import type { SolveProgress } from "#core/planning/progress.ts";
import type { Terminal } from "./output.ts";
import { percentText } from "./plan-text.ts";

type Told = Readonly<{ progress: (progress: SolveProgress) => void; end: () => void }>;

/** Progress on standard error: a line redrawn in place on a terminal, elsewhere a line for every further step. */
export function tellOn(terminal: Terminal): Told {
  let last = "";
  return {
    progress: ({ step, incumbent, bound }) => {
      if (terminal.errIsTerminal) {
        const gap =
          incumbent === null || bound === null ? null : Math.max(0, bound - incumbent) / Math.max(bound, 1e-9);
        const best = incumbent === null ? "" : `, best ${incumbent.toFixed(2)}`;
        terminal.err(`\r\u001b[K${step}${best}${gap === null ? "" : `, gap ${percentText(gap)}`}`);
      } else if (step !== last) terminal.err(`${step}\n`);
      last = step;
    },
    end: () => {
      if (terminal.errIsTerminal && last !== "") terminal.err("\r\u001b[K");
    },
  };
}
