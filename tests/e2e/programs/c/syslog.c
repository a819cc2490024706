/* There need not be a syslog daemon: its messages go to standard error. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static void put(const char* format, va_list rest) {
  char text[512];
  vsnprintf(text, sizeof text, format, rest);
  fwrite(text, 1, strlen(text), stderr);
}

void vsyslog(int level, const char* format, va_list rest) {
  (void)level;
  put(format, rest);
}

void syslog(int level, const char* format, ...) {
  va_list rest;
  (void)level;
  va_start(rest, format);
  put(format, rest);
  va_end(rest);
}
