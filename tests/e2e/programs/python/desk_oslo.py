from oslo_log import log as logging

import marks

LOG = logging.getLogger(__name__)


def shapes(user_id, order):
    LOG.info('plain')
    LOG.warning('lazy %s', user_id)
    LOG.error('order %(id)s of %(user)s', {'id': order, 'user': user_id})
    LOG.debug('extra', extra={'user': user_id})
    LOG.info(f'inter {user_id}')
    LOG.critical('critical ' + user_id)
    logging.getLogger('desk.oslo').info('direct %s', user_id)


def run():
    import logging as base

    class Handler(base.Handler):
        def emit(self, record):
            fields = [(key, getattr(record, key))
                      for key in record.extra_keys
                      if key not in ('project', 'version')]
            marks.mark(record.pathname, record.lineno, 'oslo.log',
                       record.levelname, record.getMessage(), fields)

    handler = Handler()
    root = base.getLogger()
    root.handlers = [handler]
    root.setLevel(1)
    marks.value('order', 'o-4')
    shapes('u-17', 'o-4')
