import pino from 'pino';
import * as marks from './marks';

const levels = pino.levels.labels;
const logger = pino({level: 'trace', base: null, timestamp: false}, {
  write(line: string) {
    const {level, msg, err, ...fields} = JSON.parse(line);
    if (err) fields.err = err.message;
    marks.mark('pino', levels[level], msg || '', fields);
  },
});

function shapes(user: string, price: number): void {
  const err = new Error('broken');
  logger.info('plain');
  logger.debug('formatted %s of %d', user, price);
  logger.warn({user}, 'object');
  logger.error({user: user, price: price}, 'object formatted %s', user);
  logger.error(err, 'failed %s', user);
  logger.fatal(`template ${user}`);
  logger.trace('sum ' + user);
  logger.info({user});
  logger.child({price}).info({user}, 'child');
}

function run(): void {
  marks.value('err', 'broken');
  shapes('u-17', 3);
}

export {run};
