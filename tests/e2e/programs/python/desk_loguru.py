from loguru import logger

import marks


def sink(message):
    record = message.record
    marks.mark(record['file'].path, record['line'], 'loguru',
               record['level'].name, record['message'],
               [(key, value) for key, value in record['extra'].items()
                if key != 'id'])  # fills a placeholder


def told(text, *args):
    logger.opt(depth=1).info(text, *args)


def shapes(user_id, price):
    logger.info('plain')
    logger.debug('brace {} and {:>5}', user_id, price)
    logger.success('index {1} of {0}', user_id, price)
    logger.warning('named {id}', id=user_id)
    logger.error(f'inter {user_id}')
    logger.trace('sum ' + user_id)
    logger.critical('percent %s' % user_id)
    logger.log('WARNING', 'level {}', user_id)
    logger.bind(user=user_id).info('bound')
    logger.opt(lazy=True).info('lazy {}', lambda: user_id)
    told('told {}', user_id)
    try:
        raise ValueError(user_id)
    except ValueError:
        logger.exception('exception {}', user_id)


def run():
    logger.remove()
    logger.add(sink, level=1, format='{message}')
    marks.value('lambda: user_id', 'u-17')
    shapes('u-17', 3)
