#include <stdarg.h>
#include <syslog.h>

#include "marks.h"
#include "texts.h"

#define SYS(level) AT("syslog", level)

static void note(int level, const char* format, ...) {
  va_list rest;
  va_start(rest, format);
  SYS("info"), vsyslog(level, format, rest);
  va_end(rest);
}

void syslog_shapes(const char* user, int price, unsigned long long size) {
  SYS("info"), syslog(LOG_INFO, "plain");
  SYS("warning"), syslog(LOG_WARNING, "formatted %s of %d", user, price);
  SYS("err"), syslog(LOG_ERR, "joined " "lines %s", user);
  SYS("debug"), syslog(LOG_DEBUG | LOG_USER, "or %-8s|%05d|%%", user, price);
  SYS("crit"), syslog(LOG_CRIT, "over %s",
                      user);
  SYS("notice"), syslog(LOG_NOTICE, LOST, user);
  SYS("notice"), syslog(LOG_NOTICE, price ? "yes %s" : "no %s", user);
  SYS("info"), syslog(LOG_INFO, "size %llu", size);
  note(LOG_INFO, "wrapped %s", user);
}
