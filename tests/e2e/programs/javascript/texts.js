'use strict';
const LOST = 'order of %s is lost';
module.exports = {LOST};
