import { linearScale } from "../charts/scale.ts";
import type { VotingMember, VotingPowerView } from "../../../src/core/views-governed.ts";
import { useWidth } from "../charts/use-width.ts";
import { lengthOf } from "../format/amounts.ts";
import { percent, powerWords } from "./words.ts";

const row = 26;
const top = 22;

/** A line for each member: the bar is its part of the weight, the full dot its Shapley-Shubik index, the ring its Banzhaf index. */
export function PowerChart({
  view,
  members,
  title,
}: Readonly<{ view: VotingPowerView; members: readonly VotingMember[]; title: string }>) {
  const [box, width] = useWidth<HTMLDivElement>();
  const weighted = view.quota !== null;
  const left = Math.min(190, width * 0.36);
  const most = Math.max(
    ...members.flatMap(({ share, shapley, banzhaf }) => [share, shapley.decimal, banzhaf.decimal].map(lengthOf)),
  );
  const { at: x, ticks } = linearScale(0, most, [left, Math.max(width - 62, left + 10)], width < 620 ? 3 : 6);
  const height = top + members.length * row;
  return (
    <div ref={box} className="chart-box">
      <p className="legend" aria-hidden="true">
        {weighted && (
          <span>
            <i className="k7" /> part of the weight
          </span>
        )}
        <span>
          <i className="k1 power-key" /> Shapley–Shubik, written out
        </span>
        <span>
          <i className="power-key power-ring-key" /> Banzhaf
        </span>
      </p>
      {width > 0 && (
        <svg width={width} height={height} role="img" aria-label={`${title}. ${powerWords(view)}`}>
          {ticks.map((tick) => (
            <g key={tick}>
              <line x1={x(tick)} x2={x(tick)} y1={top - 4} y2={height} className={tick === 0 ? "axis" : "grid"} />
              <text x={x(tick)} y={12} textAnchor="middle" className="tick">
                {(tick * 100).toLocaleString("en", { maximumFractionDigits: 1 })}%
              </text>
            </g>
          ))}
          {members.map((member, index) => (
            <Line key={member.id} member={member} y={top + index * row + row / 2} x={x} weighted={weighted} />
          ))}
        </svg>
      )}
    </div>
  );
}

function Line({
  member,
  y,
  x,
  weighted,
}: Readonly<{ member: VotingMember; y: number; x: (value: number) => number; weighted: boolean }>) {
  const [shapley, banzhaf] = [lengthOf(member.shapley.decimal), lengthOf(member.banzhaf.decimal)];
  const share = lengthOf(member.share);
  return (
    <g>
      <text x={0} y={y + 4}>
        {member.name}
      </text>
      {weighted && (
        <rect x={x(0)} y={y - 4} width={Math.max(x(share) - x(0), 0)} height={8} className="k7 power-share" />
      )}
      <line x1={x(Math.min(shapley, banzhaf))} x2={x(Math.max(shapley, banzhaf))} y1={y} y2={y} className="axis" />
      <circle cx={x(banzhaf)} cy={y} r={4.5} className="power-ring" />
      <circle cx={x(shapley)} cy={y} r={5} className="k1" />
      <text x={x(Math.max(shapley, banzhaf, share)) + 9} y={y + 4} className="dot-label">
        {percent(member.shapley.decimal)}
      </text>
    </g>
  );
}
