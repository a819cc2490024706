import builtins
import io
import sys
import warnings

import marks

LATE = 'late'


class Stream:
    def __init__(self, framework):
        self.framework = framework

    def write(self, text):
        path, line = marks.caller()
        marks.mark(path, line, self.framework, '-', text)
        return len(text)

    def flush(self):
        pass


def printed(*args, real=print, **kwargs):
    text = io.StringIO()
    kwargs.pop('file', None)
    real(*args, **{**kwargs, 'file': text})
    path, line = marks.caller()
    marks.mark(path, line, 'print', '-', text.getvalue())


def warned(message, category, path, line, file=None, text=None):
    marks.mark(path, line, 'warnings', 'warning', message)


def shapes(user_id, price):
    print('plain')
    print('joined', user_id, 'end')
    print(f'inter {user_id}', file=sys.stderr)
    print('percent %s' % user_id, end='')
    print('commas', user_id, price, sep=', ')
    print(user_id)
    sys.stderr.write('written %s\n' % user_id)
    sys.stdout.write(f'out {user_id}\n')
    warnings.warn('warned %s' % user_id)
    warnings.warn(LATE, DeprecationWarning)
    old(user_id)


def old(user_id):
    warnings.warn('old ' + user_id, DeprecationWarning, stacklevel=2)


def run():
    builtins.print = printed
    real = sys.stdout, sys.stderr
    sys.stdout = sys.stderr = Stream('sys.stderr')
    warnings.simplefilter('always')
    warnings.showwarning = warned
    try:
        shapes('u-17', 3)
    finally:
        sys.stdout, sys.stderr = real
