import functools
import gettext
import logging
from logging import getLogger
from textwrap import dedent

import marks
import texts

LOG = logging.getLogger(__name__)
_child = LOG.getChild('child')
LATE = 'order %s is late'
_ = gettext.gettext
RULE = '=' * 20


class Handler(logging.Handler):
    def emit(self, record):
        known = logging.makeLogRecord({}).__dict__
        fields = [(k, v) for k, v in record.__dict__.items()
                  if k not in known and k not in ('message', 'taskName')]
        marks.mark(record.pathname, record.lineno, 'logging', record.levelname,
                   record.getMessage(), fields)


class Order:
    greeting = 'welcome '

    def __init__(self, number, owner):
        self.number = number
        self.owner = owner
        self.log = logging.getLogger('desk.order')

    def __repr__(self):
        return f'<Order number={self.number} owner={self.owner}>'

    def tell(self, user_id):
        self.log.info('told %s by %s', self.owner, user_id)
        self.log.warning(self.greeting + user_id)
        LOG.debug('order is %r', self)
        LOG.info(Order.greeting + '%s', user_id)


def note(text, *args):
    LOG.info(text, *args)


def told(text, *args):
    LOG.warning(text, *args, stacklevel=2)


def twice(text):
    told(text)


def tagged(level, text):
    LOG.log(level, '[desk] ' + text)


def shapes(user_id, price, order):
    LOG.info('plain')
    LOG.debug('lazy %s of %d', user_id, price)
    LOG.warning('over '
                'lines %s',
                user_id)
    LOG.error(LATE, user_id)
    LOG.error(texts.LOST, user_id)
    LOG.info('sum ' + user_id + ' and ' + str(price))
    LOG.info(f'inter {user_id!r:>10} and {price:.2f}')
    LOG.info('format {} {n}'.format(user_id, n=price))
    LOG.info('percent %(id)s' % {'id': user_id})
    LOG.info('tuple %s and %s' % (user_id, price))
    LOG.info('keys %(id)s of %(n)d', {'id': user_id, 'n': price})
    LOG.log(logging.CRITICAL, 'level %s', user_id)
    LOG.log(35, 'number %s', user_id)
    LOG.fatal('fatal %s', user_id)
    text = 'appended '
    text += user_id
    LOG.info(text)
    LOG.info(', '.join(['a', user_id]))
    LOG.info(RULE)
    LOG.info('-' * 10 + ' %s', user_id)
    LOG.info(_('translated %s'), user_id)
    LOG.info(_('translated %s early') % user_id)
    LOG.info(dedent('''\
        block %s
        end'''), user_id)
    LOG.info(r'raw \d %s', user_id)
    LOG.info('width %-10s|%5d|%%', user_id, price)
    LOG.info('field', extra={'user': user_id})
    LOG.info(('paren %s'), user_id)
    LOG.info(msg='named')
    if (said := f'walrus {user_id}'):
        LOG.info(said)
    _child.info('child %s', user_id)
    getLogger('desk.other').info('direct %s', user_id)
    logging.info('root %s', user_id)
    logging.LoggerAdapter(LOG, {}).info('adapted %s', user_id)
    LOG.info('attribute %s', order.owner)
    LOG.info('index %s', order.__dict__['owner'])
    LOG.info('call %s', user_id.upper())
    LOG.info('é%s', user_id)


def branches(user_id):
    LOG.info('yes %s' % user_id if user_id else 'no one')
    LOG.info(user_id.strip() or 'nobody')
    message = 'late' if user_id else 'early'
    LOG.info('was ' + message)
    log = LOG.warning if user_id else LOG.info
    del log


def failed(user_id):
    try:
        raise ValueError('broken %s' % user_id)
    except ValueError as error:
        LOG.exception('exception %s', user_id)
        LOG.error('failed: %s', error)


@functools.lru_cache
def wrappers(user_id):
    note('wrapped %s', user_id)
    told('told %s', user_id)
    twice('twice ' + user_id)
    tagged(logging.ERROR, 'tagged ' + user_id)


def never(user_id):
    LOG.info('never %s', user_id)  # unreachable


def run():
    logging.getLogger().addHandler(Handler())
    logging.getLogger().setLevel(1)
    order = Order(3, 'o-4')
    marks.value('user_id', 'u-17')
    marks.value('price', '3')
    marks.value('str(price)', '3')
    marks.value('order.owner', 'o-4')
    marks.value("order.__dict__['owner']", 'o-4')
    marks.value('user_id.upper()', 'U-17')
    marks.value('user_id.strip()', 'u-17')
    marks.value('self.owner', 'o-4')
    marks.value('self.number', '3')
    marks.value('self', '<Order number=3 owner=o-4>')
    marks.value('error', 'broken u-17')
    shapes('u-17', 3, order)
    branches('u-17')
    branches('')
    failed('u-17')
    wrappers('u-17')
    order.tell('u-17')
