'use strict';
// Says what was logged, and where.
const fs = require('fs');
const path = require('path');

Error.stackTraceLimit = 100;

const escaped = (text) => String(text).replace(/\\/g, '\\\\')
    .replace(/\t/g, '\\t').replace(/\n/g, '\\n');

// The innermost frame of a file desk_*.
function caller() {
  const place = /(desk_\w+\.\w+):(\d+):\d+\)?$/;
  for (const line of new Error().stack.split('\n').slice(1)) {
    const found = place.exec(line);
    if (found && !/\bwrite\b/.test(line)) {
      return [found[1], Number(found[2])];
    }
  }
  return ['?', 0];
}

function mark(framework, level, message, fields = {}, [file, line] = caller()) {
  const cells = ['@', `${path.basename(file)}:${line}`, framework,
    level.toLowerCase(), escaped(message)];
  for (const [key, value] of Object.entries(fields)) {
    cells.push(`${key}=${escaped(value)}`);
  }
  fs.writeSync(1, cells.join('\t') + '\n');
}

function value(expression, printed) {
  fs.writeSync(1, `=\t${expression}\t${escaped(printed)}\n`);
}

module.exports = {mark, value};
