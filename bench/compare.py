#!/usr/bin/env python3
"""Measures logspill beside other tools and prints the ratios.

Figures that are compared come from one run: the two sides of a ratio take turns,
and the median of the ratios of neighbours is printed.  Output goes through a pipe
that is drained, for some tools stop early on /dev/null.  Before anything is timed
the findings are compared with the truth: a wrong run has no speed.

Environment: LOGSPILL_BUILD (the build folder), LOGSPILL_CORPUS (holds loghub/),
LOGSPILL_PATTERNS (the patterns given to ripgrep).
"""

import argparse
import collections
import datetime
import fcntl
import gzip
import json
import os
import pathlib
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent
BUILD = pathlib.Path(os.environ.get('LOGSPILL_BUILD', ROOT / 'build/release'))
CORPUS = pathlib.Path(
    os.environ.get('LOGSPILL_CORPUS', ROOT.parent / 'shared/corpus'))
PATTERNS = pathlib.Path(
    os.environ.get('LOGSPILL_PATTERNS', CORPUS.parent / 'tools/patterns20.txt'))
LOGSPILL = str(BUILD / 'logspill')
SCAN = [LOGSPILL, 'scan', '--color', 'never', '--quiet']
INFO = ['--min-severity', 'info']
MIB = 1 << 20
# What the source pass is measured on: the first that is installed.
SOURCES = [pathlib.Path(path) for path in (
    os.environ.get('LOGSPILL_SOURCE', '/usr/lib/python3/dist-packages/nova'),
    '/usr/lib/python3/dist-packages')]
# What the corpus of placement was printed by.
PACKAGES = pathlib.Path('/usr/lib/python3/dist-packages')
PRINTED_BY = [PACKAGES / name for name in (
    'placement', 'oslo_config', 'oslo_concurrency', 'alembic')]
TOKENS = (r'\.(debug|info|warn|warning|error|exception|critical|fatal|log)\('
          r'|print\(')

Run = collections.namedtuple('Run', 'seconds peak_bytes status tail size')
Row = collections.namedtuple('Row', 'name ours other ratio target kept')


class Wrong(Exception):
    """A run whose findings are not the truth."""


class Peak:
    """The peak memory of a process, as the kernel keeps it while it runs.

    What wait4() says afterwards holds the memory of this script too, from
    before the exec.
    """

    def __init__(self, pid):
        self._status = f'/proc/{pid}/status'
        self._peak = 0
        self._thread = threading.Thread(target=self._watch)
        self._thread.start()

    def bytes(self):
        self._thread.join()
        return self._peak

    def _watch(self):
        try:
            while True:
                with open(self._status, encoding='ascii') as status:
                    peak = [line for line in status if 'VmHWM' in line]
                if not peak:  # it has ended
                    return
                if b'logspill' in self._command():
                    self._peak = int(peak[0].split()[1]) * 1024
                time.sleep(.05)
        except OSError:
            return

    def _command(self):
        with open(self._status.replace('status', 'comm'), 'rb') as comm:
            return comm.read()


def run(command, feed=None):
    """Runs a command, drains its output; `feed` writes to its standard input."""
    begin = time.perf_counter()
    process = subprocess.Popen(
        [str(word) for word in command], stdout=subprocess.PIPE,
        stdin=subprocess.PIPE if feed else subprocess.DEVNULL,
        stderr=subprocess.DEVNULL)
    if feed:
        feeder = threading.Thread(target=feed, args=(process.stdin,))
        feeder.start()
    peak = Peak(process.pid)
    # A wide pipe and no copies: the drain must not be what is measured.
    fcntl.fcntl(process.stdout, fcntl.F_SETPIPE_SZ, MIB)
    blocks, size = collections.deque(maxlen=64), 0
    while block := os.read(process.stdout.fileno(), MIB):
        size += len(block)
        blocks.append(block)
    _, status = os.waitpid(process.pid, 0)
    seconds = time.perf_counter() - begin
    if feed:
        feeder.join()
    process.stdout.close()
    process.returncode = os.waitstatus_to_exitcode(status)
    return Run(seconds, peak.bytes(), process.returncode, b''.join(blocks),
               size)


def scan(paths, *options, feed=None):
    result = run([*SCAN, *INFO, *options, *paths], feed)
    if result.status not in (0, 1):
        raise Wrong(f'scan of {paths} ended with {result.status}')
    return result


def summary(paths, *options):
    """The summary of a scan as JSON."""
    result = scan(paths, '--format', 'jsonl', *options)
    return json.loads(result.tail.rstrip(b'\n').rsplit(b'\n', 1)[-1])


def counts(record):
    """What two scans of the same bytes must agree on."""
    return {name: row['findings'] for name, row in record['by_class'].items()}


class Bench:

    def __init__(self, options, folder):
        self.runs = options.runs
        self.folder = folder
        self.target_bytes = (60 if options.quick else 640) * 10**6
        self.rows = []
        self.facts = {}
        self.size = 0  # of the corpus, once it is made

    # -- corpus ------------------------------------------------------------

    def make_corpus(self):
        logs = sorted(CORPUS.glob('loghub/*/*_2k.log'))
        if not logs:
            sys.exit(f'no logs below {CORPUS}; set LOGSPILL_CORPUS')
        unit = b''.join(log.read_bytes().rstrip(b'\n') + b'\n' for log in logs)
        self.unit = self.folder / 'unit.log'
        self.unit.write_bytes(unit)
        self.copies = -(-self.target_bytes // len(unit))
        self.big = self.folder / 'big.log'
        self.parts = [self.folder / f'part{i}.log' for i in range(4)]
        self.repeat(self.big, unit, self.copies)
        for part in self.parts:
            self.repeat(part, unit, self.copies // 4)
        self.zst = self.folder / 'big.log.zst'
        self.gz = self.folder / 'big.log.gz'
        self.pack(self.zst, 'zstd', '-3')
        self.pack(self.gz, 'gzip', '-6')
        self.size = self.big.stat().st_size

    def pack(self, path, tool, level):
        """Packs the big log, once."""
        if path.exists() and path.stat().st_mtime > self.big.stat().st_mtime:
            return
        with open(path, 'wb') as packed:
            subprocess.run([tool, level, '-c', self.big], stdout=packed,
                           stderr=subprocess.DEVNULL, check=True)

    @staticmethod
    def repeat(path, unit, copies):
        if path.exists() and path.stat().st_size == len(unit) * copies:
            return
        with open(path, 'wb') as file:
            for _ in range(copies):
                file.write(unit)

    # -- truth -------------------------------------------------------------

    def check_truth(self):
        """Planted values are found; counts do not depend on how we scan."""
        planted = self.folder / 'planted.log'
        with open(planted, 'w', encoding='ascii') as file:
            for i in range(1000):
                file.write(f'2026-03-01 10:00:{i % 60:02} INFO order {i} of '
                           f'c{i}.ward@post{i}.test by consumer '
                           f'6f1c{i:04x}-93ab-4c2e-8d17-5b6a7f8e{i:04x}\n')
        found = counts(summary([planted]))
        want = {'email': 1000, 'consumer_uuid': 1000}
        if found != want:
            raise Wrong(f'planted {want}, found {found}')
        once = counts(summary([self.unit]))
        want = {name: count * self.copies for name, count in once.items()}
        for paths, options in (([self.big], ['--threads', '1']),
                               ([self.big], ['--threads', '2']),
                               ([self.gz], []), ([self.zst], [])):
            found = counts(summary(paths, *options))
            if found != want:
                raise Wrong(f'{paths[0].name} {options}: {found}, not {want}')
        self.facts['findings'] = sum(want.values())
        self.facts['records that match'] = self.matching_share()

    def matching_share(self):
        lines = set()
        for line in self.jsonl(self.unit):
            if line['type'] == 'finding':
                lines.add(line['line'])
            else:
                records = line['coverage']['records']
        return f'{len(lines) / records:.1%}'

    @staticmethod
    def jsonl(path):
        result = subprocess.run(
            [*SCAN, *INFO, '--format', 'jsonl', str(path)],
            stdout=subprocess.PIPE, check=False)
        return [json.loads(line) for line in result.stdout.splitlines()]

    # -- measuring ---------------------------------------------------------

    def compare(self, name, ours, other, target, size=None):
        """Both sides take turns; `target` is how many times as fast we are."""
        size = size or self.size
        ours(), other()  # caches warm
        mine, theirs = [], []
        for _ in range(self.runs):
            mine.append(ours().seconds)
            theirs.append(other().seconds)
        ratio = statistics.median(b / a for a, b in zip(mine, theirs))
        rate = [f'{size / statistics.median(x) / 1e6:,.0f} MB/s'
                for x in (mine, theirs)]
        self.add(name, *rate, f'{ratio:.2f}', f'>= {target}', ratio >= target)

    def add(self, *row):
        row = Row(*row)
        self.rows.append(row)
        print('  '.join(str(cell) for cell in row), file=sys.stderr, flush=True)

    def text(self):
        rg = ['rg', '-j1', '-o', '-a', '-f', PATTERNS, self.big]
        ours = ['--threads', '1']
        self.compare('all rules, text report : rg -o of 20 patterns',
                     lambda: scan([self.big], *ours), lambda: run(rg), 4)
        self.compare('all rules, text report : Hyperscan, one UUID pattern',
                     lambda: scan([self.big], *ours),
                     lambda: run([BUILD / 'bench/hyperscan_one', self.big]), .5)

    def jsonlines(self):
        rg = ['rg', '-j1', '--json', '-a', '-f', PATTERNS, self.big]
        self.compare(
            'all rules, JSON lines : rg --json of 20 patterns',
            lambda: scan([self.big], '--threads', '1', '--format', 'jsonl'),
            lambda: run(rg), 2)

    def packed(self):
        inflate = BUILD / 'bench/isal_inflate'
        if inflate.exists():
            self.compare('gzip : ISA-L inflating it', lambda: scan([self.gz]),
                         lambda: run([inflate, self.gz]), .9)
        self.compare('gzip : igzip -dc', lambda: scan([self.gz]),
                     lambda: run(['igzip', '-dc', self.gz]), .9)
        self.compare('zstd : zstd -dc', lambda: scan([self.zst]),
                     lambda: run(['zstd', '-dcq', self.zst]), .9)

    def threads(self):
        for name, paths in (('four files', self.parts), ('one file', [self.big])):
            size = sum(path.stat().st_size for path in paths)
            self.compare(f'two threads : one, {name}',
                         lambda p=paths: scan(p, '--threads', '2'),
                         lambda p=paths: scan(p, '--threads', '1'), 1.8, size)

    def start(self):
        """From exec to the first finding on standard output."""
        path = self.folder / 'planted.log'
        command = [*SCAN, *INFO, '--format', 'jsonl', str(path)]
        taken = []
        for _ in range(max(self.runs, 5) + 1):
            begin = time.perf_counter()
            process = subprocess.Popen(command, stdout=subprocess.PIPE)
            process.stdout.readline()
            taken.append(time.perf_counter() - begin)
            process.stdout.read()
            process.wait()
        ms = statistics.median(taken[1:]) * 1e3
        self.add('start to first finding', f'{ms:.0f} ms', '', '', '< 100 ms',
                 ms < 100)

    def memory(self):
        """Peak memory of a long stream and of one long line, from a pipe."""
        unit = self.unit.read_bytes()
        total = self.target_bytes * 16

        def stream(pipe):
            self.feed(pipe, unit, total // len(unit))

        def line(pipe):
            self.feed(pipe, unit.replace(b'\n', b' '), 10**9 // len(unit))

        for name, feed in ((f'{total / 1e9:.1f} GB of logs', stream),
                           ('one line of 1 GB', line)):
            peak = scan(['-'], feed=feed).peak_bytes / MIB
            self.add(f'peak memory, {name}', f'{peak:.0f} MiB', '', '',
                     '< 256 MiB', peak < 256)

    @staticmethod
    def feed(pipe, unit, copies):
        try:
            for _ in range(copies):
                pipe.write(unit)
            pipe.close()
        except BrokenPipeError:
            pass

    def long_line(self):
        """A line of ten times the addresses takes ten times as long."""
        seconds = {}
        for size in (10, 100):
            path = self.folder / f'mail{size}.log'
            if not path.exists():
                with open(path, 'w', encoding='ascii') as file:
                    for i in range(size * 10**6 // 25):
                        file.write(f'a{i:08}@post{i % 997:04}.test, ')
                    file.write('\n')
            seconds[size] = statistics.median(
                scan([path], '--threads', '1').seconds
                for _ in range(self.runs)) / path.stat().st_size
        ratio = seconds[10] / seconds[100]
        rate = [f'{1 / seconds[size] / 1e6:,.0f} MB/s' for size in (100, 10)]
        self.add('line of mail addresses, 100 MB : 10 MB, per byte', *rate,
                 f'{ratio:.2f}', '>= 0.9', ratio >= .9)


    def sites(self):
        """The source pass: everything anew, and with what was kept."""
        source = next((path for path in SOURCES if path.is_dir()), None)
        if source is None:
            self.facts['sites'] = f'no source at {SOURCES[0]}; not measured'
            return
        command = [LOGSPILL, 'sites', source, '--threads', '1',
                   '--format', 'jsonl']
        cold = [run([*command, '--no-cache']) for _ in range(self.runs)]
        run(command)  # fills the cache
        warm = [run(command) for _ in range(self.runs)]
        total, kept = (json.loads(
            runs[0].tail.rstrip(b'\n').rsplit(b'\n', 1)[-1])
                       for runs in (cold, warm))
        if total['sites'] != kept['sites']:
            raise Wrong('the cache changes what the source pass lists')
        tokens = run(['rg', '-j1', '-c', '-e', TOKENS, source])
        size = total['bytes']
        self.facts['sites'] = (f'{total["files"]} files, {size / 1e6:.0f} MB, '
                               f'{total["sites"]} log calls of {source}')
        for name, runs, limit in (('anew', cold, size / 4e6),
                                  ('kept', warm, size / 80e6)):
            seconds = statistics.median(result.seconds for result in runs)
            self.add(f'source pass, {name} : rg of its tokens',
                     f'{seconds:.2f} s', f'{tokens.seconds:.2f} s',
                     f'{seconds / tokens.seconds:.1f}', f'< {limit:.1f} s',
                     seconds < limit)
        peak = max(result.peak_bytes for result in cold) / MIB
        self.add('peak memory, source pass', f'{peak:.0f} MiB', '', '',
                 '< 500 MiB', peak < 500)

    def correlate(self):
        """Traces, and scans that name the call site."""
        log = CORPUS / 'placement/placement.log.gz'
        if not log.exists() or not all(path.is_dir() for path in PRINTED_BY):
            self.facts['correlate'] = f'no {log} or no {PRINTED_BY[0]}'
            return
        text = gzip.decompress(log.read_bytes())
        many, few = self.folder / 'traced.log', self.folder / 'few.log'
        self.repeat(many, text, -(-self.target_bytes // len(text)))
        few_text = self.one_in_twenty(text)
        self.repeat(few, few_text, -(-self.target_bytes // len(few_text)))
        sources = [word for path in PRINTED_BY for word in ('--source', path)]
        trace = [LOGSPILL, 'trace', '--threads', '1', '--quiet', *sources]
        for name, options, target in (('table', [], 400),
                                      ('JSON lines', ['--format', 'jsonl'],
                                       150)):
            run([*trace, *options, many])  # caches warm
            seconds = statistics.median(
                run([*trace, *options, many]).seconds
                for _ in range(self.runs))
            rate = many.stat().st_size / seconds / 1e6
            self.add(f'trace, {name}', f'{rate:,.0f} MB/s', '', '',
                     f'>= {target} MB/s', rate >= target)
        one = ['--threads', '1']
        self.compare('scan with source : scan, a finding in 5 % of records',
                     lambda: scan([few], *one, *sources),
                     lambda: scan([few], *one), .87, few.stat().st_size)

    @staticmethod
    def one_in_twenty(text):
        """Records of which one in twenty has a finding."""
        found = re.compile(rb'[0-9a-f]{8}-[0-9a-f]{4}-|\d+\.\d+\.\d+\.\d+')
        bare = [re.sub(rb'\[None req-[^]]*\]', b'[-]', line)
                for line in text.splitlines()]
        plain = [line for line in bare if not found.search(line)]
        named = [line for line in bare if found.search(line)]
        lines = []
        for i, line in enumerate(named):
            lines.append(line)
            lines += [plain[(i * 19 + k) % len(plain)] for k in range(19)]
        return b'\n'.join(lines) + b'\n'


    def redact(self):
        """The redactor beside a scan and beside tools that replace one UUID."""
        every = self.folder / 'every.log'
        if not every.exists():
            with open(every, 'w', encoding='ascii') as file:
                for i in range(self.target_bytes // 2 // 110):
                    file.write(f'2026-03-01 10:00:{i % 60:02}.{i % 1000:03} 17 '
                               'INFO shop.orders [-] order paid by consumer '
                               f'6f1c{i % 65536:04x}-93ab-4c2e-8d17-'
                               f'5b6a{i % 97:04x}{i % 31:04x} status: 204\n')
        redact = [LOGSPILL, 'redact', '--quiet', '--threads', '1']
        again = run([*redact, every])
        if b'6f1c' in again.tail or again.status != 0:
            raise Wrong('a consumer is left in what redact wrote')
        uuid = '-'.join(f'[0-9a-f]{{{n}}}' for n in (8, 4, 4, 4, 12))
        low = ['--threads', '1', '--min-severity', 'low']
        for name, path in (('loghub', self.big), ('every record', every)):
            size = path.stat().st_size
            ours = lambda p=path: run([*redact, p])
            for what, other, target in (
                    ('scan', lambda p=path: run([*SCAN, *low, p]), 1 / 1.5),
                    ('sed -E of one UUID',
                     lambda p=path: run(['sed', '-E', f's/{uuid}/[uuid]/g', p]),
                     1),
                    ('rg --passthru -r of one UUID',
                     lambda p=path: run(['rg', '-j1', '--passthru', '-N', '-a',
                                         '-r', '[uuid]', uuid, p]), .5)):
                self.compare(f'redact, {name} : {what}', ours, other,
                             round(target, 2), size)


def host():
    model = 'unknown CPU'
    for line in pathlib.Path('/proc/cpuinfo').read_text().splitlines():
        if line.startswith('model name'):
            model = line.split(':', 1)[1].strip()
            break
    return f'{model}, {os.cpu_count()} cores, Linux {os.uname().release}'


def first_line(*command):
    try:
        done = subprocess.run(command, capture_output=True, text=True,
                              check=False)
    except OSError:
        return 'missing'
    return (done.stdout or done.stderr).strip().split('\n')[0]


def versions():
    packages = first_line(
        'dpkg-query', '-W', '-f', '${Package} ${Version}; ', 'libhyperscan-dev',
        'libisal-dev', 'libzstd-dev')
    revision = first_line('git', '-C', str(ROOT), 'describe', '--always',
                          '--dirty')
    return f'logspill {revision}; {packages}{first_line("rg", "--version")}'


def rules():
    packs = (ROOT / 'patterns/packs').glob('*.toml')
    return sum(pack.read_text().count('[[rule]]') for pack in packs)


def report(bench, load):
    now = datetime.datetime.now().astimezone()
    lines = [
        f'## {now:%Y-%m-%d %H:%M}', '', f'- host: {host()}',
        f'- versions: {versions()}', f'- rules: {rules()}',
        f'- corpus: {bench.size / 1e6:.0f} MB of loghub samples, repeated',
        f'- load of the machine before, after: {load[0]:.1f}, {load[1]:.1f}',
        *(f'- {name}: {value}' for name, value in bench.facts.items()),
        f'- median of {bench.runs} alternating runs', '',
        '| what | logspill | other | ratio | target | |',
        '| --- | ---: | ---: | ---: | ---: | --- |']
    lines += [f'| {row.name} | {row.ours} | {row.other} | {row.ratio} | '
              f'{row.target} | {"ok" if row.kept else "short"} |'
              for row in bench.rows]
    return '\n'.join(lines) + '\n'


def parse():
    parser = argparse.ArgumentParser(description=__doc__.split('\n', 1)[0])
    sections = ['text', 'jsonlines', 'packed', 'threads', 'start', 'memory',
                'long_line', 'sites', 'correlate', 'redact']
    parser.add_argument('--quick', action='store_true',
                        help='a tenth of the corpus; not kept in bench/runs')
    parser.add_argument('--runs', type=int, default=5)
    parser.add_argument('--only', action='append', choices=sections)
    parser.add_argument('section', nargs='*',
                        help='the same as --only: ' + ', '.join(sections))
    parser.add_argument('--no-save', action='store_true')
    options = parser.parse_args()
    options.only = (options.only or []) + options.section
    for section in options.only:
        if section not in sections:
            parser.error(f'no section {section}; known: {", ".join(sections)}')
    options.sections = options.only or sections
    return options


def main():
    options = parse()
    cache = pathlib.Path(os.environ.get('XDG_CACHE_HOME',
                                        pathlib.Path.home() / '.cache'))
    cache = cache if os.access(cache.parent, os.W_OK) else tempfile.gettempdir()
    folder = pathlib.Path(cache) / (
        'logspill-bench-quick' if options.quick else 'logspill-bench')
    folder.mkdir(parents=True, exist_ok=True)
    bench = Bench(options, folder)
    load = os.getloadavg()[0]
    try:
        if options.sections != ['sites']:
            bench.make_corpus()
            bench.check_truth()
        for section in options.sections:
            getattr(bench, section)()
    except Wrong as wrong:
        sys.exit(f'bench: {wrong}; a wrong run has no speed')
    text = report(bench, (load, os.getloadavg()[0]))
    print(text, end='')
    if not (options.quick or options.no_save or options.only):
        kept = HERE / 'runs' / f'{datetime.date.today()}.md'
        with open(kept, 'a', encoding='utf-8') as file:
            file.write(text + '\n')
        print(f'kept in {kept.relative_to(ROOT)}', file=sys.stderr)


if __name__ == '__main__':
    main()
