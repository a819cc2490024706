#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <cstdio>
#include <string>

#define NOTE(format, ...) \
  std::printf("%d " format "\n", __LINE__, __VA_ARGS__)

int main() {
  auto logger = spdlog::stdout_logger_st("main");
  logger->set_pattern("%# %v");
  spdlog::set_default_logger(logger);
  spdlog::set_level(spdlog::level::trace);
  const std::string user = "u-17";
  SPDLOG_INFO("plain");
  SPDLOG_WARN("brace {} {:>8}", user, 3);
  SPDLOG_ERROR("index {1} {0}", user, 2);
  SPDLOG_LOGGER_INFO(logger, "logger {}", user);
  SPDLOG_CRITICAL("over {}",
                  user);
  logger->flush();
  NOTE("macro %s", user.c_str());
  std::fflush(stdout);
}
