const LOST = 'order of %s is lost';
export {LOST};
