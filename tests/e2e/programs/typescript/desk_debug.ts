import debugFactory from 'debug';
const debug = debugFactory('desk');
import createDebug from 'debug';
import {debugSink} from './sinks';

const more = createDebug('desk:more');
const extended = debug.extend('extended');

function shapes(user: string, price: number): void {
  debug('plain');
  debug('formatted %s of %d', user, price);
  debug(`template ${user}`);
  more('sum ' + user);
  extended('extended %s', user);
  debug('joined', user);
}

function run(): void {
  createDebug.enable('desk*');
  createDebug.formatArgs = () => {};
  createDebug.log = debugSink;
  shapes('u-17', 3);
}

export {run};
