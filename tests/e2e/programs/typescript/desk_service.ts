import {Logger} from 'winston';
import * as winston from 'winston';
import {WinstonSink} from './sinks';

interface Order {
  readonly owner: string;
}

enum Reason {
  Late = 'late',
}

class Service {
  private readonly logger: Logger;

  constructor(logger: Logger, private readonly order: Order) {
    this.logger = logger;
  }

  serve<T extends string>(user: T): void {
    this.logger.info('service ' + user);
    this.logger.warn(`service of ${this.order.owner} for ${user}`);
    this.logger.error('service', {user} as object);
    this.logger.debug(<string>('angle ' + user));
    this.logger.info(`because ${Reason.Late}`);
  }
}

function run(): void {
  const logger = winston.createLogger({
    level: 'silly',
    transports: [new WinstonSink()],
  });
  new Service(logger, {owner: 'o-4'}).serve('u-17');
}

export {run};
