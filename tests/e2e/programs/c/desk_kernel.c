#include "kernel.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "marks.h"

#define LINUX(level) AT("linux", level)

static void print(const char* format, va_list rest) {
  char text[256];
  vsnprintf(text, sizeof text, format, rest);
  fwrite(text, 1, strlen(text), stderr);
}

void kernel_print(const char* format, ...) {
  va_list rest;
  va_start(rest, format);
  print(format[0] == 1 ? format + 2 : format, rest);
  va_end(rest);
}

void kernel_device(const struct device* device, const char* format, ...) {
  va_list rest;
  (void)device;
  va_start(rest, format);
  print(format, rest);
  va_end(rest);
}

void kernel_shapes(const char* user, int price) {
  const struct device device = {"desk"};
  LINUX("info"), pr_info("plain\n");
  LINUX("err"), pr_err("formatted %s of %d\n", user, price);
  LINUX("err"), printk(KERN_ERR "printk %s\n", user);
  LINUX("warning"), dev_warn(&device, "device %s\n", user);
}
