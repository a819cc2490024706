// Where the messages of frameworks go that do not say their place themselves.
import {Console} from 'console';
import {Writable} from 'stream';
import * as util from 'util';
import Transport from 'winston-transport';
import * as marks from './marks';

class WinstonSink extends Transport {
  log({level, message, ...fields}: Record<string, string>, done: () => void) {
    marks.mark('winston', level, message, fields);
    done();
  }
}

const debugSink = (...args: unknown[]): void =>
  marks.mark('debug', 'debug', util.format(...args));

const log4jsSink = {
  configure: () => (event: {level: {levelStr: string}, data: unknown[]}) => marks.mark(
      'log4js', event.level.levelStr, util.format(...event.data)),
};

// Runs `shapes` with a console and streams that say what they are given.
function withConsole(shapes: () => void): void {
  const real = console;
  let level = '-';
  const stream = new Writable({
    write(chunk, encoding, done) {
      marks.mark('console', level, chunk);
      done();
    },
  });
  global.console = new Console({stdout: stream, stderr: stream});
  for (const method of ['log', 'info', 'warn', 'error', 'debug'] as const) {
    const print = global.console[method];
    global.console[method] = (...args: unknown[]) => {
      level = method === 'log' ? '-' : method;
      print(...args);
    };
  }
  const writes = [process.stdout.write, process.stderr.write];
  process.stdout.write = process.stderr.write =
      (text: unknown) => {
        marks.mark('process.stderr', '-', text);
        return true;
      };
  shapes();
  [process.stdout.write, process.stderr.write] = writes;
  global.console = real;
}

export {WinstonSink, debugSink, log4jsSink, withConsole};
