#define SPDLOG_ACTIVE_LEVEL 0
#include <spdlog/sinks/base_sink.h>
#include <spdlog/spdlog.h>

#include <memory>
#include <mutex>
#include <string>

#include "desk.hpp"
#include "marks.h"

namespace {

// What the macros print bears their place; a call of a logger does not.
class Sink : public spdlog::sinks::base_sink<std::mutex> {
 protected:
  void sink_it_(const spdlog::details::log_msg& message) override {
    const std::string text(message.payload.data(), message.payload.size());
    if (message.source.empty()) {
      fwrite(text.data(), 1, text.size(), stderr);
      return;
    }
    const auto level = spdlog::level::to_string_view(message.level);
    mark_text(message.source.filename, message.source.line, "spdlog",
              std::string(level.data(), level.size()).c_str(), text.c_str());
  }
  void flush_() override {}
};

#define SPD(level) AT("spdlog", level)

void Macros(const std::string& user, int price,
            const std::shared_ptr<spdlog::logger>& logger) {
  SPDLOG_INFO("macro plain");
  SPDLOG_WARN("brace {} {:>8}", user, price);
  SPDLOG_ERROR("index {1} {0}", user, price);
  SPDLOG_LOGGER_INFO(logger, "logger {}", user);
  SPDLOG_CRITICAL("over {}",
                  user);
  SPDLOG_DEBUG("joined "
               "lines {}", user);
  SPDLOG_TRACE("format {}", fmt::format("inside {}", user));
}

void Calls(const std::string& user, int price,
           const std::shared_ptr<spdlog::logger>& logger) {
  SPD("info"), spdlog::info("call plain");
  SPD("warning"), spdlog::warn("call {} of {}", user, price);
  SPD("error"), logger->error("logger call {}", user);
  SPD("debug"), logger->log(spdlog::level::debug, "level {}", user);
  SPD("critical"), spdlog::critical(R"(raw \d {})", user);
  SPD("trace"), spdlog::trace(fmt::format("formatted {}", user));
}

}  // namespace

void SpdlogShapes(const std::string& user, int price) {
  auto logger = std::make_shared<spdlog::logger>("desk", std::make_shared<Sink>());
  logger->set_level(spdlog::level::trace);
  spdlog::set_default_logger(logger);
  mark_value("fmt::format(\"inside {}\", user)", "inside u-17");
  Macros(user, price, logger);
  Calls(user, price, logger);
}
