#pragma once

#include <iostream>
#include <string>

#include "marks.h"

// C++ in a header that is called as C's are.
namespace desk {

template <typename T>
class Cart {
 public:
  explicit Cart(T owner) : owner_(std::move(owner)) {}

  void Tell() const {
    AT("iostream", "-"), std::cerr << "cart of " << owner_ << '\n';
  }

 private:
  T owner_;
};

}  // namespace desk
