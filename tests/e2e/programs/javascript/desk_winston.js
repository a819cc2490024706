'use strict';
const winston = require('winston');
const {WinstonSink} = require('./sinks');

const logger = winston.createLogger({
  level: 'silly',
  format: winston.format.splat(),
  transports: [new WinstonSink()],
});

function told(text) {
  logger.warn('[desk] ' + text);
}

function shapes(user, price) {
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

function run() {
  shapes('u-17', 3);
}

module.exports = {run};
