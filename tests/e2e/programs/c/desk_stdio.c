#include <errno.h>
#include <inttypes.h>
#include <stdio.h>

#include "marks.h"

#define IO AT("stdio", "-")

#define COMPLAIN(format, ...) \
  (IO, fprintf(stderr, "desk: " format "\n", __VA_ARGS__))

static const char kLate[] = "order %s is late\n";

void stdio_shapes(const char* user, int price, uint64_t size) {
  IO, printf("plain\n");
  IO, printf("formatted %s of %d\n", user, price);
  IO, fprintf(stderr, "error %s\n", user);
  IO, fprintf(stdout, "joined "
                      "lines %s\n", user);
  IO, printf("size %" PRIu64 " end\n", size);
  IO, puts("put");
  IO, fputs("put to\n", stderr);
  IO, fprintf(stderr, kLate, user);
  COMPLAIN("macro %s", user);
}
