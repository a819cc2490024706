#include "tests/callsite/listing.h"

namespace logspill {
namespace {

TEST(Ruby, LoggersTakeTextFormatsAndBlocks) {
  EXPECT_EQ(Listing("ruby", R"(
class Desk
  LATE = 'late %s'
  def pay(user_id, n: 1)
    logger.info "paid #{user_id} \u00e9"
    logger.debug { "block #{user_id}" }
    @trail = Logger.new(STDOUT)
    @trail.warn('x \n ' + user_id)
    logger.info("fmt %s" % user_id)
    logger.info(format(LATE, user_id))
    logger.info("named %{who}" % { who: user_id })
    logger.add(Logger::WARN, 'added')
    logger.error("two " \
      "lines")
    logger.fatal(n ? "a" : "b")
    @trail&.info("safe")
    list.add("no log call")
  end
end
)"),
            "\n5 logger info: paid {} \xC3\xA9 | user_id {}\n"
            R"(6 logger debug: block {} | user_id {}
8 logger warning: x \n {} | user_id
9 logger info: fmt {} | user_id %s
10 logger info: late {} | user_id %s
11 logger info: named {} | user_id %{who}
12 logger warning: added
13 logger error: two lines
15 logger critical: a !variant
15 logger critical: b !variant
16 logger info: safe
)");
}

TEST(Ruby, RailsHasOneLoggerAndKeywords) {
  EXPECT_EQ(Listing("ruby", R"(
class DesksController < ApplicationController
  def show
    Rails.logger.info("with", user: current.id, 'z' => 2)
    self.class.logger.error("class")
    $stderr.puts "err #{n}"
    puts "out"
  end
end
)"),
            R"(
4 rails info: with | user=current.id | z=2
5 rails error: class
6 puts -: err {} | n {} !print
7 puts -: out !print
)");
}

TEST(Ruby, HeredocsAreReadWhereTheyStand) {
  EXPECT_EQ(Listing("ruby", R"(
logger.info(<<~ONE, <<~TWO)
  first #{user}
    deeper
ONE
  second
TWO
logger.warn(<<~'RAW')
  raw #{user}
RAW
logger.error(<<-TEXT.squish)
  two
  lines
TEXT
)"),
            R"(
2 logger info: first {}
  deeper
 | user {}
8 logger warning: raw #{{user}}

11 logger error: two lines
)");
}

}  // namespace
}  // namespace logspill
