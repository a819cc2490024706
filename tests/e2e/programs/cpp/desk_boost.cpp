#define BOOST_LOG_DYN_LINK 1
#include <boost/log/core.hpp>
#include <boost/log/expressions.hpp>
#include <boost/log/sinks/basic_sink_backend.hpp>
#include <boost/log/sinks/sync_frontend.hpp>
#include <boost/log/sources/severity_logger.hpp>
#include <boost/log/trivial.hpp>
#include <boost/make_shared.hpp>

#include <cstdio>
#include <string>

#include "desk.hpp"
#include "marks.h"

namespace logging = boost::log;

namespace {

class Sink : public logging::sinks::basic_sink_backend<
                 logging::sinks::concurrent_feeding> {
 public:
  void consume(const logging::record_view& record) {
    const std::string text = *record[logging::expressions::smessage];
    fwrite(text.data(), 1, text.size(), stderr);
  }
};

}  // namespace

#define BOOST(level) AT("boost.log", level)

void BoostShapes(const std::string& user, int price) {
  logging::core::get()->add_sink(
      boost::make_shared<logging::sinks::synchronous_sink<Sink>>());
  logging::sources::severity_logger<logging::trivial::severity_level> source;
  BOOST("info"); BOOST_LOG_TRIVIAL(info) << "plain";
  BOOST("warning"); BOOST_LOG_TRIVIAL(warning) << "joined " << user << " of " << price;
  BOOST("error"); BOOST_LOG_TRIVIAL(error) << "over "
                                           << user;
  BOOST("fatal"); BOOST_LOG_TRIVIAL(fatal) << "fatal " << user;
  BOOST("debug"); BOOST_LOG_SEV(source, logging::trivial::debug) << "source " << user;
}
