import importlib

for framework in ('logging', 'oslo', 'loguru', 'structlog', 'print'):
    importlib.import_module('desk_' + framework).run()
