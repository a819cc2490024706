"""Sets up logging: a text log that rotates, and an audit trail as JSON lines."""

import datetime
import json
import logging
import logging.handlers

_request_id = '-'


def begin_request(request_uuid):
    global _request_id
    _request_id = 'req-' + request_uuid


class Clock:
    """A clock that goes forward by `step` whenever it is read."""

    def __init__(self, start, step):
        self._now = start
        self._step = step

    def read(self):
        self._now += self._step
        return self._now


class _Stamp(logging.Filter):
    """Gives a record the service's time and the request that it belongs to."""

    def __init__(self, clock):
        super().__init__()
        self._clock = clock

    def filter(self, record):
        if not hasattr(record, 'when'):
            record.when = self._clock.read()
            record.request_id = _request_id
        return True


class _TextFormatter(logging.Formatter):

    def format(self, record):
        time = record.when.isoformat(sep=' ', timespec='milliseconds')
        return (f'{time} 4711 {record.levelname} {record.name} '
                f'[{record.request_id}] {record.getMessage()}')


class _JsonFormatter(logging.Formatter):

    def format(self, record):
        time = record.when.isoformat(timespec='milliseconds')
        line = {'time': time, 'level': record.levelname.lower(),
                'logger': record.name, 'request_id': record.request_id,
                'message': record.getMessage()}
        return json.dumps(line | record.fields)


def set_up(folder, start=datetime.datetime(2026, 3, 2, 8, 0),
           step=datetime.timedelta(milliseconds=7919)):
    """Logs into `folder`; the clock begins at `start`."""
    stamp = _Stamp(Clock(start, step))
    text = logging.handlers.RotatingFileHandler(
        folder / 'coupons.log', maxBytes=40_000, backupCount=1)
    text.setFormatter(_TextFormatter())
    text.addFilter(stamp)
    audit = logging.FileHandler(folder / 'audit.jsonl')
    audit.setFormatter(_JsonFormatter())
    audit.addFilter(stamp)
    service = logging.getLogger('coupons')
    service.setLevel(logging.DEBUG)
    service.addHandler(text)
    trail = logging.getLogger('coupons.audit')
    trail.addHandler(audit)
    trail.propagate = False
