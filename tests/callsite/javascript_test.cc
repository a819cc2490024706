#include "tests/callsite/listing.h"

namespace logspill {
namespace {

TEST(JavaScript, ConsoleFormatsAndJoins) {
  EXPECT_EQ(Listing("javascript", R"(
const LATE = 'order %s late';
function pay(id, user) {
  console.log('one', id, 'two');
  console.error('fmt %s and %d', id, 3, 'rest');
  console.warn(`Paid ${id} for ${user.email}`);
  console.info(LATE, id);
  let text = 'a ';
  text += id;
  console.debug(text);
  console.log(user ? 'yes' : `no ${id}`);
  console.log(['x', id].join('-'));
  document.log('no log call');
}
)"),
            R"(
4 console -: one {} two | id
5 console error: fmt {} and {} rest | id %s | 3 %d
6 console warning: Paid {} for {} | id {} | user.email {}
7 console info: order {} late | id %s
10 console debug: a {} | id
11 console -: yes !variant
11 console -: no {} | id {} !variant
12 console -: x-{} | id
)");
}

TEST(JavaScript, PinoAndBunyanTakeAnObjectFirst) {
  EXPECT_EQ(Listing("javascript", R"(
const pino = require('pino')();
const log = pino.child({ module: 'x' });
log.info({ userId: id, ...rest, name }, 'user %s paid', name);
log.error(err, 'failed');
log.info({ only: x });
log.child({ reqId: r }).warn('child');
)"),
            R"(
4 pino info: user {} paid | name %s | userId=id | name=name | =...rest
5 pino error: failed | err=err
6 pino info:  | only=x
7 pino warning: child | reqId=r
)");
  EXPECT_EQ(Listing("javascript", R"(
const bunyan = require('bunyan');
const audit = bunyan.createLogger({ name: 'audit' });
audit.info({ user: id }, 'paid');
)"),
            "\n4 bunyan info: paid | user=id\n");
}

TEST(JavaScript, DebugIsAFunctionThatLogs) {
  const auto sites = SitesIn("javascript", R"(
const debug = require('debug')('app:pay');
const other = debug.extend('more');
debug('paid %s', id);
other('more %o', id);
require('fs')('no log call');
)");
  ASSERT_EQ(sites.size(), 2u);
  EXPECT_EQ(LineOf(sites[0]), "4 debug debug: paid {} | id %s");
  EXPECT_EQ(sites[0].logger, "app:pay");
  EXPECT_EQ(LineOf(sites[1]), "5 debug debug: more {} | id %o");
}

TEST(JavaScript, WinstonTakesMetadataLastAndLevelsAsValues) {
  EXPECT_EQ(Listing("javascript", R"(
const winston = require('winston');
const logger = winston.createLogger({});
logger.warn('meta', { userId: user.id, orderId });
logger.log('error', 'by level ' + id);
logger.log({ level: 'info', message: 'object ' + id });
logger.info('%s splat', id);
)"),
            R"(
4 winston warning: meta | userId=user.id | orderId=orderId
5 winston error: by level {} | id
6 winston info: object {} | id
7 winston info: {} splat | id %s
)");
}

TEST(JavaScript, Log4jsHasItsConvention) {
  EXPECT_EQ(Listing("javascript", R"(
const log4js = require('log4js');
const cheese = log4js.getLogger('cheese');
cheese.fatal('gone', id);
)"),
            "\n4 log4js critical: gone {} | id\n");
}

TEST(TypeScript, TypesAndMembersSayWhatALoggerIs) {
  EXPECT_EQ(Listing("typescript", R"(
import winston from 'winston';
export class Checkout {
  private readonly audit: winston.Logger;
  prefix = 'pre ';
  constructor(private readonly trail: Logger) {}
  async pay(orderId: string, user?: User): Promise<void> {
    this.audit.info(`Paid ${orderId}` as string);
    this.trail.error('order %s late', orderId!);
    this.audit.debug(this.prefix + user);
  }
}
)"),
            R"(
8 winston info: Paid {} | orderId {}
9 winston error: order {} late | orderId! %s
10 winston debug: pre {} | user
)");
  EXPECT_EQ(Listing("tsx", R"(
const A = ({ id }: Props) => { console.log('shown', id); return <b>{id}</b>; };
)"),
            "\n2 console -: shown {} | id\n");
}

}  // namespace
}  // namespace logspill
