'use strict';
// Where the messages of frameworks go that do not say their place themselves.
const {Console} = require('console');
const {Writable} = require('stream');
const util = require('util');
const Transport = require('winston-transport');
const marks = require('./marks');

class WinstonSink extends Transport {
  log({level, message, ...fields}, done) {
    marks.mark('winston', level, message, fields);
    done();
  }
}

const debugSink = (...args) =>
  marks.mark('debug', 'debug', util.format(...args));

const log4jsSink = {
  configure: () => (event) => marks.mark(
      'log4js', event.level.levelStr, util.format(...event.data)),
};

// Runs `shapes` with a console and streams that say what they are given.
function withConsole(shapes) {
  const real = console;
  let level = '-';
  const stream = new Writable({
    write(chunk, encoding, done) {
      marks.mark('console', level, chunk);
      done();
    },
  });
  global.console = new Console({stdout: stream, stderr: stream});
  for (const method of ['log', 'info', 'warn', 'error', 'debug']) {
    const print = global.console[method];
    global.console[method] = (...args) => {
      level = method === 'log' ? '-' : method;
      print(...args);
    };
  }
  const writes = [process.stdout.write, process.stderr.write];
  process.stdout.write = process.stderr.write =
      (text) => marks.mark('process.stderr', '-', text);
  shapes();
  [process.stdout.write, process.stderr.write] = writes;
  global.console = real;
}

module.exports = {WinstonSink, debugSink, log4jsSink, withConsole};
