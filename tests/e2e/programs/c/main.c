/* Logs through every framework that the source pass knows of C. */
#include <syslog.h>

#include "marks.h"

void syslog_shapes(const char* user, int price, unsigned long long size);
void stdio_shapes(const char* user, int price, unsigned long size);
void glib_shapes(const char* user, int price);
void kernel_shapes(const char* user, int price);

int main(void) {
  mark_value("user", "u-17");
  mark_value("price", "3");
  mark_value("price", "0");
  mark_value("size", "4096");
  syslog_shapes("u-17", 3, 4096);
  syslog_shapes("u-17", 0, 4096);
  stdio_shapes("u-17", 3, 4096);
  glib_shapes("u-17", 3);
  kernel_shapes("u-17", 3);
  mark_end();
  return 0;
}
