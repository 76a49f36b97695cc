"""Holds the results of the recorded cases to what is allowed of them: verdict.py RESULTS EXCEPTIONS"""

import collections
import fnmatch
import json
import sys

KINDS = {"hard", "words", "unverified", "peer", "floor"}


def read(path):
    """kind -> [(glob, reason)]; a line is: KIND GLOB REASON"""
    rules = collections.defaultdict(list)
    for number, line in enumerate(open(path, encoding="utf8"), 1):
        line = line.strip()
        if not line or line.startswith("#"):
            continue
        parts = line.split(None, 2)
        if len(parts) < 3 or parts[0] not in KINDS:
            sys.exit("%s:%d: expected KIND GLOB REASON, found: %s" % (path, number, line))
        rules[parts[0]].append((parts[1], parts[2]))
    return rules


def main():
    results = json.load(open(sys.argv[1], encoding="utf8"))
    rules = read(sys.argv[2])
    used = set()

    def allowed(kind, case):
        hits = [glob for glob, _ in rules[kind] if fnmatch.fnmatchcase(case, glob)]
        used.update((kind, glob) for glob in hits)
        return bool(hits)

    faults = []
    counts = collections.Counter(r["status"] for r in results)
    floors = dict(rules["floor"])
    least = int(floors["cases"].split()[0])
    share = float(floors["words"].split()[0])
    if len(results) < least:
        faults.append("only %d cases ran, at least %d are expected" % (len(results), least))
    words = []
    for r in results:
        # What a peer answers or a recording with one has is no use to a run without one.
        with_peer = allowed("peer", r["id"])
        if r["status"] == "FAIL" and not allowed("hard", r["id"]) and not with_peer:
            faults.append("hard failure: %s: %s" % (r["id"], r["first"]))
        if "cause text" in r["soft"] and not allowed("words", r["id"]):
            words.append(r["id"])
        if "unverified path" in r["soft"] and not allowed("unverified", r["id"]) and not with_peer:
            faults.append("unverified path, not explained: %s: %s" % (r["id"], r["first"]))
    if 100.0 * len(words) >= share * len(results):
        faults.append("other words than AWS's in %d of %d cases: %s" % (len(words), len(results), ", ".join(words)))
    for kind in ("hard", "unverified"):
        for glob, _ in rules[kind]:
            if (kind, glob) not in used:
                print("no longer needed: %s %s" % (kind, glob))
    print(
        "conformance: %d cases, %d pass, %d soft, %d fail (all of them explained in docs/conformance.md)"
        % (len(results), counts["PASS"], counts["SOFT"], counts["FAIL"])
        if not faults
        else "conformance: FAILED"
    )
    for fault in faults:
        print("  " + fault)
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
