import * as log4js from 'log4js';
import {log4jsSink} from './sinks';

function shapes(logger: log4js.Logger, user: string, price: number): void {
  logger.info('plain');
  logger.debug('formatted %s of %d', user, price);
  logger.warn('joined', user);
  logger.error(`template ${user}`);
  logger.fatal('sum ' + user);
  logger.trace('trace ' + user);
  logger.mark('mark ' + user);
  logger.log('warn', 'level ' + user);
}

function run(): void {
  log4js.configure({
    appenders: {marks: {type: log4jsSink as never}},
    categories: {
      default: {appenders: ['marks'], level: 'all'},
    },
    disableClustering: true,
  });
  const logger = log4js.getLogger('desk');
  shapes(logger, 'u-17', 3);
}

export {run};
