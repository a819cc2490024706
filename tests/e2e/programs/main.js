'use strict';
for (const method of ['log', 'info', 'warn', 'error']) {
  console[method] = (...args) => {
    const frame = new Error().stack.split('\n')
        .find((line) => line.includes('main.js') && !line.includes('console'));
    const line = /main\.js:(\d+)/.exec(frame)[1];
    const text = require('util').format(...args);
    process.stdout.write(line + ' ' + text + '\n');
  };
}
const LATE = 'order %s is late';
function pay(user, n) {
  console.log('joined', user, 'end');
  console.info('formatted %s %d', user, n);
  console.warn(`template ${user} end`);
  console.error(LATE, user);
  console.log('sum ' + user);
  console.log(n ? 'yes' : 'no ' + user);
  console.log(['a', user].join(', '));
  let text = 'appended ';
  text += user;
  console.log(text);
  console.log(
      'over lines %s',
      user);
}
pay('u-17', 3);
