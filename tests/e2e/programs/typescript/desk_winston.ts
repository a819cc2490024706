import * as winston from 'winston';
import {WinstonSink} from './sinks';

const logger: winston.Logger = winston.createLogger({
  level: 'silly',
  format: winston.format.splat(),
  transports: [new WinstonSink()],
});

function told(text: string): void {
  logger.warn('[desk] ' + text);
}

function shapes(user: string, price: number): void {
  logger.info('plain');
  logger.warn('sum ' + user);
  logger.error(`template ${user}`);
  logger.debug('formatted %s %d', user, price);
  logger.info('fields', {user, price});
  logger.verbose('field', {user: user});
  logger.silly('silly');
  logger.http('http ' + user);
  logger.log('warn', 'level ' + user);
  logger.log({level: 'info', message: 'object ' + user});
  logger.child({price}).info('child ' + user);
  told('told ' + user);
}

function run(): void {
  shapes('u-17', 3);
}

export {run};
