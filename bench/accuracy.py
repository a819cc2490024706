#!/usr/bin/env python3
"""Says how right the rules are: on labelled examples in log lines of several
forms, and on real logs.

The examples, the program that places them (carriers.py) and the one that scores
(score_detect.py) are no part of this repository: they are looked for in
LOGSPILL_CORPUS and in LOGSPILL_TOOLS.  What is printed here names examples by
their id, never by their text.

Exit: 0 every target is met, or there is no corpus; 1 a target is missed; 2 wrong
use, or what was named is not there.
"""

import argparse
import collections
import gzip
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent
BUILD = pathlib.Path(os.environ.get('LOGSPILL_BUILD', ROOT / 'build/release'))
CORPUS = pathlib.Path(
    os.environ.get('LOGSPILL_CORPUS', ROOT.parent / 'shared/corpus'))
TOOLS = pathlib.Path(os.environ.get('LOGSPILL_TOOLS', CORPUS.parent / 'tools'))
LOGSPILL = str(BUILD / 'logspill')
SCAN = [LOGSPILL, 'scan', '--quiet', '--format', 'jsonl']
SEVERITIES = ['info', 'low', 'medium', 'high', 'critical']

# What a group of kinds must reach: at least, or at most.
CREDENTIALS = ('token.', 'generic-kv', 'jwt', 'pem', 'url-cred')
IDENTIFIERS = ('uuid', 'other-id')
TARGETS = [('credentials found', 'at least', 0.85),
           ('personal, financial, network found', 'at least', 0.99),
           ('identifiers found', None, None),
           ('exact spans', 'at least', 0.90),
           ('negatives found as their kind', 'at most', 0.02),
           ('negatives found at medium or above', 'at most', 0.15)]

Row = collections.namedtuple('Row', 'line begin end kind positive id known')


def group_of(kind):
    if kind.startswith(CREDENTIALS):
        return 'credentials'
    if kind in IDENTIFIERS:
        return 'identifiers'
    return 'personal, financial, network'


def plain(kind):
    """A kind without the ways to write it: token.new-relic, token.newrelic."""
    return re.sub(r'[^a-z0-9.]', '', kind.lower())


def fail(message):
    print(f'accuracy: {message}', file=sys.stderr)
    sys.exit(2)


def find_tool(name):
    for folder in (TOOLS, CORPUS / 'detect'):
        if (folder / name).is_file():
            return str(folder / name)
    return fail(f'there is no {name} in {TOOLS} or {CORPUS / "detect"}')


def findings_of(path, *options):
    """The findings of one file, as the program prints them."""
    done = subprocess.run([*SCAN, *options, str(path)], check=False,
                          stdout=subprocess.PIPE, text=True)
    if done.returncode not in (0, 1):
        fail(f'the scan of {path.name} ended with {done.returncode}')
    rows = (json.loads(line) for line in done.stdout.splitlines())
    return done.stdout, [row for row in rows if row['type'] == 'finding']


def claimed_kinds():
    """Which kinds some rule says that it finds."""
    done = subprocess.run([LOGSPILL, 'rules', 'list', '--format', 'jsonl'],
                          check=True, stdout=subprocess.PIPE, text=True)
    return {plain(json.loads(line)['kind'])
            for line in done.stdout.splitlines()}


def read_rows(path):
    rows = []
    for text in path.read_text(encoding='ascii').splitlines()[1:]:
        line, begin, end, kind, expect, ident, _, known = text.split('\t')
        rows.append(Row(int(line), int(begin), int(end), kind, expect == '1',
                        ident, known == '1'))
    return rows


class Count:
    """Hits of how many."""

    def __init__(self):
        self.hits = self.all = 0

    def add(self, hit):
        self.hits += bool(hit)
        self.all += 1

    def share(self):
        return self.hits / self.all if self.all else None


def judge(rows, findings, sources, counts):
    """Adds to the counts; returns the ids of the positives that were missed."""
    by_line = collections.defaultdict(list)
    for finding in findings:
        by_line[finding['line']].append(finding)
    missed = set()
    for row in rows:
        over = [f for f in by_line[row.line]
                if f['span'][0] < row.end and row.begin < f['span'][1]]
        if not row.positive:
            counts['negatives found as their kind'].add(
                any(f['kind'] == row.kind for f in over))
            counts['negatives found at medium or above'].add(
                any(SEVERITIES.index(f['severity']) >= 2 for f in over))
            continue
        counts[f'{group_of(row.kind)} found'].add(over)
        if over and row.known:
            exact = any(f['span'] == [row.begin, row.end] for f in over)
            counts['exact spans'].add(exact)
            counts[f'source {sources[row.id]}'].add(exact)
        if not over:
            missed.add(row.id)
    return missed


def print_misses(missed, carriers, examples, claimed):
    """One line an example that some carrier hides."""
    print('\nmissed, each with the carriers that it is missed in')
    print(f'{"":13}{"KIND":28}{"SOURCE":13}{"ID":14}CARRIERS')
    totals = collections.Counter()
    lines = []
    for ident, names in missed.items():
        example = examples[ident]
        state = 'claimed' if plain(example['kind']) in claimed else 'not claimed'
        totals[state] += 1
        where = 'all' if len(names) == len(carriers) else ' '.join(names)
        lines.append(f'{state:13}{example["kind"]:28}{example["src"]:13}'
                     f'{ident[:12]:14}{where}')
    print('\n'.join(sorted(lines)))
    print(f'{totals["claimed"]} claimed, {totals["not claimed"]} not claimed')


def print_targets(counts):
    """Returns whether all are met."""
    print('\ntargets, over all carriers')
    met = True
    for name, side, target in TARGETS:
        share = counts[name].share()
        if share is None:
            continue
        if side is None:
            print(f'{"":8}{name:36}{share:6.3f}')
            continue
        good = share >= target if side == 'at least' else share <= target
        met &= good
        print(f'{"ok" if good else "MISSED":8}{name:36}{share:6.3f}'
              f'   {side} {target:.2f}')
    return met


def print_sources(counts):
    """Some sources mark `name = value` where the value leaks alone."""
    print('\nexact spans by who marked them')
    for name in sorted(counts):
        if name.startswith('source '):
            count = counts[name]
            print(f'        {name[7:]:36}{count.share():6.3f}   of {count.all}')


def named_by_key(finding):
    return finding['field'] is not None or any(
        reason.startswith('key ') for reason in finding['reasons'])


def judge_logs(folder):
    """Real logs: nothing at medium or above but mail and ids that a key names."""
    print('\nreal logs, findings at medium or above')
    met = True
    for path in sorted(folder.glob('*/*.log')):
        _, findings = findings_of(path)
        odd = [f for f in findings if f['kind'] != 'email' and not (
            f['class'].endswith(('_id', '_uuid')) and named_by_key(f))]
        met &= not odd
        print(f'{"MISSED" if odd else "ok":8}{path.name:24}'
              f'{len(findings):6} found, {len(odd)} of them odd')
        rules = collections.Counter((f['rule'], f['line']) for f in odd)
        for (rule, line), _ in list(rules.items())[:20]:
            print(f'        {path.name}:{line}: {rule}')
    return met


def parse():
    parser = argparse.ArgumentParser(description=__doc__.split('\n')[0])
    parser.add_argument('--carrier', action='append', metavar='NAME',
                        help='only this form of log line: kv, json, long ...')
    parser.add_argument('--min-severity', default='info', choices=SEVERITIES,
                        help='of findings that count as found (info)')
    parser.add_argument('--no-misses', action='store_true',
                        help='do not list what is missed')
    return parser.parse_args()


def detect(args, folder):
    """The examples in every carrier; returns whether all targets are met."""
    examples_file = CORPUS / 'detect/dev.ndjson.gz'
    with gzip.open(examples_file, 'rt', encoding='utf-8') as lines:
        examples = {row['id']: row for row in map(json.loads, lines)}
    sources = {ident: row['src'] for ident, row in examples.items()}
    placed, found = folder / 'placed', folder / 'found'
    found.mkdir()
    subprocess.run([sys.executable, find_tool('carriers.py'),
                    str(examples_file), str(placed)], check=True,
                   stdout=subprocess.DEVNULL)
    carriers = sorted(path.stem for path in placed.glob('*.log'))
    for name in args.carrier or []:
        if name not in carriers:
            fail(f'there is no carrier {name}; there are {", ".join(carriers)}')
    for path in placed.iterdir():
        if args.carrier and path.stem not in args.carrier:
            path.unlink()
    carriers = [name for name in carriers if not args.carrier
                or name in args.carrier]
    counts = collections.defaultdict(Count)
    missed = collections.defaultdict(list)
    for name in carriers:
        text, findings = findings_of(placed / f'{name}.log', '--min-severity',
                                     args.min_severity)
        (found / f'{name}.jsonl').write_text(text, encoding='utf-8')
        for ident in judge(read_rows(placed / f'{name}.tsv'), findings,
                           sources, counts):
            missed[ident].append(name)
    sys.stdout.flush()
    subprocess.run([sys.executable, find_tool('score_detect.py'), str(placed),
                    str(found), str(examples_file)], check=True)
    if not args.no_misses:
        print_misses(missed, carriers, examples, claimed_kinds())
    print_sources(counts)
    return print_targets(counts)


def main():
    args = parse()
    if not (CORPUS / 'detect/dev.ndjson.gz').is_file():
        message = f'there are no labelled examples in {CORPUS}/detect'
        if 'LOGSPILL_CORPUS' in os.environ:
            fail(message)
        print(f'accuracy: {message}; nothing was measured '
              '(LOGSPILL_CORPUS names another folder)')
        return 0
    with tempfile.TemporaryDirectory() as folder:
        met = detect(args, pathlib.Path(folder))
    if (CORPUS / 'loghub').is_dir():
        met &= judge_logs(CORPUS / 'loghub')
    return 0 if met else 1


if __name__ == '__main__':
    sys.exit(main())
