// Logs through every framework that the source pass knows of C++.
#include "desk.hpp"
#include "marks.h"

int main() {
  const std::string user = "u-17";
  mark_value("user", "u-17");
  mark_value("price", "3");
  SpdlogShapes(user, 3);
  GlogShapes(user, 3);
  BoostShapes(user, 3);
  StreamShapes(user, 3);
  FmtShapes(user, 3);
  HeaderShapes(user);
  mark_end();
}
