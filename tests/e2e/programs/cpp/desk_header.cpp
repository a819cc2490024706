#include "cart.h"
#include "desk.hpp"

void HeaderShapes(const std::string& user) {
  mark_value("owner_", user.c_str());
  desk::Cart<std::string>(user).Tell();
}
