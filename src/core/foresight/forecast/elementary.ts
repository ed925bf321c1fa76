/**
 * Exponential, logarithm and the normal distribution from addition, multiplication, division and square root alone, which IEEE 754 fixes to the last bit:
 * the engine's own may differ between machines.
 */

const ln2High = 0.6931471803691238;
const ln2Low = 1.9082149292705877e-10;
const perLn2 = 1.4426950408889634;
const smallestPower = -1022;
const largestPower = 1023;
const powers = powersOfTwo();

function powersOfTwo(): Float64Array {
  const table = new Float64Array(largestPower - smallestPower + 1);
  let up = 1;
  let down = 1;
  for (let power = 0; power <= largestPower; power += 1) {
    table[power - smallestPower] = up;
    if (power <= -smallestPower) table[-power - smallestPower] = down;
    up *= 2;
    down /= 2;
  }
  return table;
}

/** e to the x, to about one part in 10^15. 0 below -708, infinite above 709. */
export function exponential(x: number): number {
  if (x < -708) return 0;
  if (x > 709) return Infinity;
  const power = Math.floor(x * perLn2 + 0.5);
  const r = x - power * ln2High - power * ln2Low;
  // The remainder is at most ln(2)/2, where the series of 13 terms is exact to the last bits.
  let sum = 1 / 6227020800;
  sum = sum * r + 1 / 479001600;
  sum = sum * r + 1 / 39916800;
  sum = sum * r + 1 / 3628800;
  sum = sum * r + 1 / 362880;
  sum = sum * r + 1 / 40320;
  sum = sum * r + 1 / 5040;
  sum = sum * r + 1 / 720;
  sum = sum * r + 1 / 120;
  sum = sum * r + 1 / 24;
  sum = sum * r + 1 / 6;
  sum = sum * r + 0.5;
  sum = sum * r + 1;
  sum = sum * r + 1;
  return sum * (powers[power - smallestPower] as number);
}

const float = new Float64Array(1);
const halves = new Uint32Array(float.buffer);
float[0] = 1;
const high = halves[1] === 0x3ff00000 ? 1 : 0; // which half holds the exponent, by the machine's order of bytes
const smallestNormal = 2.2250738585072014e-308;

/** The natural logarithm of a positive, finite number; minus infinity for 0. */
export function logarithm(x: number): number {
  if (x <= 0) return -Infinity;
  const isSmall = x < smallestNormal;
  float[0] = isSmall ? x * 18014398509481984 : x;
  const word = halves[high] as number;
  let power = (word >>> 20) - 1023 - (isSmall ? 54 : 0);
  halves[high] = (word & 0x000fffff) | 0x3ff00000;
  let mantissa = float[0];
  if (mantissa > Math.SQRT2) {
    mantissa *= 0.5;
    power += 1;
  }
  // ln m = 2 artanh((m - 1) / (m + 1)), whose argument is at most 0.172.
  const s = (mantissa - 1) / (mantissa + 1);
  const z = s * s;
  let sum = 1 / 21;
  sum = sum * z + 1 / 19;
  sum = sum * z + 1 / 17;
  sum = sum * z + 1 / 15;
  sum = sum * z + 1 / 13;
  sum = sum * z + 1 / 11;
  sum = sum * z + 1 / 9;
  sum = sum * z + 1 / 7;
  sum = sum * z + 1 / 5;
  sum = sum * z + 1 / 3;
  sum = sum * z + 1;
  return power * ln2High + (2 * s * sum + power * ln2Low);
}

/**
 * The normal quantile of a probability between 0 and 1, both excluded, to about one part in 10^16.
 * Wichura, "Algorithm AS 241: the percentage points of the normal distribution" (1988), PPND16.
 */
export function normalQuantile(probability: number): number {
  const q = probability - 0.5;
  if (q <= 0.425 && q >= -0.425) return centralQuantile(q);
  const tail = q < 0 ? probability : 1 - probability;
  const r = Math.sqrt(-logarithm(tail));
  const value = r <= 5 ? nearTail(r - 1.6) : farTail(r - 5);
  return q < 0 ? -value : value;
}

function centralQuantile(q: number): number {
  const r = 0.180625 - q * q;
  return (
    (q *
      (((((((2509.0809287301227 * r + 33430.57558358813) * r + 67265.7709270087) * r + 45921.95393154987) * r +
        13731.69376550946) *
        r +
        1971.5909503065513) *
        r +
        133.14166789178438) *
        r +
        3.3871328727963665)) /
    (((((((5226.495278852854 * r + 28729.085735721943) * r + 39307.89580009271) * r + 21213.794301586597) * r +
      5394.196021424751) *
      r +
      687.1870074920579) *
      r +
      42.31333070160091) *
      r +
      1)
  );
}

function nearTail(r: number): number {
  return (
    (((((((0.0007745450142783414 * r + 0.022723844989269184) * r + 0.2417807251774506) * r + 1.2704582524523684) * r +
      3.6478483247632045) *
      r +
      5.769497221460691) *
      r +
      4.630337846156546) *
      r +
      1.4234371107496835) /
    (((((((1.0507500716444169e-9 * r + 0.0005475938084995345) * r + 0.015198666563616457) * r + 0.14810397642748008) *
      r +
      0.6897673349851) *
      r +
      1.6763848301838038) *
      r +
      2.053191626637759) *
      r +
      1)
  );
}

function farTail(r: number): number {
  return (
    (((((((2.0103343992922881e-7 * r + 2.7115555687434876e-5) * r + 0.0012426609473880784) * r + 0.026532189526576124) *
      r +
      0.29656057182850487) *
      r +
      1.7848265399172913) *
      r +
      5.463784911164114) *
      r +
      6.657904643501103) /
    (((((((2.0442631033899397e-15 * r + 1.421511758316446e-7) * r + 1.8463183175100548e-5) * r +
      0.0007868691311456133) *
      r +
      0.014875361290850615) *
      r +
      0.1369298809227358) *
      r +
      0.599832206555888) *
      r +
      1)
  );
}

/** The probability below z of the normal distribution, by Marsaglia's series (2004): to about one part in 10^15 within 7 of 0, 0 and 1 beyond. */
export function normalProbability(z: number): number {
  if (z < -7) return 0;
  if (z > 7) return 1;
  let sum = z;
  let term = z;
  for (let odd = 3; odd < 401; odd += 2) {
    term *= (z * z) / odd;
    sum += term;
  }
  return 0.5 + sum * 0.3989422804014327 * exponential(-0.5 * z * z);
}
