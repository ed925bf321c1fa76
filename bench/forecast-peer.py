"""The benchmark's model of a forecast in numpy, vectorised over blocks of paths. Prints seconds and P10, P50, P90 of the last month as JSON."""

import json
import sys
import time

import numpy as np

asked = json.loads(sys.argv[1])
paths, givers, months, block = asked["paths"], asked["givers"], asked["months"], 2048
rng = np.random.Generator(np.random.SFC64(1))
table_z = np.linspace(-6, 6, 385)
tables = [np.array(table) for table in asked["tables"]]
planned = np.array(asked["planned"])
currency = np.array(asked["currency"])
volatility = np.array(asked["volatility"])
shared, own = np.sqrt(asked["commonShare"]), np.sqrt(1 - asked["commonShare"])
month = np.arange(months)


def run(count):
    common = rng.standard_normal(count)
    taken = rng.random(count) < asked["odds"]
    late = asked["decisionDelay"] * np.exp(asked["decisionSigma"] * rng.standard_normal(count))
    arriving = np.zeros((len(volatility), count, months))
    for giver in range(givers):
        scale = np.interp(shared * common + own * rng.standard_normal(count), table_z, tables[giver % len(tables)])
        delay = asked["delay"] * np.exp(asked["sigma"] * (own * rng.standard_normal(count) - shared * common))
        if giver % 5 == 0:
            scale = scale * taken
            delay = delay + late
        whole = np.minimum(np.floor(delay), months).astype(np.int64)
        later = scale * np.minimum(delay - np.floor(delay), 1)
        padded = np.concatenate([np.zeros(months + 1), planned[giver]])
        at = month[None, :] - whole[:, None] + months + 1
        arriving[currency[giver]] += (scale - later)[:, None] * padded[at] + later[:, None] * padded[at - 1]
    for index, step in enumerate(volatility):
        if step > 0:
            arriving[index] *= np.cumprod(1 + step * rng.standard_normal((count, months)), axis=1)
    return np.cumsum(arriving.sum(axis=0), axis=1)


began, cpu = time.perf_counter(), time.process_time()
out = np.empty((months, paths))
for first in range(0, paths, block):
    count = min(block, paths - first)
    out[:, first : first + count] = run(count).T
places = [int(np.ceil(share * paths)) - 1 for share in (0.1, 0.5, 0.9)]
bands = [np.partition(row, places)[places] for row in out]
spent = {"seconds": time.perf_counter() - began, "cpu": time.process_time() - cpu}
print(json.dumps({**spent, "band": list(bands[-1])}))
