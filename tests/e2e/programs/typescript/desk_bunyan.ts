import * as bunyan from 'bunyan';
import * as marks from './marks';

const log = bunyan.createLogger({
  name: 'desk',
  streams: [{
    type: 'raw',
    level: 'trace',
    stream: {
      write({level, msg, err, name, hostname, pid, time, v, ...fields}: any) {
        if (err) fields.err = err.message;
        marks.mark('bunyan', bunyan.nameFromLevel[level], msg, fields);
      },
    },
  }],
});

function shapes(user: string, price: number): void {
  const err = new Error('broken');
  log.info('plain');
  log.debug('formatted %s of %d', user, price);
  log.warn({user}, 'object');
  log.error({user: user, price: price}, 'object formatted %s', user);
  log.error(err, 'failed %s', user);
  log.fatal(`template ${user}`);
  log.trace('sum ' + user);
  log.child({price}).info({user}, 'child');
}

function run(): void {
  shapes('u-17', 3);
}

export {run};
