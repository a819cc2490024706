#include <glog/logging.h>

#include <string>

#include "desk.hpp"
#include "marks.h"

namespace {

class Sink : public google::LogSink {
 public:
  void send(google::LogSeverity level, const char* file, const char*,
            int line, const google::LogMessageTime&, const char* text,
            std::size_t size) override {
    static const char* const kLevels[] = {"info", "warning", "error"};
    mark_text(file, line, "glog", kLevels[level],
              std::string(text, size).c_str());
  }
};

}  // namespace

void GlogShapes(const std::string& user, int price) {
  Sink sink;
  google::AddLogSink(&sink);
  FLAGS_stderrthreshold = 4;
  FLAGS_logtostderr = false;
  for (int level = 0; level < 4; ++level) google::SetLogDestination(level, "");
  google::InitGoogleLogging("desk");
  LOG(INFO) << "plain";
  LOG(WARNING) << "joined " << user << " of " << price;
  LOG(ERROR) << "over "
             << user
             << " lines";
  LOG_IF(INFO, price > 0) << "conditional " << user;
  VLOG(0) << "verbose " << user;
  LOG_EVERY_N(INFO, 10) << "every " << user;
  google::RemoveLogSink(&sink);
}
