'use strict';
// Logs through every framework that the source pass knows of JavaScript.
const marks = require('./marks');

marks.value('user', 'u-17');
marks.value('price', '3');
for (const framework of
  ['console', 'winston', 'pino', 'bunyan', 'debug', 'log4js']) {
  require('./desk_' + framework).run();
}
