/** A straight scale from amounts to places on the page, with round marks. */
export type LinearScale = Readonly<{ at: (value: number) => number; ticks: readonly number[] }>;

/**
 * Maps `[low, high]`, widened to whole steps, onto `[start, end]` in CSS pixels. The step is 1, 2 or 5 times a power of ten, so that
 * there are about `count` of them; every mark is a multiple of it.
 */
export function linearScale(
  low: number,
  high: number,
  [start, end]: readonly [number, number],
  count = 4,
): LinearScale {
  const step = roundStep((high - low) / count);
  const [first, last] = [Math.floor(low / step), Math.max(Math.ceil(high / step), Math.floor(low / step) + 1)];
  return {
    at: (value) => start + ((value / step - first) / (last - first)) * (end - start),
    ticks: Array.from({ length: last - first + 1 }, (_, index) => (first + index) * step),
  };
}

/** The number of 1, 2 or 5 times a power of ten nearest to a width, on a logarithmic scale. */
function roundStep(width: number): number {
  if (!(width > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(width));
  const lead = width / power;
  return power * (lead >= Math.sqrt(50) ? 10 : lead >= Math.sqrt(10) ? 5 : lead >= Math.SQRT2 ? 2 : 1);
}
