#include <cstdio>
#include <iomanip>
#include <iostream>
#include <string>

#include "desk.hpp"
#include "marks.h"

#define STREAM AT("iostream", "-")

class Order {
 public:
  explicit Order(std::string owner) : owner_(std::move(owner)) {}
  void Tell(int price) const;

 private:
  std::string owner_;
};

void Order::Tell(int price) const {
  STREAM, std::cerr << "order of " << owner_ << " at " << price << std::endl;
}

void StreamShapes(const std::string& user, int price) {
  mark_value("owner_", "o-4");
  STREAM, std::cout << "plain" << std::endl;
  STREAM, std::cerr << "joined " << user << " of " << price << "\n";
  STREAM, std::clog << "padded " << std::setw(8) << user << '\n';
  STREAM, std::cerr << "over "
                    << user
                    << " lines" << std::endl;
  Order("o-4").Tell(price);
  AT("stdio", "-"), std::printf("printf %s of %d\n", user.c_str(), price);
  AT("stdio", "-"), std::fprintf(stderr, "error %s\n", user.c_str());
  mark_value("user.c_str()", "u-17");
}
