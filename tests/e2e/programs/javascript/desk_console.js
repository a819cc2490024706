'use strict';
const util = require('util');
const marks = require('./marks');
const {withConsole} = require('./sinks');
const {LOST} = require('./texts');

const LATE = 'order %s is late';

class Desk {
  constructor(owner) {
    this.owner = owner;
  }

  tell(user) {
    console.info('told %s by %s', user, this.owner);
  }
}

function note(text, ...rest) {
  console.log(text, ...rest);
}

function shapes(user, price) {
  console.log('plain');
  console.log('joined', user, 'end');
  console.info('formatted %s %d', user, price);
  console.warn(`template ${user} and ${price}`);
  console.error(LATE, user);
  console.error(LOST, user);
  console.debug('sum ' + user);
  console.log(user ? 'yes ' + user : 'no one');
  console.log(['a', user].join(', '));
  console.log(util.format('made %s', user));
  let text = 'appended ';
  text += user;
  console.log(text);
  console.log(
      'over lines %s',
      user);
  console.log('back\\slash \x41 \u0042', user);
  console.log("it's " + user);
  console.log('percent 100%% of %s', user);
  console.log(user);
  console.log('a'.concat(' and ', user));
  console.log('owner', new Desk('o-4').owner);
  note('wrapped %s', user);
  new Desk('o-4').tell(user);
  process.stderr.write('written ' + user + '\n');
  process.stdout.write(`out ${user}\n`);
}

function run() {
  marks.value("new Desk('o-4').owner", 'o-4');
  marks.value('this.owner', 'o-4');
  marks.value('user', '');
  withConsole(() => {
    shapes('u-17', 3);
    shapes('', 3);
  });
}

module.exports = {run};
