import logging
import sys
import warnings

logging.basicConfig(level=1, stream=sys.stdout, format='%(lineno)d %(message)s')
LOG = logging.getLogger(__name__)
LATE = 'order %s is late'


class Desk:
    greeting = 'welcome '

    def serve(self, user_id):
        LOG.info('plain')
        LOG.debug('lazy %s of %d', user_id, 3)
        LOG.warning('over '
                    'lines %s',
                    user_id)
        LOG.error(LATE, user_id)
        LOG.info(self.greeting + user_id)
        LOG.info(f'inter {user_id!r:>10}')
        LOG.info('format {} {n}'.format(user_id, n=1))
        LOG.info('percent %(id)s' % {'id': user_id})
        LOG.log(logging.CRITICAL, 'level %s', user_id)
        LOG.info('yes %s' if user_id else 'no %s', user_id)
        text = 'appended '
        text += user_id
        LOG.info(text)
        LOG.info(', '.join(['a', user_id]))
        LOG.getChild('x').info('child')
        logging.info('root')
        note('wrapped %s', user_id)
        told('told')


def note(text, *args):
    LOG.info(text, *args)


def told(text):
    LOG.info(text, stacklevel=2)


Desk().serve('u-17')
