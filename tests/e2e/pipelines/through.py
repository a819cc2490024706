"""Logs each line of standard input, and the first one again as what went wrong.

    through.py CONFIG
"""
import importlib.util
import logging
import sys

spec = importlib.util.spec_from_file_location('logspill_filter', sys.argv[1])
logspill_filter = importlib.util.module_from_spec(spec)
spec.loader.exec_module(logspill_filter)

logging.basicConfig(stream=sys.stdout, level=logging.INFO,
                    format='%(levelname)s %(message)s %(extra)s')
logspill_filter.install()
log = logging.getLogger('through')
sys.stdin.reconfigure(encoding='utf-8', errors='surrogateescape')
sys.stdout.reconfigure(encoding='utf-8', errors='surrogateescape')
first = None
for line in sys.stdin:
    line = line.rstrip('\r\n')
    first = first or line
    log.info('%s', line, extra={'extra': ''})
try:
    raise ValueError(first)
except ValueError:
    log.warning('the end', exc_info=True, extra={'extra': [first]})
