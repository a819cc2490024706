"""Prints what was logged, and where the framework says that it was."""
import os
import sys

_HERE = os.path.dirname(os.path.abspath(__file__))


def _escaped(text):
    text = str(text).replace('\\', '\\\\')
    return text.replace('\t', '\\t').replace('\n', '\\n')


def mark(path, line, framework, level, message, fields=()):
    cells = ['@', '%s:%d' % (os.path.relpath(path, _HERE), line), framework,
             level.lower(), _escaped(message)]
    cells += ['%s=%s' % (key, _escaped(value)) for key, value in fields]
    os.write(1, ('\t'.join(cells) + '\n').encode())


def value(expression, printed):
    os.write(1, ('=\t%s\t%s\n' % (expression, _escaped(printed))).encode())


def caller():
    """Who called the function that asks."""
    frame = sys._getframe(2)
    return frame.f_code.co_filename, frame.f_lineno
