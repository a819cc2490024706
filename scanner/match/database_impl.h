// What a RuleDatabase holds; for scanner/match alone.

#pragma once

#include "scanner/match/literal_set.h"
#include "scanner/match/pattern_set.h"
#include "scanner/match/program.h"
#include "scanner/match/rule_database.h"

namespace logspill {

struct RuleDatabase::Impl {
  const RuleSet* set = nullptr;
  Program program;
  LiteralSet literals;
  PatternSet patterns;
  bool from_cache = false;
};

}  // namespace logspill
