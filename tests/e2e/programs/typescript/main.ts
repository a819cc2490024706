// Logs through every framework that the source pass knows of TypeScript.
import * as marks from './marks';

marks.value('user', 'u-17');
marks.value('price', '3');
marks.value('this.order.owner', 'o-4');
marks.value('Reason.Late', 'late');
for (const framework of
  ['console', 'winston', 'service', 'pino', 'bunyan', 'debug', 'log4js']) {
  require('./desk_' + framework).run();
}
