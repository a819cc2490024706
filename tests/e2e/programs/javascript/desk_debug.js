'use strict';
const debug = require('debug')('desk');
const createDebug = require('debug');
const {debugSink} = require('./sinks');

const more = createDebug('desk:more');
const extended = debug.extend('extended');

function shapes(user, price) {
  debug('plain');
  debug('formatted %s of %d', user, price);
  debug(`template ${user}`);
  more('sum ' + user);
  extended('extended %s', user);
  debug('joined', user);
}

function run() {
  createDebug.enable('desk*');
  createDebug.formatArgs = () => {};
  createDebug.log = debugSink;
  shapes('u-17', 3);
}

module.exports = {run};
