import structlog
from structlog.processors import CallsiteParameter

import marks

log = structlog.get_logger()


def sink(_, method, event):
    text = event.pop('event', '')
    path, line = event.pop('pathname'), event.pop('lineno')
    marks.mark(path, line, 'structlog', method, text, event.items())
    raise structlog.DropEvent


def shapes(user_id, price):
    log.info('plain')
    log.warning('pairs', user=user_id, price=price)
    log.error('percent %s', user_id)
    log.debug(f'inter {user_id}', price=price)
    log.bind(order=price).info('bound', user=user_id)
    bound = log.bind()
    bound.info('again', user=user_id)
    log.critical('sum ' + user_id)
    structlog.get_logger('named').info('direct', user=user_id)
    log.info(event='keyword', user=user_id)


def run():
    structlog.configure(processors=[
        structlog.stdlib.PositionalArgumentsFormatter(),
        structlog.processors.CallsiteParameterAdder(
            {CallsiteParameter.PATHNAME, CallsiteParameter.LINENO},
            additional_ignores=['marks']),
        sink])
    shapes('u-17', 3)
