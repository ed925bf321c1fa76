import { expect, test } from "vitest";
import { votingGame } from "#core/power/game.ts";
import { votingPower } from "#core/power/indices.ts";
import { ratioText } from "#core/power/ratio.ts";

const times = (count: number, weight: number): number[] => Array.from({ length: count }, () => weight);
const eu15 = [10, 10, 10, 10, 8, 5, 5, 5, 5, 4, 4, 3, 3, 3, 2];
const nice = [
  ...times(4, 29),
  ...times(2, 27),
  14,
  13,
  ...times(5, 12),
  ...times(3, 10),
  ...times(5, 7),
  ...times(5, 4),
  3,
];
const council = [...times(5, 7), ...times(10, 1)];

// Counts as published: Felsenthal and Machover, The Measurement of Voting Power (1998) and their analysis of the Treaty of Nice (2001).
test.each([
  ["the Council of fifteen until 2004", votingGame(eu15, 62), 2_549n, 32_768n],
  ["the Council of 27 under Nice, by weight", votingGame(nice, 255), 2_718_774n, 134_217_728n],
  [
    "the Council of 27 under Nice, with a majority of members",
    votingGame(nice, 255, { leastMembers: 14 }),
    2_718_758n,
    134_217_728n,
  ],
  ["the Security Council as weights", votingGame(council, 39), 848n, 32_768n],
  ["a simple majority of fifteen", votingGame(times(15, 1), 8), 16_384n, 32_768n],
  ["two thirds of nine", votingGame(times(9, 1), 6), 130n, 512n],
  ["unanimity of thirty-two", votingGame(times(32, 1), 32), 1n, 4_294_967_296n],
])("%s: winning coalitions", (_name, game, winning, coalitions) => {
  expect(votingPower(game)).toMatchObject({ winning, coalitions });
});

test.each([
  ["as weights", votingGame(council, 39)],
  ["as nine of fifteen with five vetoes", votingGame(times(15, 0), 0, { leastMembers: 9, vetoes: [0, 1, 2, 3, 4] })],
])(
  "the Security Council %s: 421/2145 of Shapley-Shubik power for a permanent member, 4/2145 for another",
  (_name, game) => {
    const { members } = votingPower(game);
    expect(members.map((member) => ratioText(member.shapley))).toEqual([
      ...times(5, 0).map(() => "421/2145"),
      ...times(10, 0).map(() => "4/2145"),
    ]);
    expect(members.map((member) => member.swings)).toEqual([
      ...times(5, 0).map(() => 848n),
      ...times(10, 0).map(() => 84n),
    ]);
  },
);

test("the Council of six of 1958 gave Luxembourg no power", () => {
  const { members } = votingPower(votingGame([4, 4, 4, 2, 2, 1], 12));
  expect(members.map((member) => member.swings)).toEqual([10n, 10n, 10n, 6n, 6n, 0n]);
  expect(members.map((member) => ratioText(member.shapley))).toEqual(["7/30", "7/30", "7/30", "3/20", "3/20", "0/1"]);
});

test("with fewer than four against, a proposal is adopted whatever the population of those who are", () => {
  const weights = [40, 30, 20, 2, 2, 2, 1, 1, 1, 1];
  const [with4, without] = [
    votingPower(votingGame(weights, 65, { leastMembers: 6, leastAgainst: 4 })),
    votingPower(votingGame(weights, 65, { leastMembers: 6 })),
  ];
  expect(with4.winning > without.winning).toBe(true);
  expect(with4.members[9]!.swings > without.members[9]!.swings).toBe(true);
});
