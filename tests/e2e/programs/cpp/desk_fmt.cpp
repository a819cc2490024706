#include <fmt/core.h>
#include <fmt/format.h>

#include <cstdio>
#include <string>

#include "desk.hpp"
#include "marks.h"

#define FMT AT("fmt", "-")

void FmtShapes(const std::string& user, int price) {
  FMT, fmt::print("plain\n");
  FMT, fmt::print("brace {} of {:03}\n", user, price);
  FMT, fmt::print(stderr, "error {}\n", user);
  FMT, fmt::print("named {who}\n", fmt::arg("who", user));
}
