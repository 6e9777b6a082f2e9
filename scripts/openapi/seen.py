"""Says of a vendor which calls never succeeded, and which met a rate limit, in what `hooks.py` wrote down."""

import json
import os
import sys

vendor, document = sys.argv[1:]
with open(document, encoding="utf-8") as file:
    paths = json.load(file)["paths"]
methods = {"get", "post", "put", "patch", "delete"}
missing = {f"{method.upper()} {path}" for path, item in paths.items() for method in item if method in methods}
limited = set()
with open(os.environ["EMULATOR_SEEN"], encoding="utf-8") as lines:
    for line in lines:
        of, call, status, code = json.loads(line)
        if of != vendor:
            continue
        # Xiaoe answers refusals with 200, too.
        if status == 200 and (vendor != "xiaoe" or code == 0):
            missing.discard(call)
        if status == 429 or (vendor == "xiaoe" and code in (2053, 2054)):
            limited.add(call)
for call in sorted(missing):
    print(f"never succeeded: {call}", file=sys.stderr)
for call in sorted(limited):
    print(f"met a rate limit: {call}", file=sys.stderr)
sys.exit(bool(missing or limited))
