'use strict';
const log4js = require('log4js');
const {log4jsSink} = require('./sinks');

function shapes(logger, user, price) {
  logger.info('plain');
  logger.debug('formatted %s of %d', user, price);
  logger.warn('joined', user);
  logger.error(`template ${user}`);
  logger.fatal('sum ' + user);
  logger.trace('trace ' + user);
  logger.mark('mark ' + user);
  logger.log('warn', 'level ' + user);
}

function run() {
  log4js.configure({
    appenders: {marks: {type: log4jsSink}},
    categories: {
      default: {appenders: ['marks'], level: 'all'},
    },
    disableClustering: true,
  });
  const logger = log4js.getLogger('desk');
  shapes(logger, 'u-17', 3);
}

module.exports = {run};
