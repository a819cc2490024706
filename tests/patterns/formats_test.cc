#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "patterns/loader.h"
#include "scanner/record/record_header.h"

namespace logspill {
namespace {

TEST(BuiltInFormats, AreReadAsTheirExamplesSay) {
  const auto formats = LoadFormats({}, true);
  ASSERT_TRUE(formats.ok()) << formats.error().message;
  EXPECT_GE(formats->size(), 45u);
}

}  // namespace
}  // namespace logspill
